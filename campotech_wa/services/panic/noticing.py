"""Decide by a batch of outcomes whether a channel must stop, stop more, or stop again."""

from collections.abc import Sequence

from campotech_wa import clock
from campotech_wa.domain import panic_grounds, panic_probe
from campotech_wa.domain.alerts import Kind, is_failing
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.domain.panic import Extent, Notice, Phase, Reason, Thresholds
from campotech_wa.domain.panic_probe import Result
from campotech_wa.services import alerts
from campotech_wa.services.panic import changing
from campotech_wa.store import flows, panics
from campotech_wa.store.transaction import Transaction
from campotech_wa.tables.outbox import WaPanic


def noticed(
    tx: Transaction, notices: Sequence[Notice], *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Look at what a batch of recorded outcomes says of the channel; costs nothing while all is well.

    Call it last in the transaction that recorded them: two that open a panic at once wait for each other.
    """
    if not any(map(panic_grounds.is_trouble, notices)):
        return
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    standing = panics.active(tx.session, channel_id, organization_id=organization_id)
    if standing is None:
        _judge(tx, notices, **whose)
    else:
        _aggravate(tx, standing, notices, **whose)


def _judge(
    tx: Transaction, notices: Sequence[Notice], *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    now = clock.now()
    recent = panics.recent(
        tx.session, channel_id, organization_id=organization_id, since=now - panic_grounds.WINDOW
    )
    flow = flows.get(tx.session, channel_id, organization_id=organization_id)
    thresholds = Thresholds.read(flow.thresholds)
    cause = panic_grounds.grounds(notices, recent, thresholds)
    failed, transmitted = panic_grounds.failures(recent)
    if cause:
        changing.begin(tx, cause, now=now, **whose)
    elif is_failing(failed, transmitted, thresholds):
        alerts.begin(tx, Kind.FAILING, detail={"failed": failed, "transmitted": transmitted}, **whose)


def _aggravate(
    tx: Transaction,
    standing: WaPanic,
    notices: Sequence[Notice],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Let a graver cause take the place of the panic there is; a probe that failed stops again."""
    now = clock.now()
    cause = panic_grounds.total(notices)
    if cause and panic_grounds.takes_over(cause, Reason(standing.reason), Extent(standing.lanes)):
        if changing.end(tx, standing, now=now, note=f"followed by {cause.reason}"):
            changing.begin(tx, cause, organization_id=organization_id, channel_id=channel_id, now=now)
    elif standing.phase == Phase.PROBING:
        probed = panics.probed(tx.session, standing.id or 0, organization_id=organization_id)
        if panic_probe.result(probed, standing.probe_size, now=now) is Result.FAILED:
            changing.halt(tx, standing, now=now)
