"""The decoding process: it reads what strangers send, knows no secret of ours, and may be lost at any time."""
