"""Write down what became of a parcel: sent, failed, to be tried again, or unconfirmed."""

import logging
import random
from datetime import timedelta

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import MessageId, OfOrganization
from campotech_wa.domain.message_state import MessageState, advance
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.retry import UNCONFIRMED_GRACE, send_delay
from campotech_wa.errors import MetaBusy, MetaError, MetaUnconfirmed
from campotech_wa.meta.client import Answer
from campotech_wa.meta.webhooks import StatusReport, parse_status
from campotech_wa.services import statuses
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.signals import live
from campotech_wa.store import events, messages, outbox
from campotech_wa.store.transaction import Transaction, transaction
from campotech_wa.tables.messages import WaMessage

log = logging.getLogger(__name__)

_OUTCOMES: dict[type[MetaError], str] = {MetaUnconfirmed: "unconfirmed", MetaBusy: "busy"}


def outcome(parcel: Parcel, result: Outcome) -> None:
    """Record the outcome; safe to call after a status has already told the same or more."""
    with transaction() as tx:
        if isinstance(result, Answer):
            events.lock_wamid(tx.session, parcel.channel_id, result.wamid)
        message = messages.lock(tx.session, parcel.message_id, organization_id=parcel.organization_id)
        if message is None:
            return
        _record(tx, parcel, message, result)
        tx.after_commit(live.publish, live.Changed(parcel.organization_id, parcel.conversation_id))


def _record(tx: Transaction, parcel: Parcel, message: WaMessage, result: Outcome) -> None:
    if isinstance(result, Answer):
        _accepted(tx, parcel, message, result)
        return
    _close(tx, parcel, result)
    if message.state != MessageState.QUEUED:
        # A status came first: Meta has accepted it after all.
        return
    delay = send_delay(parcel.tries, jitter=random.random())  # noqa: S311  (spreads load, guards nothing)
    match result:
        case MetaUnconfirmed() if delay is not None:
            _wait(tx, parcel, OutboxState.UNCONFIRMED, UNCONFIRMED_GRACE)
        case MetaBusy() if delay is not None:
            _wait(tx, parcel, OutboxState.QUEUED, delay)
        case _:
            _failed(tx, parcel, message, result)


def _accepted(tx: Transaction, parcel: Parcel, message: WaMessage, answer: Answer) -> None:
    whose: OfOrganization = {"organization_id": parcel.organization_id}
    now = clock.now()
    messages.close_attempt(
        tx.session,
        parcel.message_id,
        parcel.attempt,
        outcome="accepted",
        now=now,
        wamid=answer.wamid,
        **whose,
    )
    message.wamid = answer.wamid
    if message.state == MessageState.QUEUED:
        messages.add_state(tx.session, parcel.message_id, MessageState.SENT, at=now, source="answer", **whose)
    message.state = advance(MessageState(message.state), MessageState.SENT)
    tx.session.flush()
    outbox.drop(tx.session, parcel.message_id, **whose)
    for raw in events.unpark(tx.session, answer.wamid, channel_id=parcel.channel_id, **whose):
        report = parse_status(raw)
        if isinstance(report, StatusReport):
            statuses.apply(tx.session, report, channel_id=parcel.channel_id, **whose)


def _close(tx: Transaction, parcel: Parcel, fault: MetaError) -> None:
    name = _OUTCOMES.get(type(fault), "refused")
    messages.close_attempt(
        tx.session,
        parcel.message_id,
        parcel.attempt,
        organization_id=parcel.organization_id,
        outcome=name,
        now=clock.now(),
        error_code=fault.code,
    )
    log.warning(
        "message not accepted",
        extra={
            "message_id": parcel.message_id,
            "attempt": parcel.attempt,
            "code": fault.code,
            "reason": name,
        },
    )


def _wait(tx: Transaction, parcel: Parcel, state: OutboxState, delay: timedelta) -> None:
    outbox.postpone(
        tx.session,
        parcel.message_id,
        organization_id=parcel.organization_id,
        state=state,
        due_at=clock.now() + delay,
    )


def _failed(tx: Transaction, parcel: Parcel, message: WaMessage, fault: MetaError) -> None:
    messages.add_state(
        tx.session,
        MessageId(parcel.message_id),
        MessageState.FAILED,
        organization_id=parcel.organization_id,
        at=clock.now(),
        source="answer",
        error_code=fault.code,
    )
    message.state = MessageState.FAILED
    message.error_code = fault.code
    message.error_detail = storable.text(fault.detail)[:1000]
    tx.session.flush()
    outbox.drop(tx.session, parcel.message_id, organization_id=parcel.organization_id)
