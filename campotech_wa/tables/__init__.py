"""The schema: tables, constraints and indexes; no behaviour."""

from campotech_wa.tables import (
    alerts,
    channels,
    conversations,
    events,
    media,
    messages,
    outbox,
    people,
    sms,
    templates,
)
from campotech_wa.tables.base import metadata

__all__ = [
    "alerts",
    "channels",
    "conversations",
    "events",
    "media",
    "messages",
    "metadata",
    "outbox",
    "people",
    "sms",
    "templates",
]
