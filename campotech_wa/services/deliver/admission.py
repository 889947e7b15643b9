"""Have claimed parcels let in by the pace; what it does not let in goes back into its line."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError

from campotech_wa import clock
from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.signals import pace
from campotech_wa.signals.pace import Window
from campotech_wa.store import attempts, claims
from campotech_wa.store.transaction import reading, transaction

_WINDOW = timedelta(seconds=90)
"""A slot stays taken for 60 s from the answer, and an answer may take 30 s."""

_LONGEST = timedelta(minutes=15)
"""A request may wait for its file that long after it was claimed."""


UNKNOWN = (RedisError, pace.PaceUnknown)
"""Redis does not answer, or forgets faster than it is told: nobody knows what may leave, so nothing may."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Which parcels may leave now, and whether and for how long all the others must wait."""

    parcels: Sequence[Parcel]
    rest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What limits the parcels of a channel now."""

    limits: dict[str, int]
    """By slot: how full the window may be for it."""
    per_second: float


def slots_used(channel: Credentials, terms: Pace) -> int:
    """Return how much of the channel's window is used, having told Redis if it has forgotten.

    Raises:
        RedisError: nobody knows.
    """
    limit = terms.quota.per_minute
    room = pace.room(terms.window, limit=limit)
    if room is None:
        remember(terms.window, channel.organization_id)
        room = pace.room(terms.window, limit=limit)
    return limit - (room or 0)


def admit(parcels: Sequence[Parcel], terms: Terms) -> Admitted:
    """Let in what the pace allows, and put the rest back into their lines.

    Their attempts are committed: should Redis forget everything now, whoever tells it again counts them in.

    Raises:
        RedisError: nobody knows what is allowed; nothing may leave.
    """
    verdicts = _verdicts(parcels, terms)
    refused = [(parcel, verdict) for parcel, verdict in verdicts if not verdict.is_granted]
    if refused:
        _give_back([(parcel, verdict.wait) for parcel, verdict in refused])
    granted = [parcel for parcel, verdict in verdicts if verdict.is_granted]
    return Admitted(granted, _rest([verdict for _, verdict in refused]))


def remember(window: Window, organization_id: OrganizationId) -> None:
    """Tell Redis from the tables what may still fill a window; whoever comes first is believed.

    Every request of the organization counts, also for a window of one channel: what is too much delays, and never
    for long.
    """
    pace.seed(window, lambda: _recall(organization_id))


def _recall(organization_id: OrganizationId) -> list[pace.Past]:
    now = clock.now()
    with reading() as session:
        found = attempts.recent(
            session, organization_id=organization_id, started=now - _LONGEST, finished=now - _WINDOW
        )
    return [
        pace.Past(str(CallbackData(message_id, number)), None if ended is None else now - ended)
        for message_id, number, ended in found
    ]


def _rest(refused: Sequence[pace.Verdict]) -> timedelta | None:
    """Return for how long the channel rests: until the first slot is free, or until a whole burst may leave again."""
    slots = [verdict.wait for verdict in refused if verdict.limited_by is pace.Limit.WINDOW]
    bursts = [verdict.wait for verdict in refused if verdict.limited_by is pace.Limit.THROUGHPUT]
    waits = ([min(slots)] if slots else []) + ([max(bursts)] if bursts else [])
    return max(waits) if waits else None


def _verdicts(parcels: Sequence[Parcel], terms: Terms) -> list[tuple[Parcel, pace.Verdict]]:
    window = parcels[0].window
    asks = [
        pace.Ask(
            slot=parcel.slot,
            channel_id=parcel.channel_id,
            conversation_id=parcel.conversation_id,
            limit=terms.limits[parcel.slot],
            per_second=terms.per_second,
        )
        for parcel in parcels
    ]
    try:
        verdicts = pace.admit(window, asks)
    except pace.PaceUnknown:
        remember(window, parcels[0].organization_id)
        verdicts = pace.admit(window, asks)
    return list(zip(parcels, verdicts, strict=True))


def put_back(parcels: Sequence[Parcel], *, wait: timedelta = timedelta(0)) -> None:
    """Put parcels back into their lines: nothing of them has left."""
    _give_back([(parcel, wait) for parcel in parcels])
    with suppress(RedisError):  # slots that nobody gives back are free again after a while
        pace.returned(parcels[0].window, [parcel.slot for parcel in parcels])


def _give_back(refused: Sequence[tuple[Parcel, timedelta]]) -> None:
    if not refused:
        return
    now = clock.now()
    with transaction() as tx:
        claims.give_back(
            tx.session,
            [(parcel.message_id, parcel.attempt, now + wait) for parcel, wait in refused],
            organization_id=refused[0][0].organization_id,
        )
