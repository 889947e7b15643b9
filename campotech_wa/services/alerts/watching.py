"""Look at what no single outcome tells: what waits, how old it is, which templates Meta refuses, what is over."""

from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import alerts as rules
from campotech_wa.domain import panic_grounds
from campotech_wa.domain.alerts import Kind
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.domain.panic import Thresholds
from campotech_wa.services.alerts import raising
from campotech_wa.store import alerts, flows, panics
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.alerts import Alert

_BACKLOGS = (Kind.WAITING, Kind.OLD)


def watch() -> None:
    """Raise what begins and clear what is over, of every organization."""
    now = clock.now()
    _backlogs(now)
    _failures(now)
    _templates(now)


def _backlogs(now: datetime) -> None:
    with reading() as session:
        waiting = {each.channel_id: each for each in alerts.waiting(session, now=now)}
        standing = alerts.standing(session, _BACKLOGS)
    for each in waiting.values():
        thresholds = Thresholds.read(each.thresholds)
        for kind in _BACKLOGS:
            if rules.begins(kind, each.backlog, thresholds):
                whose = OfChannel(organization_id=each.organization_id, channel_id=each.channel_id)
                _begin(
                    kind, {"waiting": thresholds.alert_waiting, "minutes": thresholds.alert_minutes}, whose
                )
    for alert in standing:
        left = waiting.get(ChannelId(alert.channel_id))
        if left is None or rules.is_over(Kind(alert.kind), left.backlog, Thresholds.read(left.thresholds)):
            _end(alert)


def _failures(now: datetime) -> None:
    """Clear only: failures raise their alert where they are recorded."""
    with reading() as session:
        standing = alerts.standing(session, [Kind.FAILING])
        over = [alert for alert in standing if _has_recovered(session, alert, now)]
    for alert in over:
        _end(alert)


def _templates(now: datetime) -> None:
    with reading() as session:
        refused = alerts.refused_templates(session, since=now - rules.TEMPLATE_NEWS)
        standing = alerts.standing(session, [Kind.TEMPLATE])
    for each in refused:
        whose = OfChannel(organization_id=each.organization_id, channel_id=each.channel_id)
        _begin(Kind.TEMPLATE, {"status": each.status}, whose, subject=each.subject)
    still = {(each.channel_id, each.subject) for each in refused}
    for alert in standing:
        if (alert.channel_id, alert.subject) not in still:
            _end(alert)


def _has_recovered(session: Session, alert: Alert, now: datetime) -> bool:
    organization_id, channel_id = OrganizationId(alert.organization_id), ChannelId(alert.channel_id)
    since = now - panic_grounds.WINDOW
    recent = panics.recent(session, channel_id, organization_id=organization_id, since=since)
    flow = flows.get(session, channel_id, organization_id=organization_id)
    return rules.is_failing_over(*panic_grounds.failures(recent), Thresholds.read(flow.thresholds))


def _begin(kind: Kind, detail: dict[str, object], whose: OfChannel, *, subject: str = "") -> None:
    with transaction() as tx:
        raising.begin(tx, kind, detail=detail, subject=subject, **whose)


def _end(alert: Alert) -> None:
    with transaction() as tx:
        raising.end(
            tx,
            Kind(alert.kind),
            organization_id=OrganizationId(alert.organization_id),
            channel_id=ChannelId(alert.channel_id),
            subject=alert.subject,
        )
