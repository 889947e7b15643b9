"""Decide whether two records are one person (sections 3, 5 and 7 of the reference's phones-ar.md)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.domain.phone_reading import PhoneReading

_OPTIONAL_MARKS: Final = (
    re.compile(r"(54)9([0-9]{10})"),
    re.compile(r"(52)1([0-9]{10})"),
    # Never take the 9 from before 2 to 5: what remains would be a fixed line, perhaps another person's.
    re.compile(r"(55[1-9]{2})9([6-9][0-9]{7})"),
)
"""The digit that one account's id may have or lack: Argentina's 9, Mexico's 1, Brazil's ninth digit."""


class Match(StrEnum):
    """What two records are to each other."""

    SAME = "same"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    """Alike, but perhaps a mobile and a fixed line of two people: shown to a person, never merged."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ScopedUser:
    """A BSUID with its business portfolio, outside of which the same string is somebody else."""

    portfolio_id: str
    user_id: BusinessScopedUserId


@dataclass(frozen=True, slots=True)
class Identity:
    """What one record knows of a person; made by ``typed`` or ``confirmed``.

    Without ``alternatives`` the id is exact: Meta has shown it, or the writer was explicit.
    """

    wa_id: WaId | None
    alternatives: tuple[WaId, ...] = ()
    user: ScopedUser | None = None


def typed(reading: PhoneReading) -> Identity:
    """Make the identity of a record that somebody typed and Meta has not confirmed."""
    return Identity(reading.wa_id, reading.alternatives)


def confirmed(wa_id: WaId | None, user: ScopedUser | None = None) -> Identity:
    """Make the identity of a record whose id Meta has shown; the number may be absent."""
    return Identity(wa_id, user=user)


def same_person(one: Identity, other: Identity, *, confirmed_holders: int = 1) -> Match:
    """Compare two records; ``confirmed_holders`` counts the confirmed records with their match key.

    An equal key links only a typed id to one of its own alternatives, and only if nobody else could be meant.
    """
    if one.user is not None and one.user == other.user:
        return Match.SAME
    if one.wa_id is None or other.wa_id is None:
        return Match.DIFFERENT
    if one.wa_id == other.wa_id:
        return Match.SAME
    if match_key(one.wa_id) != match_key(other.wa_id):
        return Match.DIFFERENT
    meant = one.wa_id in other.alternatives or other.wa_id in one.alternatives
    return Match.SAME if meant and confirmed_holders <= 1 else Match.POSSIBLE_DUPLICATE


def match_key(wa_id: WaId) -> str:
    """Fold the ids one account may have into one key, to look candidates up by; never an id to send to."""
    found = (mark.fullmatch(wa_id) for mark in _OPTIONAL_MARKS)
    return next((match[1] + match[2] for match in found if match), wa_id)
