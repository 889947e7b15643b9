"""The only code that knows Graph JSON: signature, inbound (parse), outbound (build), client, errors."""
