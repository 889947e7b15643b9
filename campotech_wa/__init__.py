"""CampoTech WA: the WhatsApp desk of field-service companies in Argentina."""
