"""Apply one status to its message, or park it until the message is known."""

from dataclasses import replace

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import (
    ChannelId,
    ConversationId,
    MessageId,
    OfChannel,
    OfOrganization,
    OrganizationId,
    Wamid,
)
from campotech_wa.domain.message_state import MessageState, advance, parse_reported
from campotech_wa.meta.webhooks import StatusReport
from campotech_wa.store import events, messages, outbox
from campotech_wa.tables.messages import WaMessage, WaSendAttempt

_REACHED_THE_CUSTOMER = frozenset({MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED})


def apply(
    session: Session, report: StatusReport, *, organization_id: OrganizationId, channel_id: ChannelId
) -> ConversationId | None:
    """Move the message that a status is about; returns its conversation, or None when nothing changed."""
    state = parse_reported(report.status)
    if state is None:
        return None
    report = replace(report, wamid=Wamid(storable.text(report.wamid)))
    attempt = _attempt(session, report, organization_id=organization_id, channel_id=channel_id)
    if attempt is None:
        _park(session, report, organization_id=organization_id, channel_id=channel_id)
        return None
    message = messages.lock(session, MessageId(attempt.message_id), organization_id=organization_id)
    if message is None:
        return None
    is_current = _is_current(session, attempt, organization_id=organization_id)
    if not is_current and state not in _REACHED_THE_CUSTOMER:
        # An earlier try's "failed" or "sent" says nothing of the one under way.
        return None
    _confirm(session, message, attempt, report, organization_id=organization_id)
    return _move(session, message, state, report, organization_id=organization_id)


def _attempt(
    session: Session, report: StatusReport, *, organization_id: OrganizationId, channel_id: ChannelId
) -> WaSendAttempt | None:
    """Find the request by our own id, which works before its answer is stored, else by its wamid."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    ours = CallbackData.parse(report.callback_data)
    found = ours and messages.attempt(session, ours.message_id, ours.attempt, **whose)
    if found:
        return found
    # The answer that brings this wamid may be about to be recorded: one of the two waits for the other.
    events.lock_wamid(session, channel_id, report.wamid)
    return messages.attempt_by_wamid(session, report.wamid, **whose)


def _is_current(session: Session, attempt: WaSendAttempt, *, organization_id: OrganizationId) -> bool:
    """Tell whether no other request followed or is about to: a person may have asked for a new one."""
    message_id = MessageId(attempt.message_id)
    whose: OfOrganization = {"organization_id": organization_id}
    if outbox.is_untried(session, message_id, **whose):
        return False
    return attempt.number == messages.last_attempt_number(session, message_id, **whose)


def _park(
    session: Session, report: StatusReport, *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    events.park(
        session,
        report.wamid,
        storable.tree(report.raw),
        organization_id=organization_id,
        channel_id=channel_id,
    )


def _confirm(
    session: Session,
    message: WaMessage,
    attempt: WaSendAttempt,
    report: StatusReport,
    *,
    organization_id: OrganizationId,
) -> None:
    """Keep the wamid and send no more: a status proves that the request was accepted."""
    message_id = MessageId(attempt.message_id)
    outbox.drop(session, message_id, organization_id=organization_id)
    if attempt.wamid is None:
        messages.close_attempt(
            session,
            message_id,
            attempt.number,
            organization_id=organization_id,
            outcome="accepted",
            now=clock.now(),
            wamid=report.wamid,
        )
        message.wamid = report.wamid


def _move(
    session: Session,
    message: WaMessage,
    state: MessageState,
    report: StatusReport,
    *,
    organization_id: OrganizationId,
) -> ConversationId | None:
    message_id = MessageId(message.id or 0)
    known = {line.state for line in messages.history(session, message_id, organization_id=organization_id)}
    current = MessageState(message.state)
    reached = advance(current, state)
    if state not in known or reached is not current:
        messages.add_state(
            session,
            message_id,
            state,
            organization_id=organization_id,
            at=report.at or clock.now(),
            source="webhook",
            error_code=report.error_code,
        )
    message.state = reached
    if reached is MessageState.FAILED and current is not MessageState.FAILED:
        message.error_code = report.error_code
        message.error_detail = storable.text(report.error_detail)[:1000]
    elif reached is not MessageState.FAILED:
        message.error_code, message.error_detail = None, ""
    session.flush()
    return ConversationId(message.conversation_id) if reached is not current else None
