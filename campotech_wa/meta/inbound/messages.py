"""Turn one message object, and the person whose chat it is of, into a Message."""

import hashlib
import json

from campotech_wa.domain.ids import Wamid
from campotech_wa.meta.inbound import contents, references
from campotech_wa.meta.inbound.items import Author, Message, Person, Unreadable
from campotech_wa.meta.inbound.scalars import message_id, moment
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text


def read(
    written: object, person: Person, author: Author, *, is_history: bool = False
) -> Message | Unreadable:
    """Read a message of this person's chat, whatever its type; unreadable only when it or they are nothing."""
    raw = as_object(written)
    if not raw or not person.is_somebody:
        return Unreadable("message without sender")
    wamid = message_id(raw.get("id")) or _made_up_id(raw)
    if not wamid:
        return Unreadable("message without id, too deep for a made-up one")
    kind = as_text(raw.get("type")) or "unknown"
    content, envelope = _taken_apart(raw, kind)
    return Message(
        wamid=Wamid(wamid),
        person=person,
        author=author,
        type=kind,
        content=content,
        envelope=envelope,
        target_wamid=_target(kind, content, envelope),
        media=references.media(kind, content),
        sent_at=moment(raw.get("timestamp")),
        is_readable=kind not in contents.CONTENTS or contents.read(kind, content) is not None,
        is_history=is_history,
        history_status=as_text(as_object(raw.get("history_context")).get("status")).lower(),
    )


def _taken_apart(raw: JsonObject, kind: str) -> tuple[JsonObject, JsonObject]:
    """Return the object of the type and all other keys; the whole message when the object is not there."""
    own: object = raw.get(kind)
    if own is None and kind in contents.WORDLESS:
        return {}, raw
    rest = {key: value for key, value in raw.items() if key != kind}
    if isinstance(own, list):
        return {kind: as_list(raw[kind])}, rest
    return (as_object(raw[kind]) if isinstance(own, dict) else {"raw": raw}), rest


def _target(kind: str, content: JsonObject, envelope: JsonObject) -> Wamid | None:
    """Return the message that this one quotes, reacts to, edits or revokes (webhooks.md 3 and 3.5)."""
    if kind == "reaction":
        target = content.get("message_id")
    elif kind in {"edit", "revoke"}:
        target = content.get("original_message_id")
    else:
        target = as_object(envelope.get("context")).get("id")
    return Wamid(message_id(target)) if message_id(target) else None


def _made_up_id(raw: JsonObject) -> str:
    """Name a message that came without id by its content, so that its repetition is still recognised."""
    try:
        canonical = json.dumps(raw, sort_keys=True)
    except RecursionError:
        return ""
    return f"local.{hashlib.sha256(canonical.encode(errors='surrogatepass')).hexdigest()}"
