"""Write, sign and post webhooks: of what customers do, of what becomes of messages, and of whatever a test orders."""
