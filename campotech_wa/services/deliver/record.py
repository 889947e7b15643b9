"""Write down what became of a batch of parcels: sent, failed, to be tried again, or unconfirmed."""

import logging
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from campotech_wa.domain import fate
from campotech_wa.domain.fate import Fate, Trouble, Try
from campotech_wa.domain.ids import OfChannel, Wamid
from campotech_wa.domain.message_state import Event
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.verdict import Verdict
from campotech_wa.errors import MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.client import Answer
from campotech_wa.meta.inbound import StatusReport, parse_status
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import statuses
from campotech_wa.services.deliver import learning, slowing
from campotech_wa.services.deliver.ledger import Ledger
from campotech_wa.services.deliver.parcel import NOT_ALLOWED, Landed, Outcome, Parcel, never_left
from campotech_wa.store import events
from campotech_wa.store.attempts import Closed
from campotech_wa.store.reports import Standing
from campotech_wa.store.transaction import transaction

log = logging.getLogger(__name__)

_OUTCOMES: dict[type[MetaError], str] = {MetaUnconfirmed: "unconfirmed", MetaBusy: "busy"}
_EXPIRED = "It came too late to mean anything."


def outcomes(batch: Sequence[Landed]) -> None:
    """Record outcomes of one channel; safe to call after a status has already told the same or more."""
    told_before = _write(batch)
    for parcel, result in batch:
        if isinstance(result, Answer):
            learning.of_answer(parcel, result)
    for parcel, report in told_before:
        learning.of_status(parcel, report.recipient)


def _write(batch: Sequence[Landed]) -> list[tuple[Parcel, StatusReport]]:
    """Write the outcomes; returns the statuses that had come before them."""
    whose = batch[0][0].whose
    accepted = {result.wamid: parcel for parcel, result in batch if isinstance(result, Answer)}
    with transaction() as tx:
        events.lock_wamids(tx.session, whose["channel_id"], accepted.keys())
        ledger = Ledger(tx, {parcel.message_id for parcel, _ in batch}, **whose)
        verdicts = [(parcel, _enter(ledger, parcel, result)) for parcel, result in batch]
        ledger.write()
        ledger.go_round()
        told_before = _parked(tx.session, accepted, whose)
        # Whom they reached is learnt afterwards: who holds the message must not ask for the customer.
        nameless = [replace(report, recipient=Person()) for _, report in told_before]
        applied = statuses.apply_all(tx.session, nameless, **whose)
        slowing.adapt(tx.session, verdicts, now=ledger.now, **whose)
        ledger.close_the_lines()
        statuses.follow_up(tx, applied, **whose)
    return told_before


def _enter(ledger: Ledger, parcel: Parcel, result: Outcome) -> Verdict:
    """Enter one outcome; what has become of an earlier request decides nothing about the message."""
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
    _tell(parcel, result)
    return what.verdict


def _tell(parcel: Parcel, fault: MetaError) -> None:
    log.warning(
        "message not accepted",
        extra={
            "message_id": parcel.message_id,
            "attempt": parcel.attempt,
            "code": fault.code,
            "error_type": type(fault).__name__,
        },
    )


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


def _closed(
    parcel: Parcel,
    outcome: str,
    verdict: Verdict,
    *,
    wamid: Wamid | None = None,
    code: int | None = None,
) -> Closed:
    return Closed(parcel.message_id, parcel.attempt, outcome, verdict, wamid, code)
