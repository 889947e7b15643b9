"""Raise and clear an alert, and have it carried to wherever the organization wants it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock, settings
from campotech_wa.domain.alerts import HOUR, Event, Kind, Via
from campotech_wa.domain.ids import ChannelId, OfChannel, OfOrganization, OrganizationId
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
    now = clock.now()
    ways = dict.fromkeys(_ways(tx.session, organization_id), now)
    if ways.pop(Via.EMAIL, None):
        letter_at = _letter_at(tx.session, alert_id, event, organization_id, now)
        ways |= {Via.EMAIL: letter_at} if letter_at else {}
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


def _letter_at(
    session: Session, alert_id: int, event: Event, organization_id: OrganizationId, now: datetime
) -> datetime | None:
    """Return when a letter tells of it: an alert that comes and goes is mailed about once an hour.

    None where it is over before anybody was told: then nobody need be.
    """
    whose: OfOrganization = {"organization_id": organization_id}
    if event is Event.CLEARED:
        return None if alerts.retract(session, alert_id, now=now, **whose) else now
    last = alerts.mailed(session, alert_id, since=now - 2 * HOUR, **whose)
    return now if last is None else max(now, last + HOUR)
