"""The only code that knows Graph JSON: signature, webhooks (parse), payloads (build), client, errors."""
