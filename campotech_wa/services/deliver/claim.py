"""Take what may leave a channel's outbox now: within its pace, its lanes that flow, and what the gate lets pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from campotech_wa import clock
from campotech_wa.domain.ids import MessageId
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.services import panic
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, gating, packing, reach
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.store import claims
from campotech_wa.store.claims import Class, Head
from campotech_wa.store.transaction import Transaction, transaction

if TYPE_CHECKING:
    from campotech_wa.domain.ids import OfChannel

LEASE = timedelta(seconds=60)
"""Twice as long as a request can take: a lease that ends means that nobody will record the outcome any more."""

_FULL = timedelta(seconds=1)
"""Until the next look while the window is full."""

_HALTED = timedelta(seconds=2)
"""Until the next look while a lane stands still and nothing else is due."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed, and where nothing could be, for how long nobody needs to look again."""

    parcels: list[Parcel] = field(default_factory=list[Parcel])
    rest: timedelta | None = None
    has_held: bool = False
    """Some were held back: others have come forward."""


def next_parcels(channel: Credentials, pace: Pace, limit: int) -> Claimed:
    """Claim up to ``limit`` messages; they are the caller's until their lease ends.

    Raises:
        RedisError: the pace can not be read; nothing is claimed.
    """
    if pace.stopped_for:
        return Claimed(rest=pace.stopped_for)
    used = admission.slots_used(channel, pace)
    rooms = {
        (lane, priority): min(limit, pace.limit(lane, priority) - used)
        for priority in Priority
        for lane in (Lane.REPLY, Lane.BUSINESS)
    }
    if not any(room > 0 for room in rooms.values()):
        return Claimed(rest=_FULL)
    with transaction() as tx:
        return _claim(tx, channel, pace, rooms, limit)


def _claim(
    tx: Transaction,
    channel: Credentials,
    pace: Pace,
    rooms: dict[tuple[Lane, Priority], int],
    limit: int,
) -> Claimed:
    now, session = clock.now(), tx.session
    whose: OfChannel = {"organization_id": channel.organization_id, "channel_id": channel.channel_id}
    allowance = panic.allowance(session, channel.channel_id, organization_id=channel.organization_id)
    if reach.is_used_up(session, pace.messaging_limit, organization_id=channel.organization_id):
        allowance = replace(allowance, business=0)
    flowing = [kind for kind in rooms if allowance.of(kind[0]) != 0]
    rest = None if len(flowing) == len(rooms) else _HALTED
    classes = [Class(*kind, rooms[kind]) for kind in flowing if rooms[kind] > 0]
    found = claims.heads(session, classes, now=now, limit=limit, **whose) if classes else []
    passing = gating.pass_on(tx, found, now=now, sender=pace.sender, **whose)
    chosen = _within(passing, panic.share(session, allowance, **whose)) if passing else []
    has_held = len(passing) < len(found)
    if not chosen:
        return Claimed(rest=rest, has_held=has_held)
    taken = claims.take(session, chosen, now=now, lease_until=now + LEASE, **whose)
    got = [head for head in chosen if head.message_id in taken]
    return Claimed([packing.pack(session, head, channel, pace, now=now) for head in got], has_held=has_held)


def _within(heads: Sequence[Head], allowance: panic.Allowance) -> list[Head]:
    """Return the first of the heads, as many as a probe may send."""
    chosen: list[Head] = []
    for head in heads:
        if allowance.of(head.lane) != 0:
            chosen.append(head)
            allowance = allowance.spend(head.lane, 1)
    return chosen


def keep(parcels: Sequence[Parcel]) -> frozenset[MessageId]:
    """Renew the leases of parcels of one channel, of which nothing has left; returns those that are still ours."""
    if not parcels:
        return frozenset()
    with transaction() as tx:
        return claims.extend(
            tx.session,
            [(parcel.message_id, parcel.attempt) for parcel in parcels],
            organization_id=parcels[0].organization_id,
            lease_until=clock.now() + LEASE,
        )
