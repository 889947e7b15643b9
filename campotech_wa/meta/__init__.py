"""The only code that knows Graph JSON: signature, webhooks (parse), outbound (build), client, errors."""
