"""Turn one status object into a report of what became of a message of ours (webhooks.md section 4)."""

from campotech_wa.domain.ids import Wamid
from campotech_wa.meta import errors
from campotech_wa.meta.inbound.directory import EMPTY, Directory
from campotech_wa.meta.inbound.items import Person, StatusReport, Unreadable
from campotech_wa.meta.inbound.scalars import message_id, moment
from campotech_wa.meta.shapes import JsonObject, as_list, as_object, as_text


def parse_status(raw: object, directory: Directory = EMPTY) -> StatusReport | Unreadable:
    """Read one status."""
    status = as_object(raw)
    wamid = message_id(status.get("id"))
    if not wamid:
        return Unreadable("status without id")
    told = as_list(status.get("errors"))
    first = as_object(told[0]) if told else {}
    error = errors.read_object(first)
    return StatusReport(
        wamid=Wamid(wamid),
        status=as_text(status.get("status")),
        at=moment(status.get("timestamp")),
        recipient=_recipient(status, directory),
        callback_data=as_text(status.get("biz_opaque_callback_data")),
        error_code=errors.judge(error).code if error else None,
        error_detail=_detail(first),
        raw=status,
    )


def _detail(error: JsonObject) -> str:
    """Return the sentence of the details; title and message say the same in fewer words (4.4)."""
    details = as_text(as_object(error.get("error_data")).get("details"))
    return details or as_text(error.get("title")) or as_text(error.get("message"))


def _recipient(status: JsonObject, directory: Directory) -> Person:
    if status.get("recipient_type") == "group" or _participant(status):
        return _member(status, directory)
    return directory.person(
        status.get("recipient_id"),
        status.get("recipient_user_id"),
        # Spelled otherwise before May 2026, and in one early example (webhooks.md section 5).
        status.get("recipient_parent_user_id")
        or status.get("parent_recipient_user_id")
        or status.get("parent_user_id"),
        status.get("recipient_identity_key_hash"),
    )


def _member(status: JsonObject, directory: Directory) -> Person:
    """In a group ``recipient_id`` is the group's; the docs spell the participant in two ways (4.5)."""
    return directory.person(
        _participant(status),
        status.get("recipient_participant_user_id"),
        status.get("recipient_participant_parent_user_id"),
    )


def _participant(status: JsonObject) -> object:
    return status.get("recipient_participant_id") or status.get("participant_recipient_id")
