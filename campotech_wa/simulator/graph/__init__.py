"""Let Graph requests in, and answer those that send messages."""
