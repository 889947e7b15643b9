"""What admins see of alerts: those that are not over, and where they are sent."""

from campotech_wa import clock, settings
from campotech_wa.domain import alert_words, locale
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.alerts import Kind
from campotech_wa.domain.panic import Thresholds
from campotech_wa.panic_views import AlertLine, AlertSettings, ChannelThresholds
from campotech_wa.store import alerts, panics
from campotech_wa.store.transaction import reading
from campotech_wa.tables.alerts import Alert
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.outbox import ChannelFlow

_PLACES = {Kind.TEMPLATE: "/settings"}
"""Where more is told of it: Meta's own notices; the queue for everything else."""


def lines(actor: Actor) -> tuple[AlertLine, ...]:
    """Return the alerts that are not over, newest first; nothing for those who do not operate the numbers."""
    if not actor.may(Permission.OPERATE):
        return ()
    with reading() as session:
        known = alerts.active(session, organization_id=actor.organization_id)
    return tuple(_line(alert, channel, actor) for alert, channel in known)


def sent_to(actor: Actor) -> AlertSettings:
    """Return where alerts go, and each number's thresholds.

    Raises:
        NotAllowed: only admins see it.
    """
    actor.require(Permission.OPERATE)
    with reading() as session:
        address = alerts.address(session, organization_id=actor.organization_id)
        known = panics.standings(session, organization_id=actor.organization_id)
    return AlertSettings(
        email=address.email if address else "",
        webhook_url=address.webhook_url if address else "",
        has_secret=bool(address and address.webhook_secret),
        can_mail=bool(settings.get().smtp_host),
        thresholds=tuple(_thresholds(channel, flow) for channel, _, flow in known),
    )


def _line(alert: Alert, channel: Channel, actor: Actor) -> AlertLine:
    kind = Kind(alert.kind)
    words = alert_words.alert(kind, alert.subject, alert.detail, locale=actor.locale)
    since = locale.short(alert.raised_at, now=clock.now(), zone=actor.timezone, locale=actor.locale)
    return AlertLine(
        id=alert.id or 0,
        kind=alert.kind,
        headline=words.headline,
        body=words.body,
        channel=channel.name,
        since=since,
        href=_PLACES.get(kind, "/queue"),
    )


def _thresholds(channel: Channel, flow: ChannelFlow | None) -> ChannelThresholds:
    known = flow or ChannelFlow(organization_id=channel.organization_id, channel_id=channel.id or 0)
    chosen = Thresholds.read(known.thresholds)
    return ChannelThresholds(
        phone_number_id=channel.phone_number_id,
        name=channel.name,
        panic_minutes=known.panic_minutes,
        panic_percent=chosen.panic_percent,
        alert_percent=chosen.alert_percent,
        alert_waiting=chosen.alert_waiting,
        alert_minutes=chosen.alert_minutes,
    )
