"""Read a webhook payload, once and totally: every item becomes a value, also the ones nobody knows yet.

Shapes and traps: reference webhooks.md, sections 2 to 4.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from campotech_wa.domain.ids import BusinessScopedUserId, PhoneNumberId, WaId, Wamid
from campotech_wa.domain.phones import accept_from_meta
from campotech_wa.meta.shapes import JsonObject, as_integer, as_list, as_object, as_text

_EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)
"""WhatsApp's first year. A time before it is no time: the year 1, which unix seconds can name, fits no time zone."""


class Malformed(ValueError):
    """The body is not a JSON object with a list of entries."""


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message of a customer. ``content`` is the object of its type, as Meta wrote it."""

    wamid: Wamid
    wa_id: WaId | None
    user_id: BusinessScopedUserId | None
    profile_name: str
    type: str
    content: JsonObject
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What became of a message of ours. ``callback_data`` is what we sent with it, ours to read."""

    wamid: Wamid
    status: str
    at: datetime | None
    callback_data: str
    error_code: int | None
    error_detail: str
    raw: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A field of the webhook that this version stores and does not act on."""

    field: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that can not be placed: it names nobody, or has not the shape of an item."""

    reason: str


Item = InboundMessage | StatusReport | Unknown | Unreadable


def decode(body: bytes) -> JsonObject:
    """Decode the body of a POST.

    Raises:
        Malformed: it is no JSON object with a list of entries.
    """
    try:
        payload = as_object(json.loads(body))
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(payload.get("entry"), list):
        raise Malformed("The body is not an object with a list of entries.")
    return payload


def phone_number_ids(payload: JsonObject) -> set[PhoneNumberId]:
    """Return every business number that the payload names."""
    metadata = (as_object(value.get("metadata")) for _, value in _changes(payload))
    return {PhoneNumberId(str(m["phone_number_id"])) for m in metadata if "phone_number_id" in m}


def parse(payload: JsonObject) -> list[Item]:
    """Return every item of a payload, messages before statuses, so that neither can hold up the other."""
    items = list(_items(payload))
    return sorted(items, key=lambda item: isinstance(item, StatusReport))


def parse_status(raw: object) -> StatusReport | Unreadable:
    """Read one status."""
    status = as_object(raw)
    wamid = status.get("id")
    if not isinstance(wamid, str) or not wamid:
        return Unreadable("status without id")
    errors = [as_object(error) for error in as_list(status.get("errors"))]
    first = errors[0] if errors else {}
    return StatusReport(
        wamid=Wamid(wamid),
        status=as_text(status.get("status")),
        at=_moment(status.get("timestamp")),
        callback_data=as_text(status.get("biz_opaque_callback_data")),
        error_code=as_integer(first.get("code")),
        error_detail=as_text(as_object(first.get("error_data")).get("details"))
        or as_text(first.get("title")),
        raw=status,
    )


def _items(payload: JsonObject) -> Iterator[Item]:
    for name, value in _changes(payload):
        if name != "messages":
            yield Unknown(name)
            continue
        contacts = [as_object(contact) for contact in as_list(value.get("contacts"))]
        for raw in as_list(value.get("messages")):
            yield _message(as_object(raw), contacts)
        for raw in as_list(value.get("statuses")):
            yield parse_status(raw)


def _changes(payload: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for entry in as_list(payload.get("entry")):
        for change in as_list(as_object(entry).get("changes")):
            yield as_text(as_object(change).get("field")), as_object(as_object(change).get("value"))


def _message(raw: JsonObject, contacts: list[JsonObject]) -> Item:
    wa_id = accept_from_meta(as_text(raw.get("from")))
    user_id = as_text(raw.get("from_user_id")) or None
    contact = _contact_of(contacts, wa_id, user_id)
    if wa_id is None and user_id is None:
        return Unreadable("message without sender")
    kind = as_text(raw.get("type")) or "unknown"
    return InboundMessage(
        wamid=Wamid(as_text(raw.get("id")) or _made_up_id(raw)),
        wa_id=wa_id,
        user_id=BusinessScopedUserId(user_id) if user_id else None,
        profile_name=as_text(as_object(contact.get("profile")).get("name")),
        type=kind,
        content=_content(raw, kind),
        sent_at=_moment(raw.get("timestamp")),
    )


def _content(raw: JsonObject, kind: str) -> JsonObject:
    """Return the object of the type, or the whole message when it is not where it should be."""
    return as_object(raw[kind]) if isinstance(raw.get(kind), dict) else {"raw": raw}


def _contact_of(contacts: list[JsonObject], wa_id: str | None, user_id: str | None) -> JsonObject:
    """Join on the ids: contacts do not pair with messages by position."""
    for contact in contacts:
        if (wa_id and contact.get("wa_id") == wa_id) or (user_id and contact.get("user_id") == user_id):
            return contact
    return contacts[0] if len(contacts) == 1 else {}


def _made_up_id(raw: JsonObject) -> str:
    """Name a message that came without id by its content, so that its repetition is still recognised."""
    canonical = json.dumps(raw, sort_keys=True)
    return f"local.{hashlib.sha256(canonical.encode(errors='surrogatepass')).hexdigest()}"


def _moment(value: object) -> datetime | None:
    """Read unix seconds, which Meta writes as a string or as a number."""
    try:
        moment = datetime.fromtimestamp(int(str(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment >= _EARLIEST else None
