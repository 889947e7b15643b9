"""Read a webhook payload, once and totally: every item becomes a value, also the ones nobody knows yet.

Shapes and traps: reference webhooks.md, sections 2 to 6.
"""

from campotech_wa.meta.inbound.items import (
    Author,
    ContactEntry,
    Item,
    MediaReference,
    Message,
    News,
    Person,
    Preference,
    Renumbered,
    StatusReport,
    Unreadable,
)
from campotech_wa.meta.inbound.payload import Malformed, decode, parse, phone_number_ids
from campotech_wa.meta.inbound.reports import parse_status

__all__ = [
    "Author",
    "ContactEntry",
    "Item",
    "Malformed",
    "MediaReference",
    "Message",
    "News",
    "Person",
    "Preference",
    "Renumbered",
    "StatusReport",
    "Unreadable",
    "decode",
    "parse",
    "parse_status",
    "phone_number_ids",
]
