"""How many people an organization may still begin with today, by Meta's messaging limit for its portfolio."""

import time
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import pacing
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.store import attempts

_DAY = timedelta(hours=24)

_KNOWN_FOR = 30.0
"""Seconds for which a count is good enough: the limit is in hundreds, and Meta refuses what is too much."""


@dataclass(frozen=True, slots=True)
class _Count:
    people: int
    at: float


_counts: dict[OrganizationId, _Count] = {}


def is_used_up(session: Session, messaging_limit: str, *, organization_id: OrganizationId) -> bool:
    """Tell whether what the business begins has to wait until tomorrow.

    Each person with a template in the last 24 hours counts, also one who had just written and whom Meta does not
    count: it errs to the careful side.
    """
    most = pacing.PEOPLE_A_DAY.get(messaging_limit)
    if most is None:
        return False
    known = _counts.get(organization_id)
    if known is None or time.monotonic() - known.at > _KNOWN_FOR:
        people = attempts.begun_with(session, organization_id=organization_id, since=clock.now() - _DAY)
        known = _counts[organization_id] = _Count(people, time.monotonic())
    return known.people >= most
