"""Read how the queues of an organization stand: what waits, how fast it leaves, what has stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import locale, panic_grounds, queue_words, window
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.ids import ChannelId, OfOrganization, OrganizationId
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.domain.panic import Thresholds
from campotech_wa.queue_views import ChannelQueue, Figure, QueuePicture, WaitingLine
from campotech_wa.services.queue import panic_lines, rates
from campotech_wa.services.queue.rates import Recent
from campotech_wa.store import channels, conversations, flows, panics, people, pulse, queue
from campotech_wa.store.queue import Count
from campotech_wa.store.transaction import reading
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.outbox import ChannelFlow, WaPanic

MOST_PANICS = 10
"""Of a number's history; older ones are in the table."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is read of one number."""

    channel: Channel
    flow: ChannelFlow
    counts: Sequence[Count]
    recent: Recent
    panics: Sequence[WaPanic]
    """Newest first."""
    keeps_room: bool
    """There is somebody whom a person could answer at any moment."""

    @property
    def panic(self) -> WaPanic | None:
        """The panic that lasts."""
        return next((panic for panic in self.panics if panic.resolved_at is None), None)

    @property
    def reserved_from(self) -> Sequence[tuple[Lane, Priority]]:
        """What waits while room is kept for replies."""
        return [(Lane(each.lane), Priority(each.priority)) for each in self.of("waiting") if self.keeps_room]

    def of(self, kind: str) -> Sequence[Count]:
        """Return the counts of a kind, in the order in which they leave."""
        found = (count for count in self.counts if count.kind == kind)
        return sorted(found, key=lambda count: (count.priority, count.lane != "reply"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and what is the same for every number."""

    actor: Actor
    now: datetime
    people: Mapping[int, str]
    shared_limit: int

    def moment(self, at: datetime) -> str:
        """Write a moment as a person says it."""
        day = locale.short(at, now=self.now, zone=self.actor.timezone, locale=self.actor.locale)
        time = locale.clock_time(at, zone=self.actor.timezone)
        return time if day == time else f"{day} {time}"

    def count(self, number: int) -> str:
        """Write a number that may have been capped."""
        return queue_words.count(number, most=queue.MOST, locale=self.actor.locale)

    def say(self, spanish: str, english: str) -> str:
        """Choose the language."""
        return Saying(spanish, english, Tone.QUIET).words(self.actor.locale)


def picture(actor: Actor) -> QueuePicture:
    """Return how each number's queue stands.

    Raises:
        NotAllowed: only admins see it.
    """
    actor.require(Permission.OPERATE)
    now = clock.now()
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        known = _known(session, now=now, **whose)
        shared = people.organization(session, **whose).sends_per_minute
        names = people.names(session, **whose)
    reader = Reader(actor, now, names, shared)
    return QueuePicture(
        channels=tuple(_card(each, reader) for each in known),
        counts=tuple((kind, reader.count(number)) for kind, number in _totals(known).items()),
    )


def _known(session: Session, *, organization_id: OrganizationId, now: datetime) -> list[Known]:
    counts = queue.counts(session, organization_id=organization_id, now=now)
    known_flows = flows.every(session, organization_id=organization_id)
    beats = pulse.beats(session, organization_id=organization_id, now=now, health=panic_grounds.WINDOW)
    return [
        Known(
            channel=channel,
            flow=known_flows.get(channel.id or 0) or _default(channel),
            counts=[count for count in counts if count.channel_id == channel.id],
            recent=rates.of([beat for beat in beats if beat.channel_id == channel.id]),
            panics=panics.newest(
                session, ChannelId(channel.id or 0), organization_id=organization_id, limit=MOST_PANICS
            ),
            keeps_room=conversations.can_any_be_answered(
                session,
                organization_id=organization_id,
                channel_id=ChannelId(channel.id or 0),
                since=now - window.CUSTOMER_SERVICE_WINDOW,
            ),
        )
        for channel in channels.every(session, organization_id=organization_id)
    ]


def _default(channel: Channel) -> ChannelFlow:
    return ChannelFlow(organization_id=channel.organization_id, channel_id=channel.id or 0)


def _totals(known: Sequence[Known]) -> dict[str, int]:
    kinds = ("waiting", "scheduled", "unconfirmed", "held")
    return {kind: sum(count.count for each in known for count in each.of(kind)) for kind in kinds}


def _card(known: Known, reader: Reader) -> ChannelQueue:
    channel, flow, panic = known.channel, known.flow, known.panic
    verdict = _verdict(known, reader)
    health = rates.health(known.recent, Thresholds.read(flow.thresholds), reader.actor.locale)
    return ChannelQueue(
        channel_id=channel.id or 0,
        phone_number_id=channel.phone_number_id,
        name=channel.name,
        number=channel.display_phone_number,
        verdict=verdict.words(reader.actor.locale),
        tone=verdict.tone,
        paused=flow.paused,
        paused_by=_paused_by(flow, reader),
        is_panic=panic is not None,
        probe_at=panic.auto_resolve_at.isoformat() if panic and panic.phase == "halted" else "",
        waiting_total=reader.count(sum(count.count for count in known.of("waiting"))),
        oldest=min((count.oldest.isoformat() for count in known.of("waiting")), default=""),
        waiting=tuple(_waiting(count, reader) for count in known.of("waiting")),
        figures=tuple(_figures(known, reader)),
        rate=rates.view(
            channel,
            flow,
            known.recent,
            reserved_from=known.reserved_from,
            shared=reader.shared_limit,
            now=reader.now,
            locale=reader.actor.locale,
        ),
        failing=health.share,
        failing_note=health.note,
        failing_tone=health.tone,
        panics=tuple(
            panic_lines.line(each, reader.people, reader.moment, reader.actor.locale) for each in known.panics
        ),
    )


def _verdict(known: Known, reader: Reader) -> Saying:
    """Say the worst that is true of a number."""
    panic, paused = known.panic, known.flow.paused
    if panic:
        return queue_words.ALL_PANIC if panic.lanes == "all" else queue_words.BUSINESS_PANIC
    if paused:
        return queue_words.ALL_PAUSED if paused == "all" else queue_words.BUSINESS_PAUSED
    if rates.is_slowed(known.flow, now=reader.now):
        return queue_words.SLOWED
    return queue_words.STUCK if known.of("held") else queue_words.FLOWING


def _paused_by(flow: ChannelFlow, reader: Reader) -> str:
    if not flow.paused or flow.paused_at is None:
        return ""
    who = reader.people.get(flow.paused_by_id or 0, "")
    at = reader.moment(flow.paused_at)
    by = reader.say(f" por {who}", f" by {who}") if who else ""
    return reader.say(f"En pausa{by}, {at}", f"Paused{by}, {at}")


def _waiting(count: Count, reader: Reader) -> WaitingLine:
    return WaitingLine(
        key=f"{count.lane}.{count.priority}",
        name=queue_words.lane(count.lane, count.priority, locale=reader.actor.locale),
        count=reader.count(count.count),
        since=count.oldest.isoformat(),
    )


_TONES = {"scheduled": Tone.QUIET, "sending": Tone.GOOD, "unconfirmed": Tone.WARN, "held": Tone.WARN}


def _figures(known: Known, reader: Reader) -> list[Figure]:
    return [
        Figure(
            key=kind,
            count=reader.count(total),
            tone=tone if total else Tone.QUIET,
            note=_reasons(known, reader) if kind == "held" else "",
        )
        for kind, tone in _TONES.items()
        for total in [sum(count.count for count in known.of(kind))]
    ]


def _reasons(known: Known, reader: Reader) -> str:
    """Sum up why messages are held, most frequent reason first."""
    by_reason: dict[str, int] = {}
    for count in known.of("held"):
        by_reason[count.hold_reason] = by_reason.get(count.hold_reason, 0) + count.count
    sorted_reasons = sorted(by_reason.items(), key=lambda each: -each[1])
    return " · ".join(
        f"{reader.count(number)} {queue_words.held_short(reason, locale=reader.actor.locale)}"
        for reason, number in sorted_reasons
    )
