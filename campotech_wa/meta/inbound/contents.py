"""Read the content of a message, by its type, into a value with names and types.

The models are those of ``models``; a content is what stands under the message's type (webhooks.md section 3).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from campotech_wa.meta.inbound.models.base import Content
from campotech_wa.meta.inbound.models.chat import (
    Button,
    Edit,
    Envelope,
    Location,
    MediaPlaceholder,
    Reaction,
    RequestWelcome,
    Revoke,
    System,
    Text,
    Unsupported,
)
from campotech_wa.meta.inbound.models.commerce import Order
from campotech_wa.meta.inbound.models.interactive import Interactive
from campotech_wa.meta.inbound.models.media import Audio, Document, Image, Sticker, Video
from campotech_wa.meta.inbound.models.people import Contacts
from campotech_wa.meta.shapes import JsonObject

CONTENTS: Final[Mapping[str, type[Content]]] = MappingProxyType(
    {
        "text": Text,
        "image": Image,
        "audio": Audio,
        "video": Video,
        "document": Document,
        "sticker": Sticker,
        "location": Location,
        "contacts": Contacts,
        "button": Button,
        "interactive": Interactive,
        "order": Order,
        "reaction": Reaction,
        "system": System,
        "unsupported": Unsupported,
        "edit": Edit,
        "revoke": Revoke,
        "media_placeholder": MediaPlaceholder,
        "request_welcome": RequestWelcome,
    }
)

WORDLESS: Final = frozenset({"media_placeholder", "request_welcome", "unsupported"})
"""Types whose object may be missing: they say everything by being there (section 3)."""


def read(kind: str, content: JsonObject) -> Content | None:
    """Return the content of a message of this type; None when its type or its shape is not known."""
    model = CONTENTS.get(kind)
    return None if model is None or is_fallback(content) else model.read(content)


def read_envelope(envelope: JsonObject) -> Envelope:
    """Return the keys around a content: what it answers, where it was forwarded from, its errors."""
    return Envelope.read(envelope) or Envelope()


def is_fallback(content: JsonObject) -> bool:
    """Tell whether a message was kept whole because the object of its type was not where it should be."""
    return content.keys() == {"raw"}
