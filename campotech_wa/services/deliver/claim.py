"""Take what may leave a channel's outbox now: within its pace, its lanes that flow, and what the gate lets pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from campotech_wa import clock
from campotech_wa.domain import pacing
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.meta.account.number import Number
from campotech_wa.meta.shapes import as_object
from campotech_wa.services import gate, identity, panic
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, gating, packing
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.store import channels, claims, flows, people
from campotech_wa.store.claims import Class, Head
from campotech_wa.store.transaction import Transaction, reading, transaction

if TYPE_CHECKING:
    from campotech_wa.domain.ids import OfChannel

LEASE = timedelta(seconds=60)
"""Twice as long as a request can take: a lease that ends means that nobody will record the outcome any more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a channel may send now."""

    sends_per_minute: int
    factor: float
    per_second: float
    is_test_number: bool
    line: gate.Line
    is_stopped: bool = False
    """Meta has asked to wait."""

    def limit(self, lane: Lane, priority: Priority) -> int:
        """Return how full the window may be for a message of a kind."""
        return pacing.window_limit(self.sends_per_minute, self.factor, lane, priority)


def pace_of(channel: Credentials) -> Pace:
    """Read how a channel may send: what is set, what Meta says of the number, what its throttling has taught."""
    now = clock.now()
    with reading() as session:
        organization = people.organization(session, organization_id=channel.organization_id)
        flow = flows.get(session, channel.channel_id, organization_id=channel.organization_id)
        known = channels.by_id(session, channel.channel_id)
    info = known.info if known else {}
    number = Number.model_validate(as_object(info.get("number")))
    factor = pacing.factor_now(flow.factor, flow.factor_at, now=now)
    most = pacing.throughput(number.throughput.level, is_coexisting=number.is_coexisting)
    return Pace(
        sends_per_minute=flow.sends_per_minute or organization.sends_per_minute,
        factor=factor,
        per_second=pacing.per_second(most, factor),
        is_test_number=identity.is_test_number(info),
        line=gate.line_of(known) if known else gate.Line("", ""),
        is_stopped=flow.throttled_until is not None and now < flow.throttled_until,
    )


def next_parcels(channel: Credentials, pace: Pace, limit: int) -> list[Parcel]:
    """Claim up to ``limit`` messages; they are the caller's until their lease ends.

    Raises:
        RedisError: the pace can not be read; nothing is claimed.
    """
    used = admission.slots_used(channel, pace.sends_per_minute)
    rooms = {
        (lane, priority): min(limit, pace.limit(lane, priority) - used)
        for priority in Priority
        for lane in (Lane.REPLY, Lane.BUSINESS)
    }
    if pace.is_stopped or not any(room > 0 for room in rooms.values()):
        return []
    with transaction() as tx:
        return _claim(tx, channel, pace, rooms, limit)


def _claim(
    tx: Transaction,
    channel: Credentials,
    pace: Pace,
    rooms: dict[tuple[Lane, Priority], int],
    limit: int,
) -> list[Parcel]:
    now = clock.now()
    whose: OfChannel = {"organization_id": channel.organization_id, "channel_id": channel.channel_id}
    session = tx.session
    allowance = panic.allowance(session, channel.channel_id, organization_id=channel.organization_id)
    classes = [Class(*kind, room) for kind, room in rooms.items() if room > 0 and allowance.of(kind[0]) != 0]
    if not classes:
        return []
    found = claims.heads(session, classes, now=now, limit=limit, **whose)
    passing = gating.pass_on(tx, found, now=now, line=pace.line, **whose)
    chosen = _within(passing, allowance)
    taken = claims.take(session, chosen, now=now, lease_until=now + LEASE, **whose) if chosen else ()
    return [
        packing.pack(session, head, channel, is_test_number=pace.is_test_number)
        for head in chosen
        if head.message_id in taken
    ]


def _within(heads: Sequence[Head], allowance: panic.Allowance) -> list[Head]:
    """Return the first of the heads, as many as a probe may send."""
    chosen: list[Head] = []
    for head in heads:
        if allowance.of(head.lane) != 0:
            chosen.append(head)
            allowance = allowance.spend(head.lane, 1)
    return chosen


def keep(parcels: Sequence[Parcel]) -> None:
    """Renew the leases of parcels of one channel: their worker lives, and nothing of them has left."""
    if not parcels:
        return
    with transaction() as tx:
        claims.extend(
            tx.session,
            [parcel.message_id for parcel in parcels],
            organization_id=parcels[0].organization_id,
            lease_until=clock.now() + LEASE,
        )
