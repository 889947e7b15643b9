"""Play an SMS provider: Twilio's Messages resource, and its signed status callbacks."""
