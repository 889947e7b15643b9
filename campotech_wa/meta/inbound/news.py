"""Turn everything that is neither chat nor person into news, cut down to one element where Meta sends lists.

A payload keeps the shape of its field's value, so that ``fields.read`` understands it.
"""

from collections.abc import Iterator
from typing import Any, Final

from campotech_wa.meta.inbound.items import Item, News, Unreadable
from campotech_wa.meta.inbound.scalars import identifier, moment
from campotech_wa.meta.inbound.value import Value
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text

_WORDS: Final = (
    "event",
    "decision",
    "new_quality_score",
    "correct_category",
    "new_category",
    "action_type",
    "status",
    "type",
)
"""Where the fields of webhooks.md section 6 say what happened, the most telling first."""

_QUALITY: Final = "message_template_quality_update"

_NAME_OF_LIST: Final = {
    "errors": "errors",
    "user_actions": "user_actions",
    "calls": "calls",
    "statuses": "calls",
    "history": "history",
}
"""Lists whose news have one name under whatever field they come (webhooks.md 3.7, 3.8, 6.4 and 6.6)."""


def element(key: str, raw: JsonObject, value: Value) -> News:
    """Make news of one element of a list, with the contacts it names."""
    contacts = value.directory.entries(
        *(raw.get(name) for name in ("from", "to", "wa_id", "from_user_id", "to_user_id", "user_id"))
    )
    return News(
        name=_NAME_OF_LIST.get(key) or value.field or key,
        event=_event(raw),
        at=moment(raw.get("timestamp")) or value.at,
        payload={key: [raw]} | ({"contacts": contacts} if contacts else {}),
    )


def elements(key: str, raw: Any, value: Value) -> Iterator[Item]:
    """Make news of one element of a list, if it is one."""
    yield element(key, as_object(raw), value) if as_object(raw) else Unreadable(f"{key} without content")


def whole(raw: JsonObject, value: Value) -> News:
    """Make news of a value, or of what is in it beside lists."""
    return News(
        name=_name(raw, value),
        event=_event(raw),
        at=moment(raw.get("timestamp")) or value.at,
        payload=raw,
    )


def _name(raw: JsonObject, value: Value) -> str:
    """Meta's own example of a changed quality carries another field's name (webhooks.md 6.1)."""
    return _QUALITY if "new_quality_score" in raw else value.field


def _event(raw: JsonObject) -> str:
    """Return Meta's word for what happened, where there is one; of an error its code."""
    words = (as_text(raw.get(word)) for word in _WORDS)
    return next(filter(None, words), "") or _alert(raw) or _code(raw)


def _alert(raw: JsonObject) -> str:
    """Alerts are wrapped in an object; in older payloads they are not (webhooks.md 6.2)."""
    alert = as_object(raw.get("alert_info"))
    return as_text(alert.get("alert_type")) or as_text(raw.get("alert_type"))


def _code(raw: JsonObject) -> str:
    """Return the code of an error, or of the one that a declined history holds (webhooks.md 3.7 and 6.4)."""
    errors = as_list(raw.get("errors"))
    return identifier(raw.get("code")) or identifier(as_object(errors[0]).get("code") if errors else None)
