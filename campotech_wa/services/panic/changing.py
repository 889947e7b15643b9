"""Begin, probe and end a panic, and tell whoever has to know once it is committed."""

from datetime import datetime

from campotech_wa.domain import panic_probe
from campotech_wa.domain.alerts import Kind
from campotech_wa.domain.fate import KEPT
from campotech_wa.domain.ids import ChannelId, OfChannel, OfOrganization, OrganizationId, UserId
from campotech_wa.domain.panic import Cause, Phase, Reason
from campotech_wa.services import alerts
from campotech_wa.signals import jobs, live
from campotech_wa.store import claims, flows, panics
from campotech_wa.store.panics import Seen
from campotech_wa.store.transaction import Transaction
from campotech_wa.tables.outbox import WaPanic


def begin(
    tx: Transaction,
    cause: Cause,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    by: UserId | None = None,
    note: str = "",
) -> None:
    """Stop a channel, unless somebody else just has."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    flow = flows.get(tx.session, channel_id, organization_id=organization_id)
    look = panic_probe.next_look(cause.reason, now=now, panic_minutes=flow.panic_minutes)
    if panics.begin(tx.session, cause, now=now, next_look_at=look, by=by, note=note, **whose) is None:
        return
    numbers = dict(cause.numbers or {})
    detail = {
        "reason": cause.reason,
        "lanes": cause.extent,
        "code": cause.code,
        "numbers": numbers,
        "note": note,
    }
    alerts.end(tx, Kind.FAILING, **whose)
    alerts.begin(tx, Kind.PANIC, detail=detail, **whose)
    tx.after_commit(live.publish, live.Changed(organization_id))


def probe(tx: Transaction, row: WaPanic, size: int, *, now: datetime) -> None:
    """Let a few messages through."""
    values = {"phase": Phase.PROBING, "probe_size": size, "probe_from": now}
    if panics.change(tx.session, Seen.of(row), values, **_whose(row)):
        _announce(tx, row, wakes=True)


def halt(tx: Transaction, row: WaPanic, *, now: datetime) -> None:
    """Stop again, for as long as at the beginning: a probe has failed."""
    flow = flows.get(tx.session, ChannelId(row.channel_id), **_whose(row))
    look = panic_probe.next_look(Reason(row.reason), now=now, panic_minutes=flow.panic_minutes)
    values = {"phase": Phase.HALTED, "probe_size": 0, "probe_from": None, "auto_resolve_at": look}
    if panics.change(tx.session, Seen.of(row), values, **_whose(row)):
        _announce(tx, row, wakes=False)


def bring_forward(tx: Transaction, row: WaPanic, *, now: datetime) -> None:
    """Let what was refused for the panic's cause leave at once when it ends.

    Call it before the panic changes: whoever records outcomes has messages and rows first, and the panic last.
    """
    claims.bring_forward(tx.session, ChannelId(row.channel_id), now=now, until=now + KEPT, **_whose(row))


def finish(tx: Transaction, row: WaPanic, *, now: datetime) -> None:
    """Let everything flow again: the last probe went well."""
    bring_forward(tx, row, now=now)
    values = {"resolved_at": now}
    if panics.change(tx.session, Seen.of(row), values, **_whose(row)):
        _announce_end(tx, row)


def end(tx: Transaction, row: WaPanic, *, now: datetime, by: UserId | None = None, note: str) -> bool:
    """Let everything flow again because something else says so; tells whether it was this call that ended it."""
    is_ended = panics.end(tx.session, row.id or 0, now=now, by=by, note=note, **_whose(row))
    if is_ended:
        _announce_end(tx, row)
    return is_ended


def _announce_end(tx: Transaction, row: WaPanic) -> None:
    alerts.end(tx, Kind.PANIC, channel_id=ChannelId(row.channel_id), **_whose(row))
    _announce(tx, row, wakes=True)


def _announce(tx: Transaction, row: WaPanic, *, wakes: bool) -> None:
    tx.after_commit(live.publish, live.Changed(OrganizationId(row.organization_id)))
    if wakes:
        tx.after_commit(jobs.wake_drain, ChannelId(row.channel_id))


def _whose(row: WaPanic) -> OfOrganization:
    return {"organization_id": OrganizationId(row.organization_id)}
