"""Remember what the simulated Meta knows: channels, chats and messages, numbers, templates."""
