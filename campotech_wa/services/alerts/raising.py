"""Raise and clear an alert, and have it carried to wherever the organization wants it."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from campotech_wa import clock, settings
from campotech_wa.domain.alerts import Event, Kind, Via
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.signals import live
from campotech_wa.store import alerts
from campotech_wa.store.transaction import Transaction


def begin(
    tx: Transaction,
    kind: Kind,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    detail: Mapping[str, object],
    subject: str = "",
) -> None:
    """Raise an alert unless it is raised already."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    raised = alerts.begin(tx.session, kind, detail=detail, subject=subject, now=clock.now(), **whose)
    _tell(tx, raised, Event.RAISED, organization_id)


def end(
    tx: Transaction,
    kind: Kind,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    subject: str = "",
) -> None:
    """Clear an alert, if there is one."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    cleared = alerts.end(tx.session, kind, subject=subject, now=clock.now(), **whose)
    _tell(tx, cleared, Event.CLEARED, organization_id)


def _tell(tx: Transaction, alert_id: int | None, event: Event, organization_id: OrganizationId) -> None:
    if alert_id is None:
        return
    ways = _ways(tx.session, organization_id)
    alerts.queue(tx.session, alert_id, event, ways, organization_id=organization_id)
    tx.after_commit(live.publish, live.Changed(organization_id))


def _ways(session: Session, organization_id: OrganizationId) -> Sequence[Via]:
    address = alerts.address(session, organization_id=organization_id)
    if address is None:
        return []
    wanted = {
        Via.EMAIL: bool(address.email and settings.get().smtp_host),
        Via.WEBHOOK: bool(address.webhook_url),
    }
    return [via for via, is_wanted in wanted.items() if is_wanted]
