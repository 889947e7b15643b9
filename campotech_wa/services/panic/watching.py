"""What time brings a panic: a probe when it is due, a larger one when that went well, the end after the last."""

from datetime import timedelta

from campotech_wa import clock
from campotech_wa.domain import panic_probe
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.domain.panic_probe import Result
from campotech_wa.services.panic import changing
from campotech_wa.store import panics
from campotech_wa.store.panics import Seen
from campotech_wa.store.transaction import Transaction, reading, transaction
from campotech_wa.tables.outbox import WaPanic

_IDLE = timedelta(minutes=1)
"""A probe that nothing was sent for is looked at anew from here on, so that the look stays short."""

_UNDERWAY = timedelta(seconds=30)
"""Longer than any transaction that notes an attempt."""


def watch() -> None:
    """Move on every panic of every organization that is due; those that Meta is asked about first are not."""
    with reading() as session:
        due = panics.underway(session, now=clock.now())
    for row in due:
        with transaction() as tx:
            _move(tx, row)


def _move(tx: Transaction, row: WaPanic) -> None:
    if row.phase == Phase.PROBING:
        _judge(tx, row)
    elif not panic_probe.is_checked_first(Reason(row.reason), Extent(row.lanes)):
        changing.probe(tx, row, panic_probe.SIZES[0], now=clock.now())


def _judge(tx: Transaction, row: WaPanic) -> None:
    now = clock.now()
    whose = OrganizationId(row.organization_id)
    attempts = panics.probed(tx.session, row.id or 0, organization_id=whose)
    match panic_probe.result(attempts, row.probe_size, now=now):
        case Result.FAILED:
            changing.halt(tx, row, now=now)
        case Result.PASSED:
            _step(tx, row)
        case Result.OPEN if not attempts and row.probe_from and row.probe_from + _IDLE < now:
            panics.change(tx.session, Seen.of(row), {"probe_from": now - _UNDERWAY}, organization_id=whose)
        case Result.OPEN:
            pass


def _step(tx: Transaction, row: WaPanic) -> None:
    now, size = clock.now(), panic_probe.next_size(row.probe_size)
    if size is None:
        changing.finish(tx, row, now=now)
    else:
        changing.probe(tx, row, size, now=now)
