"""Write down what became of a parcel: sent, failed, to be tried again, or unconfirmed."""

import logging
import random
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import CustomerId, OfChannel, OfOrganization, Wamid
from campotech_wa.domain.message_state import MessageState, advance
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.retry import UNCONFIRMED_GRACE, send_delay
from campotech_wa.errors import CampotechError, MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.client import Answer
from campotech_wa.meta.inbound import StatusReport, parse_status
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import identity, statuses
from campotech_wa.services.deliver import failing
from campotech_wa.services.deliver.parcel import NOT_ALLOWED, Outcome, Parcel
from campotech_wa.services.identity import Reached
from campotech_wa.signals import live
from campotech_wa.store import conversations, events, messages, outbox, outbox_lines
from campotech_wa.store.transaction import transaction
from campotech_wa.tables.messages import WaMessage

log = logging.getLogger(__name__)

_OUTCOMES: dict[type[MetaError], str] = {MetaUnconfirmed: "unconfirmed", MetaBusy: "busy"}


def outcome(parcel: Parcel, result: Outcome) -> None:
    """Record the outcome; safe to call after a status has already told the same or more."""
    told = _write(parcel, result)
    if isinstance(result, Answer):
        _learn(parcel, result)
    for report in told:
        _meet(parcel, report.recipient)


def _write(parcel: Parcel, result: Outcome) -> Sequence[StatusReport]:
    """Write the outcome; returns the statuses that had come before it."""
    told: Sequence[StatusReport] = ()
    with transaction() as tx:
        if isinstance(result, Answer):
            events.lock_wamid(tx.session, parcel.channel_id, result.wamid)
        message = messages.lock(tx.session, parcel.message_id, organization_id=parcel.organization_id)
        if message is None:
            return told
        is_current = not _is_superseded(tx.session, parcel)
        if isinstance(result, Answer):
            told = _accepted(tx.session, parcel, message, result, is_current=is_current)
        else:
            _refused(tx.session, parcel, message, result, is_current=is_current)
        tx.after_commit(live.publish, live.Changed(parcel.organization_id, parcel.conversation_id))
    return told


def _learn(parcel: Parcel, answer: Answer) -> None:
    """Write down whom the message reached, apart from its outcome: nothing of that may hang on it.

    What could not be learnt now, the next answer will teach.
    """
    reached = Reached(parcel.address.wa_id, parcel.to, answer.wa_id, answer.user_id)
    if not parcel.address.is_taught_by(reached):
        return
    with _learning(parcel) as session:
        found = conversations.get(session, parcel.conversation_id, organization_id=parcel.organization_id)
        if found:
            identity.learn(session, CustomerId(found[0].customer_id), reached, **_whose(parcel))


def _meet(parcel: Parcel, recipient: Person) -> None:
    """Take in who a status says it reached, where it says more than the number (webhooks.md section 5)."""
    if recipient.wa_id and recipient.user_id:
        with _learning(parcel) as session:
            if not identity.known(session, {recipient}, **_whose(parcel)):
                identity.recognise(session, recipient, **_whose(parcel))


@contextmanager
def _learning(parcel: Parcel) -> Generator[Session]:
    """Open a transaction of its own, after that of the outcome, whose faults end nothing but it.

    A merge locks customers before their messages: who holds the message must not ask for the customer.
    """
    try:
        with transaction() as tx:
            yield tx.session
    except (DBAPIError, CampotechError, ValueError) as fault:
        log.warning(
            "recipient not learnt",
            extra={"message_id": parcel.message_id, "error_type": type(fault).__name__},
        )


def _whose(parcel: Parcel) -> OfChannel:
    return {"organization_id": parcel.organization_id, "channel_id": parcel.channel_id}


def _is_superseded(session: Session, parcel: Parcel) -> bool:
    """Tell whether a person has asked for the message again since this request left.

    What became of the old request says nothing of the new one: it only closes its own attempt.
    """
    whose: OfOrganization = {"organization_id": parcel.organization_id}
    newest = messages.last_attempt_number(session, parcel.message_id, **whose)
    return parcel.attempt != newest or outbox.is_untried(session, parcel.message_id, **whose)


def _accepted(
    session: Session, parcel: Parcel, message: WaMessage, answer: Answer, *, is_current: bool
) -> Sequence[StatusReport]:
    whose: OfOrganization = {"organization_id": parcel.organization_id}
    if is_current:
        outbox_lines.settle(session, outbox.drop(session, [parcel.message_id], **whose))
        message.wamid = answer.wamid
        if message.state == MessageState.QUEUED:
            messages.add_state(
                session, parcel.message_id, MessageState.SENT, at=clock.now(), source="answer", **whose
            )
        message.state = advance(MessageState(message.state), MessageState.SENT)
        session.flush()
    _close(session, parcel, "accepted", wamid=answer.wamid)
    parked = events.unpark(session, answer.wamid, channel_id=parcel.channel_id, **whose)
    told = [report for raw in parked if isinstance(report := parse_status(raw), StatusReport)]
    nameless = [replace(report, recipient=Person()) for report in told]
    statuses.apply_all(session, nameless, channel_id=parcel.channel_id, **whose)
    return told


def _refused(
    session: Session, parcel: Parcel, message: WaMessage, fault: MetaError, *, is_current: bool
) -> None:
    # A message that is no longer queued: a status came first, Meta has accepted it after all.
    if is_current and message.state == MessageState.QUEUED:
        _settle(session, parcel, message, fault)
    _close(session, parcel, _OUTCOMES.get(type(fault), "refused"), error_code=fault.code)
    log.warning(
        "message not accepted",
        extra={
            "message_id": parcel.message_id,
            "attempt": parcel.attempt,
            "code": fault.code,
            "error_type": type(fault).__name__,
        },
    )


def _settle(session: Session, parcel: Parcel, message: WaMessage, fault: MetaError) -> None:
    """Decide what follows: a wait for a sign, another try, or the end."""
    delay = send_delay(parcel.tries, jitter=random.random())  # noqa: S311  (spreads load, guards nothing)
    match fault:
        case MetaUnconfirmed() if delay is not None:
            _wait(session, parcel, OutboxState.UNCONFIRMED, UNCONFIRMED_GRACE)
        case MetaBusy() if delay is not None:
            _wait(session, parcel, OutboxState.QUEUED, delay)
        case MetaRefused() if fault.code == NOT_ALLOWED and parcel.has_other_spellings:
            _wait(session, parcel, OutboxState.QUEUED, timedelta(0))
        case _:
            failing.fail(session, message, code=fault.code, detail=fault.detail)


def _close(
    session: Session,
    parcel: Parcel,
    name: str,
    *,
    wamid: Wamid | None = None,
    error_code: int | None = None,
) -> None:
    messages.close_attempt(
        session,
        parcel.message_id,
        parcel.attempt,
        organization_id=parcel.organization_id,
        outcome=name,
        now=clock.now(),
        wamid=wamid,
        error_code=error_code,
    )


def _wait(session: Session, parcel: Parcel, state: OutboxState, delay: timedelta) -> None:
    outbox.postpone(
        session,
        parcel.message_id,
        organization_id=parcel.organization_id,
        state=state,
        due_at=clock.now() + delay,
    )
