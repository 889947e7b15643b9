"""The schema: tables, constraints and indexes; no behaviour."""

from campotech_wa.tables import channels, conversations, events, media, messages, outbox, people
from campotech_wa.tables.base import metadata

__all__ = ["channels", "conversations", "events", "media", "messages", "metadata", "outbox", "people"]
