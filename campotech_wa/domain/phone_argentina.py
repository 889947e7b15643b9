"""Read the digits after 54, or dialled inside Argentina, by the Argentine numbering plan.

Sections 1 and 5 (steps 8 and 9) of the reference's phones-ar.md. Length and area decide; libphonenumber's
verdict does not, for its blocks are narrower than those in service.
"""

import re
from typing import Final

from campotech_wa.domain.area_codes import AREA_CODES, NSN_DIGITS, is_nsn
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_reading import PhoneKind, PhoneReading, PhoneReason, invalid, without_id

_LOCAL: Final = range(6, 9)
"""Digits of a subscriber without the area: 6, 7 or 8, after an area of 4, 3 or 2."""

_LOCAL_WITH_15: Final = range(6, 11)
"""Digits of 15 and a subscriber (8 to 10), or of a piece of one: a leading 15 is not read as a subscriber."""

_NSN_WITH_15: Final = NSN_DIGITS + 2

_DIALLED_AREAS: Final = AREA_CODES | {"2944"}
"""Bariloche's 2944 became 294 and its 4 moved into the subscriber: people still write 02944 15."""

_SERVICE: Final = re.compile(r"800\d{7,8}|810\d{7}|6\d{9}")
"""Toll-free (7 or 8 digits: libphonenumber), shared-cost and premium numbers. No area begins with 6 or 8."""


def read_national(digits: str, *, area: str | None) -> PhoneReading:
    """Read a number written without 54; ``area`` is what a local one is completed with."""
    rest = digits.removeprefix("0")
    if rest.startswith("9") and len(rest) not in _LOCAL:
        return _read_marked(rest.removeprefix("9").removeprefix("0"), area)
    if nsn := _without_15(rest):
        return _mobile(nsn, PhoneReason.MOBILE_MARK)
    if _SERVICE.fullmatch(rest):
        return without_id(PhoneKind.AR_SERVICE, PhoneReason.NON_GEOGRAPHIC)
    if _begins_with_15(rest):
        return _read_15(rest, area)
    if is_nsn(rest):
        return _unknown(rest, PhoneReason.NO_MOBILE_MARK)
    return _read_local(rest, area)


def _read_marked(rest: str, area: str | None) -> PhoneReading:
    """Read what follows the 9 of the international form; a 15 beside it says the same once more."""
    nsn = rest if is_nsn(rest) else _without_15(rest)
    if nsn is not None:
        return _mobile(nsn, PhoneReason.MOBILE_MARK)
    return _read_15(rest, area) if _begins_with_15(rest) else invalid(_misfit(rest))


def _read_15(rest: str, area: str | None) -> PhoneReading:
    if area is None:
        return without_id(PhoneKind.NEEDS_AREA, PhoneReason.AREA_MISSING)
    if len(area) + len(rest) != _NSN_WITH_15:
        return without_id(PhoneKind.NEEDS_AREA, PhoneReason.AREA_MISMATCH)
    return _mobile(area + rest.removeprefix("15"), PhoneReason.DEFAULT_AREA)


def _read_local(rest: str, area: str | None) -> PhoneReading:
    if len(rest) not in _LOCAL:
        return invalid(_misfit(rest))
    if area is None:
        return without_id(PhoneKind.NEEDS_AREA, PhoneReason.AREA_MISSING)
    if len(area) + len(rest) != NSN_DIGITS:
        return without_id(PhoneKind.NEEDS_AREA, PhoneReason.AREA_MISMATCH)
    return _unknown(area + rest, PhoneReason.DEFAULT_AREA)


def _begins_with_15(rest: str) -> bool:
    return rest.startswith("15") and len(rest) in _LOCAL_WITH_15


def _without_15(rest: str) -> str | None:
    """Take the 15 from between area and subscriber: its place in twelve digits fixes the area's length."""
    if len(rest) != _NSN_WITH_15:
        return None
    areas = (rest[:size] for size in (2, 3, 4) if rest.startswith("15", size))
    return next((area + rest[len(area) + 2 :] for area in areas if area in _DIALLED_AREAS), None)


def _misfit(rest: str) -> PhoneReason:
    return PhoneReason.UNKNOWN_AREA if len(rest) == NSN_DIGITS else PhoneReason.WRONG_LENGTH


def _mobile(nsn: str, reason: PhoneReason) -> PhoneReading:
    if _is_filler(nsn):
        return invalid(PhoneReason.REPEATED_DIGIT)
    return PhoneReading(PhoneKind.AR_MOBILE, WaId(f"549{nsn}"), (), reason)


def _unknown(nsn: str, reason: PhoneReason) -> PhoneReading:
    if _is_filler(nsn):
        return invalid(PhoneReason.REPEATED_DIGIT)
    return PhoneReading(PhoneKind.AR_UNKNOWN, WaId(f"549{nsn}"), (WaId(f"54{nsn}"),), reason)


def _is_filler(nsn: str) -> bool:
    """Tell 11 1111-1111, which people type into a field they must fill."""
    return len(set(nsn)) == 1
