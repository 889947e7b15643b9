"""Turn the bytes of a POST into a payload, and a payload into its items: every one, known or not, whole or broken.

Lists stand within lists (webhooks.md 1.5 and 2), and Meta's own examples put names in the wrong place: what is read
is decided by the lists that a value holds, not by what its field is called.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.meta.inbound import news, people, phone_app
from campotech_wa.meta.inbound.items import Item, StatusReport, Unreadable
from campotech_wa.meta.inbound.reports import parse_status
from campotech_wa.meta.inbound.value import Value
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text


class Malformed(ValueError):
    """The body is not a JSON object with a list of entries."""


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
    metadata = (
        as_object(as_object(as_object(change).get("value")).get("metadata"))
        for entry in as_list(payload.get("entry"))
        for change in as_list(as_object(entry).get("changes"))
    )
    return {PhoneNumberId(str(m["phone_number_id"])) for m in metadata if "phone_number_id" in m}


def parse(payload: JsonObject) -> list[Item]:
    """Return every item of a payload, messages before statuses, so that neither can hold up the other."""
    items = [item for entry in as_list(payload.get("entry")) for item in _entry(entry)]
    return sorted(items, key=lambda item: isinstance(item, StatusReport))


def _entry(raw: Any) -> Iterator[Item]:
    entry = as_object(raw)
    if not isinstance(entry.get("changes"), list):
        yield Unreadable("entry without changes")
        return
    for change in as_list(entry["changes"]):
        yield from _change(change, entry)


def _change(raw: Any, entry: JsonObject) -> Iterator[Item]:
    change = as_object(raw)
    if not isinstance(change.get("value"), dict):
        yield Unreadable("change without value")
        return
    value = as_object(change["value"])
    field = next(filter(None, (as_text(place.get("field")) for place in (change, entry, value))), "")
    yield from _value(Value.of(field, value, entry.get("time")))


def _value(value: Value) -> Iterator[Item]:
    """Read every list of a value, and keep as news what stands beside them."""
    readers = _READERS_OF_FIELD.get(value.field, _READERS)
    lists = [key for key in value.raw if key in readers and not _is_of_event(key, value)]
    for key in lists:
        yield from _list(key, readers[key], value)
    rest = value.raw.keys() - lists - _AROUND
    if rest or (not lists and value.field != "messages"):
        yield news.whole({key: item for key, item in value.raw.items() if key not in lists}, value)


def _is_of_event(key: str, value: Value) -> bool:
    """Errors of a flow tell what its own event is about (webhooks.md 6.7)."""
    return key == "errors" and "event" in value.raw


def _list(key: str, read: "_Reader", value: Value) -> Iterator[Item]:
    if not isinstance(value.raw[key], list | None):
        yield Unreadable(f"{key} is not a list")
    for raw in as_list(value.raw[key]):
        yield from read(raw, value)


def _status(raw: Any, value: Value) -> Iterator[Item]:
    """Read a status of a message; one of a call is news of calls (webhooks.md 6.6)."""
    if as_object(raw).get("type") == "call":
        yield from news.elements("statuses", raw, value)
    else:
        yield parse_status(raw, value.directory)


_Reader = Callable[[Any, Value], Iterator[Item]]

_AROUND: Final = frozenset({"messaging_product", "metadata", "contacts", "field"})
"""What says nothing by itself."""

_READERS: Final[Mapping[str, _Reader]] = {
    "messages": people.message,
    "statuses": _status,
    "message_echoes": phone_app.echo,
    "history": phone_app.chunk,
    "state_sync": phone_app.contact_entry,
    "user_preferences": people.preference,
    "user_id_update": people.user_id_update,
    **{key: partial(news.elements, key) for key in ("errors", "user_actions", "calls", "groups")},
}

_READERS_OF_FIELD: Final[Mapping[str, Mapping[str, _Reader]]] = {
    "history": {**_READERS, "messages": phone_app.late_file},
    # Another application has the conversation: what is said there is not for us to answer (webhooks.md 6.5).
    "standby": {**_READERS, **{key: partial(news.elements, key) for key in ("messages", "message_echoes")}},
}
