"""Alerts, the places an organization wants them sent to, and each one's way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.alerts import REFUSED_TEMPLATES, Backlog, Event, Kind, Via
from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.tables.alerts import Alert, AlertAddress, AlertDelivery
from campotech_wa.tables.channels import Channel


def begin(
    session: Session,
    kind: Kind,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    detail: Mapping[str, object],
    now: datetime,
    subject: str = "",
) -> int | None:
    """Raise an alert and return its id; None where it is raised already."""
    raised = (
        insert(Alert)
        .values(
            organization_id=organization_id,
            channel_id=channel_id,
            kind=kind,
            subject=subject,
            detail=dict(detail),
            raised_at=now,
        )
        .on_conflict_do_nothing(
            index_elements=["organization_id", "channel_id", "kind", "subject"],
            index_where=text("cleared_at is null"),
        )
        .returning(col(Alert.id))
    )
    return session.scalar(raised)


def end(
    session: Session,
    kind: Kind,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
    subject: str = "",
) -> int | None:
    """Clear an alert and return its id; None where there is none."""
    cleared = (
        update(Alert)
        .where(
            col(Alert.organization_id) == organization_id,
            col(Alert.channel_id) == channel_id,
            col(Alert.kind) == kind,
            col(Alert.subject) == subject,
            col(Alert.cleared_at).is_(None),
        )
        .values(cleared_at=now)
        .returning(col(Alert.id))
        .execution_options(synchronize_session=False)
    )
    return session.scalar(cleared)


def active(session: Session, *, organization_id: OrganizationId) -> Sequence[tuple[Alert, Channel]]:
    """Return an organization's alerts that are not over, newest first, each with its channel."""
    found = (
        select(Alert, Channel)
        .join(Channel, col(Alert.channel_id) == col(Channel.id))
        .where(col(Alert.organization_id) == organization_id, col(Alert.cleared_at).is_(None))
        .order_by(col(Alert.raised_at).desc(), col(Alert.id).desc())
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def standing(session: Session, kinds: Sequence[Kind]) -> Sequence[Alert]:
    """Return the alerts of some kinds, of every organization, that are not over; for the schedule."""
    found = select(Alert).where(col(Alert.cleared_at).is_(None), col(Alert.kind).in_(kinds))
    return session.scalars(found).all()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a channel waits, and the thresholds that were set for it."""

    organization_id: OrganizationId
    channel_id: ChannelId
    backlog: Backlog
    thresholds: Mapping[str, object]


_WAITING = text(
    """
    select channel.organization_id, channel.id as channel_id, due.waiting, due.oldest, flow.thresholds
    from channel
    left join channel_flow as flow on flow.channel_id = channel.id
    cross join lateral (
        select coalesce(sum(class.count), 0) as waiting, min(class.oldest) as oldest
        from (values ('reply'), ('business')) as lane(lane)
        cross join (values (0), (1), (2)) as rank(priority)
        cross join lateral (
            select count(*) as count, min(enters_at) as oldest from (
                select enters_at from wa_outbound_queue
                where channel_id = channel.id and state = 'queued' and lane = lane.lane
                  and priority = rank.priority and enters_at <= :now
                order by enters_at limit :most) as first) as class) as due
    where due.oldest is not null
    """
)

MOST_WAITING = 1001
"""Rows of one lane and priority that are counted; no threshold is higher."""


def waiting(session: Session, *, now: datetime) -> Sequence[Waiting]:
    """Return what waits of each channel, of every organization, that anything waits of; for the schedule."""
    return [
        Waiting(
            OrganizationId(row.organization_id),
            ChannelId(row.channel_id),
            Backlog(int(row.waiting), max(timedelta(0), now - row.oldest)),
            row.thresholds or {},
        )
        for row in session.execute(_WAITING, {"now": now, "most": MOST_WAITING})
    ]


@dataclass(frozen=True, slots=True)
class Refused:
    """A template that Meta lately refused, and a channel of its account."""

    organization_id: OrganizationId
    channel_id: ChannelId
    subject: str
    status: str


_REFUSED = text(
    f"""
    select template.organization_id, channel.id as channel_id, template.name, template.language, template.status
    from wa_template as template
    join lateral (
        select id from channel
        where channel.organization_id = template.organization_id and channel.waba_id = template.waba_id
        order by id limit 1) as channel on true
    where template.status in {REFUSED_TEMPLATES} and template.gone_at is null and template.changed_at >= :since
    """  # noqa: S608  (a constant of ours)
)


def refused_templates(session: Session, *, since: datetime) -> Sequence[Refused]:
    """Return the templates, of every organization, that Meta has refused since then; for the schedule."""
    return [
        Refused(
            OrganizationId(row.organization_id),
            ChannelId(row.channel_id),
            f"{row.name} ({row.language})",
            row.status,
        )
        for row in session.execute(_REFUSED, {"since": since})
    ]


def address(session: Session, *, organization_id: OrganizationId) -> AlertAddress | None:
    """Return where an organization wants its alerts."""
    found = select(AlertAddress).where(col(AlertAddress.organization_id) == organization_id)
    return session.scalars(found).one_or_none()


def put_address(session: Session, values: Mapping[str, Any], *, organization_id: OrganizationId) -> None:
    """Change where an organization wants its alerts; what is not named stays."""
    defaults: dict[str, Any] = {"email": "", "webhook_url": "", "webhook_secret": b""}
    put = insert(AlertAddress).values(organization_id=organization_id, **(defaults | dict(values)))
    session.execute(put.on_conflict_do_update(index_elements=["organization_id"], set_=dict(values)))


_MAILED = text(
    """
    select max(coalesce(delivery.ended_at, delivery.due_at)) from alert as mine
    join alert on alert.organization_id = mine.organization_id and alert.channel_id = mine.channel_id
      and alert.kind = mine.kind and alert.subject = mine.subject and alert.raised_at >= :since
    join alert_delivery as delivery on delivery.alert_id = alert.id
    where mine.id = :alert and mine.organization_id = :organization
      and delivery.via = 'email' and delivery.event = 'raised' and delivery.state <> 'failed'
    """
)


def mailed(
    session: Session, alert_id: int, *, organization_id: OrganizationId, since: datetime
) -> datetime | None:
    """Return when an alert like this one was last mailed, or will be, of those raised since then."""
    return session.scalar(_MAILED, {"alert": alert_id, "organization": organization_id, "since": since})


_RETRACT = text(
    """
    update alert_delivery set state = 'failed', ended_at = :now, error = 'It was over before it was told.'
    where alert_id = :alert and organization_id = :organization and via = 'email' and event = 'raised'
      and state = 'queued' and attempts = 0
    returning id
    """
)


def retract(session: Session, alert_id: int, *, organization_id: OrganizationId, now: datetime) -> bool:
    """Take back the letter about an alert that nobody has tried to send yet; tells whether there was one."""
    given = {"alert": alert_id, "organization": organization_id, "now": now}
    return session.scalar(_RETRACT, given) is not None


def letters(session: Session, *, organization_id: OrganizationId, since: datetime) -> Sequence[datetime]:
    """Return when letters left since then, oldest first; one letter may have told of several alerts."""
    sent = (
        select(col(AlertDelivery.ended_at))
        .where(
            col(AlertDelivery.organization_id) == organization_id,
            col(AlertDelivery.via) == Via.EMAIL,
            col(AlertDelivery.state) == "sent",
            col(AlertDelivery.ended_at) >= since,
        )
        .distinct()
        .order_by(col(AlertDelivery.ended_at))
    )
    return [each for each in session.scalars(sent) if each is not None]


def queue(
    session: Session,
    alert_id: int,
    event: Event,
    ways: Mapping[Via, datetime],
    *,
    organization_id: OrganizationId,
) -> None:
    """Have something told of an alert, each way once, and not before its time."""
    if ways:
        rows = [
            {
                "organization_id": organization_id,
                "alert_id": alert_id,
                "via": via,
                "event": event,
                "state": "queued",
                "attempts": 0,
                "due_at": due_at,
                "error": "",
            }
            for via, due_at in ways.items()
        ]
        session.execute(insert(AlertDelivery).values(rows).on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Errand:
    """A delivery that is due, with all that it needs."""

    delivery: AlertDelivery
    alert: Alert
    channel: Channel
    address: AlertAddress


def claim_due(session: Session, *, now: datetime, until: datetime, limit: int) -> Sequence[Errand]:
    """Take deliveries of every organization that are due, for as long as the lease; for the schedule."""
    due = (
        select(AlertDelivery, Alert, Channel, AlertAddress)
        .join(Alert, col(AlertDelivery.alert_id) == col(Alert.id))
        .join(Channel, col(Alert.channel_id) == col(Channel.id))
        .join(AlertAddress, col(AlertAddress.organization_id) == col(AlertDelivery.organization_id))
        .where(col(AlertDelivery.state) == "queued", col(AlertDelivery.due_at) <= now)
        .order_by(col(AlertDelivery.due_at), col(AlertDelivery.id))
        .limit(limit)
        .with_for_update(of=AlertDelivery, skip_locked=True)
    )
    taken = [Errand(*row) for row in session.execute(due)]
    for errand in taken:
        errand.delivery.due_at = until
        errand.delivery.attempts += 1
    session.flush()
    return taken


def settle(
    session: Session, delivery_id: int, values: Mapping[str, Any], *, organization_id: OrganizationId
) -> None:
    """Write down what became of a delivery."""
    session.execute(
        update(AlertDelivery)
        .where(
            col(AlertDelivery.id) == delivery_id,
            col(AlertDelivery.organization_id) == organization_id,
            col(AlertDelivery.state) == "queued",
        )
        .values(**values)
    )
