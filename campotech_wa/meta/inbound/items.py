"""The values that a webhook payload is read into: one for everything that happened, whatever came around it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from campotech_wa.domain.ids import BusinessScopedUserId, WaId, Wamid
from campotech_wa.meta.shapes import JsonObject


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody on WhatsApp, as far as Meta names them: by number, by business-scoped id, or by both.

    ``wa_id`` is kept byte for byte (phones-ar.md section 5); ``username`` comes without its @. Its repr shows none
    of it: a log might.
    """

    wa_id: WaId | None = None
    user_id: BusinessScopedUserId | None = None
    parent_user_id: str = ""
    username: str = ""
    name: str = ""
    identity_key_hash: str = ""

    def __repr__(self) -> str:
        return "Person(…)"

    @property
    def is_somebody(self) -> bool:
        """Whether there is an id to know them by."""
        return self.wa_id is not None or self.user_id is not None


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A file that Meta keeps for a message: fetched by id, checked against the promised digest."""

    kind: str
    """image, video, audio, document or sticker."""
    meta_id: str
    mime_type: str = ""
    sha256: bytes | None = None
    filename: str = ""


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    """On the company's own phone: an echo, or history (webhooks.md 6.4)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat. ``content`` is the object of its type, ``envelope`` every other key, as Meta wrote them.

    ``person`` is the customer of the chat, whoever wrote. ``target_wamid`` is the message this one quotes, reacts
    to, edits or revokes. ``is_readable`` is false when the content has not the shape of its type: it is kept all
    the same.
    """

    wamid: Wamid
    person: Person
    author: Author
    type: str
    content: JsonObject = field(repr=False)
    envelope: JsonObject = field(repr=False)
    target_wamid: Wamid | None
    media: tuple[MediaReference, ...]
    sent_at: datetime | None
    is_readable: bool = True
    is_history: bool = False
    history_status: str = ""
    """Meta's word for how far a message of the past had come; lower case."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of a message of ours. ``callback_data`` is what we sent with it, ours to read."""

    wamid: Wamid
    status: str
    at: datetime | None
    recipient: Person
    callback_data: str
    error_code: int | None
    error_detail: str
    raw: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A person whose ids changed: a ``system`` message, or the field ``user_id_update`` (webhooks.md 3.4, 5)."""

    before: Person
    after: Person
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """An entry of the address book of the company's phone was written or removed (contact sync)."""

    person: Person
    full_name: str
    is_removed: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Preference:
    """What a customer told Meta about marketing messages: ``stop``, ``resume`` or ``signup`` (webhooks.md 6.3)."""

    person: Person
    value: str
    at: datetime | None
    raw: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class News:
    """Anything else: about the account, a template, the number, a group, a call; also fields nobody knows yet.

    ``event`` is Meta's word for what happened, where the field has one.
    """

    name: str
    """Of the webhook's field, such as ``message_template_status_update``; ``errors`` for errors of no message."""
    event: str
    at: datetime | None
    payload: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that can not be placed: it names nobody, or has not the shape of an item."""

    reason: str


Item = Message | StatusReport | Renumbered | ContactEntry | Preference | News | Unreadable
