"""Show the SMS of messages: in a thread, and to other products."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain import locale, sms_errors
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.sms_state import SmsReason, SmsState
from campotech_wa.services.sms.words import say
from campotech_wa.store import sms
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.sms import SmsMessage
from campotech_wa.views import SmsView

_LEFT = (SmsState.SENT, SmsState.DELIVERED)


def of_messages(session: Session, actor: Actor, messages: Collection[WaMessage]) -> dict[int, SmsView]:
    """Return what a thread shows of the SMS of its messages, by message."""
    if not messages:
        return {}
    message_ids = [MessageId(message.id or 0) for message in messages]
    found = sms.of_messages(session, message_ids, organization_id=actor.organization_id)
    return {row.message_id: _view(row, actor) for row in found if _is_telling(row)}


def of_message(
    session: Session, message_id: MessageId, *, organization_id: OrganizationId
) -> dict[str, object] | None:
    """Return the SMS of a message for other products; None where there is none."""
    found = sms.of_messages(session, [message_id], organization_id=organization_id)
    return _object(found[0]) if found else None


def _is_telling(row: SmsMessage) -> bool:
    """Tell whether it matters to whoever reads: not what never left, nor a failure that WhatsApp made up for."""
    if row.state == SmsState.FAILED:
        return row.also_by_whatsapp_at is None
    return row.state != SmsState.CANCELLED


def _view(row: SmsMessage, actor: Actor) -> SmsView:
    state, words = SmsState(row.state), actor.locale
    waits = state is SmsState.WAITING and row.reason == SmsReason.NOT_DELIVERED
    moment = row.due_at if waits else row.delivered_at or row.ended_at or row.left_at
    is_double = row.also_by_whatsapp_at is not None and state in _LEFT
    return SmsView(
        state=state,
        label=say("expected" if waits else state, words),
        time=locale.clock_time(moment, zone=actor.timezone) if moment else "",
        why="" if waits else say(f"why_{row.reason}", words),
        error=sms_errors.sentence(row.error_code, locale=words) if state is SmsState.FAILED else "",
        both=say(f"both_{state}", words) if is_double else "",
    )


def _object(row: SmsMessage) -> dict[str, object]:
    failed = row.state == SmsState.FAILED
    return {
        "state": row.state,
        "reason": row.reason,
        "attempts": row.attempts,
        "segments": row.segments,
        "due_at": _iso(row.due_at),
        "left_at": _iso(row.left_at),
        "delivered_at": _iso(row.delivered_at),
        "also_by_whatsapp_at": _iso(row.also_by_whatsapp_at),
        "error": {"code": row.error_code, "detail": row.error_detail} if failed else None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
