"""What the checks let through: a message, or a read receipt."""

from collections.abc import Iterator
from dataclasses import dataclass

from campotech_wa.simulator.shapes import JsonObject, as_array, as_object, as_text

MEDIA_KINDS = ("image", "video", "audio", "document", "sticker", "gif")


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A medium somewhere in a message: by id, or by a link that Meta would fetch."""

    kind: str
    id: str
    link: str
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that passed the checks: `payload` is the body as it came, `customer` the digits or the user id."""

    customer: str
    type: str
    payload: JsonObject

    @property
    def text(self) -> str:
        """The body of a text message, else nothing."""
        return as_text(self.content.get("body")) or "" if self.type == "text" else ""

    @property
    def content(self) -> JsonObject:
        """The object of the message's type, empty for contacts, which are a list."""
        return as_object(self.payload.get(self.type)) or {}

    @property
    def media(self) -> tuple[MediaUse, ...]:
        """Every medium that the message uses, in headers, cards and parameters too."""
        return tuple(_media_in({self.type: self.payload.get(self.type)}))


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """The business has read a customer's message, and may be typing an answer."""

    message_id: str
    typing: bool


def _media_in(value: object) -> Iterator[MediaUse]:
    for each in as_array(value) or ():
        yield from _media_in(each)
    for key, child in (as_object(value) or {}).items():
        fields = as_object(child)
        if key in MEDIA_KINDS and fields and ("id" in fields or "link" in fields):
            yield _use(key, fields)
        else:
            yield from _media_in(child)


def _use(kind: str, fields: JsonObject) -> MediaUse:
    identifier, link = (as_text(fields.get(name)) or "" for name in ("id", "link"))
    return MediaUse(kind, identifier, link, voice=fields.get("voice") is True)
