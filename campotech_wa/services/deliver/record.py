"""Write down what became of a batch of parcels: sent, failed, to be tried again, or unconfirmed."""

import logging
import random
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campotech_wa.domain import fate, pacing
from campotech_wa.domain.fate import Fate, Trouble, Try
from campotech_wa.domain.ids import CustomerId, OfChannel, Wamid
from campotech_wa.domain.message_state import Event
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.verdict import Verdict
from campotech_wa.errors import CampotechError, MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.client import Answer
from campotech_wa.meta.inbound import StatusReport, parse_status
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import identity, statuses
from campotech_wa.services.deliver.ledger import Ledger
from campotech_wa.services.deliver.parcel import NOT_ALLOWED, Landed, Outcome, Parcel, never_left
from campotech_wa.services.identity import Reached
from campotech_wa.store import attempts, conversations, events, flows
from campotech_wa.store.attempts import Closed
from campotech_wa.store.reports import Standing
from campotech_wa.store.transaction import Transaction, transaction

log = logging.getLogger(__name__)

_OUTCOMES: dict[type[MetaError], str] = {MetaUnconfirmed: "unconfirmed", MetaBusy: "busy"}
_EXPIRED = "It came too late to mean anything."


def outcomes(batch: Sequence[Landed]) -> None:
    """Record outcomes of one channel; safe to call after a status has already told the same or more."""
    told = _write(batch)
    for parcel, result in batch:
        if isinstance(result, Answer):
            _learn(parcel, result)
    for parcel, report in told:
        _meet(parcel, report.recipient)


def _write(batch: Sequence[Landed]) -> list[tuple[Parcel, StatusReport]]:
    """Write the outcomes; returns the statuses that had come before them."""
    whose = _whose(batch[0][0])
    accepted = {result.wamid: parcel for parcel, result in batch if isinstance(result, Answer)}
    with transaction() as tx:
        events.lock_wamids(tx.session, whose["channel_id"], accepted.keys())
        ledger = Ledger(tx, {parcel.message_id for parcel, _ in batch}, **whose)
        verdicts = [(parcel, _enter(ledger, parcel, result)) for parcel, result in batch]
        ledger.write()
        ledger.go_round()
        told = _parked(tx.session, accepted, whose)
        nameless = [replace(report, recipient=Person()) for _, report in told]
        applied = statuses.apply_all(tx.session, nameless, **whose)
        _adapt(tx, verdicts, ledger, whose)
        ledger.close_the_lines()
        statuses.follow_up(tx, applied, **whose)
    return told


def _enter(ledger: Ledger, parcel: Parcel, result: Outcome) -> Verdict:
    standing = ledger.standing(parcel.message_id)
    if standing is None:
        return Verdict.NONE
    is_current = parcel.attempt == standing.last_attempt and not standing.is_untried
    if isinstance(result, Answer):
        ledger.close(_closed(parcel, "accepted", Verdict.SUCCESS, wamid=result.wamid))
        if is_current:
            ledger.accept(standing, result.wamid, is_template=parcel.type == "template")
        return Verdict.SUCCESS
    what = _fate(ledger, parcel, result)
    ledger.close(_closed(parcel, _OUTCOMES.get(type(result), "refused"), what.verdict, code=result.code))
    if is_current:
        _settle(ledger, standing, parcel, result, what)
    log.warning(
        "message not accepted",
        extra={
            "message_id": parcel.message_id,
            "attempt": parcel.attempt,
            "code": result.code,
            "error_type": type(result).__name__,
        },
    )
    return what.verdict


def _settle(ledger: Ledger, standing: Standing, parcel: Parcel, fault: MetaError, what: Fate) -> None:
    """Let the message wait or end, unless a status came first: then Meta has accepted it after all."""
    if not standing.is_open:
        return
    if isinstance(fault, MetaRefused) and fault.code == NOT_ALLOWED and parcel.has_other_spellings:
        what = Fate(OutboxState.QUEUED, Verdict.NONE)
    if what.state is None:
        _end(ledger, standing, fault, has_expired=what.has_expired)
        return
    event = Event.UNANSWERED if what.state is OutboxState.UNCONFIRMED else Event.POSTPONED
    ledger.move(standing, event, source="engine", code=fault.code)
    ledger.wait(standing, what.state, ledger.now + what.delay, counts=what.counts)


def _end(ledger: Ledger, standing: Standing, fault: MetaError, *, has_expired: bool) -> None:
    if has_expired:
        detail = f"{_EXPIRED} {fault.detail}"
        ledger.fail(standing, code=fault.code, detail=detail, event=Event.GAVE_UP, has_expired=True)
    else:
        ledger.fail(standing, code=fault.code, detail=fault.detail)


def _fate(ledger: Ledger, parcel: Parcel, fault: MetaError) -> Fate:
    trouble = Trouble(
        fault.code,
        is_ambiguous=isinstance(fault, MetaUnconfirmed),
        has_left=not never_left(fault),
        is_passing=isinstance(fault, MetaBusy),
        is_final=isinstance(fault, MetaRefused),
    )
    which = Try(
        number=parcel.tries,
        uncounted=parcel.uncounted,
        priority=parcel.priority,
        age=max(ledger.now - parcel.enters_at, timedelta(0)),
    )
    return fate.after(trouble, which, jitter=random.random())  # noqa: S311  (spreads load, guards nothing)


def _parked(
    session: Session, accepted: dict[Wamid, Parcel], whose: OfChannel
) -> list[tuple[Parcel, StatusReport]]:
    """Take the statuses that came before the answers which name their messages."""
    return [
        (accepted[wamid], report)
        for wamid, raw in events.unpark_all(session, accepted.keys(), **whose)
        if isinstance(report := parse_status(raw), StatusReport)
    ]


def _adapt(
    tx: Transaction, verdicts: Sequence[tuple[Parcel, Verdict]], ledger: Ledger, whose: OfChannel
) -> None:
    """Slow the channel down when Meta throttles it, once for a batch; let it go on when Meta takes messages again.

    What was claimed before the pace last changed says nothing of the pace now: many that left together are throttled
    together, and that is one throttle.
    """
    flow = flows.get(tx.session, whose["channel_id"], organization_id=whose["organization_id"])
    told = {
        verdict for parcel, verdict in verdicts if not flow.factor_at or parcel.claimed_at > flow.factor_at
    }
    if Verdict.THROTTLED in told and _is_too_fast(tx.session, ledger, whose):
        factor = pacing.slower(pacing.factor_now(flow.factor, flow.factor_at, now=ledger.now))
        until = ledger.now + pacing.pause(flow.throttles, jitter=random.random())  # noqa: S311  (as above)
        flows.throttle(tx.session, factor=factor, until=until, now=ledger.now, **whose)
    elif flow.throttles and Verdict.SUCCESS in told:
        flows.calm(tx.session, **whose)


def _is_too_fast(session: Session, ledger: Ledger, whose: OfChannel) -> bool:
    since = ledger.now - pacing.SAMPLE_AGE
    return pacing.is_too_fast(*attempts.throttled(session, since=since, most=pacing.SAMPLE, **whose))


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


def _closed(
    parcel: Parcel,
    outcome: str,
    verdict: Verdict,
    *,
    wamid: Wamid | None = None,
    code: int | None = None,
) -> Closed:
    return Closed(parcel.message_id, parcel.attempt, outcome, verdict, wamid, code)
