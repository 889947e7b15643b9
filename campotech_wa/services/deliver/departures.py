"""Let out of a channel what may leave now: claimed, and let in by the pace; what that refuses goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import admission, claim
from campotech_wa.services.deliver.admission import Admitted, Terms
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import Parcel

NAP = timedelta(seconds=0.5)
"""A shorter rest is slept through: the throughput's, between two bursts. Whoever else wakes the channel does it once
a second."""

_NO_TERMS = Terms({}, 1.0)


@dataclass(frozen=True, slots=True)
class Departures:
    """What leaves now, and when to look again."""

    parcels: Sequence[Parcel] = ()
    claimed: int = 0
    """How many were found; the pace may have sent some of them back."""
    terms: Terms = _NO_TERMS
    rest: timedelta | None = None
    nap: timedelta | None = None
    """The rest, if it is short enough to be slept through."""
    looks_again: bool = False
    """There may be more at once."""


def let_out(channel: Credentials, pace: Pace, most: int) -> Departures:
    """Claim up to ``most``, and have the pace let in what needs no upload first.

    Raises:
        RedisError, PaceUnknown: nobody knows what may leave; nothing is claimed any more.
    """
    wanted = min(most, pace.burst)
    found = claim.next_parcels(channel, pace, wanted)
    limits = {each.slot: pace.limit(each.lane, each.priority) for each in found.parcels}
    terms = Terms(limits, pace.per_second)
    admitted = _admit(found.parcels, terms)
    with_files = (parcel for parcel in found.parcels if parcel.has_files)
    return Departures(
        [*admitted.parcels, *with_files],
        claimed=len(found.parcels),
        terms=terms,
        rest=admitted.rest or found.rest,
        nap=admitted.rest if admitted.rest is not None and admitted.rest <= NAP else None,
        looks_again=found.has_held or (len(found.parcels) == wanted and admitted.rest is None),
    )


def _admit(claimed: Sequence[Parcel], terms: Terms) -> Admitted:
    """Have parcels let in; if nobody knows whether they may, all that was claimed goes back."""
    at_once = [parcel for parcel in claimed if not parcel.has_files]
    if not at_once:
        return Admitted([])
    try:
        return admission.admit(at_once, terms)
    except admission.UNKNOWN:
        admission.put_back(claimed)
        raise
