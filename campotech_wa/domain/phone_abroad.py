"""Read international digits outside Argentina: libphonenumber, but for Mexico and Brazil.

There WhatsApp keeps ids that today's numbering no longer knows (section 3 of the reference's phones-ar.md).
"""

import re
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_reading import PhoneKind, PhoneReading, PhoneReason

_ID_LENGTHS: Final = range(7, 16)
"""Digits of a WhatsApp id. libphonenumber thinks 4 to 17 possible in Germany."""

_MEXICO: Final = re.compile(r"521?(?P<nsn>[0-9]{10})")
"""Dialling dropped the 1 in 2019; accounts that were registered with it keep it in their id."""

_BRAZIL_MOBILE: Final = re.compile(r"55(?P<ddd>[1-9]{2})9?(?P<old>[6-9][0-9]{7})")
"""Accounts older than the ninth digit have ids without it. Eight digits from 2 to 5 on are a fixed line."""


def read_valid(digits: str, *, reason: PhoneReason) -> PhoneReading | None:
    """Read digits that libphonenumber knows to be in service; None if it does not."""
    standard = _e164(digits)
    if standard is None or not _is_valid(_twin_forms(standard)[0]):
        return None
    return _foreign(standard, reason)


def read_possible(digits: str) -> PhoneReading | None:
    """Read digits whose length alone fits their country: lists of blocks lag behind."""
    standard = _e164(digits)
    if standard is None or not _is_possible(standard):
        return None
    return _foreign(standard, PhoneReason.UNASSIGNED_BLOCK)


def spaced(digits: str) -> str | None:
    """Group digits as their country does; None where libphonenumber would change one or does not know."""
    number = _parsed(digits)
    if number is None:
        return None
    text = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    return text if "".join(filter(str.isdecimal, text)) == digits else None


def as_dialled(digits: str) -> str:
    """Return the digits as they are dialled today."""
    return _twin_forms(digits)[0]


def _foreign(standard: str, reason: PhoneReason) -> PhoneReading:
    forms = _twin_forms(standard)
    # A Mexican 1 is written only by who has seen it in the id; a missing Brazilian 9 is only an old habit.
    first = standard if _MEXICO.fullmatch(standard) else forms[0]
    others = tuple(WaId(form) for form in forms if form != first)
    return PhoneReading(PhoneKind.FOREIGN, WaId(first), others, reason)


def _twin_forms(digits: str) -> tuple[str, ...]:
    """Give the two ids one Mexican or Brazilian account may have, today's number first; else the digits."""
    if mexican := _MEXICO.fullmatch(digits):
        return f"52{mexican['nsn']}", f"521{mexican['nsn']}"
    if brazilian := _BRAZIL_MOBILE.fullmatch(digits):
        return f"55{brazilian['ddd']}9{brazilian['old']}", f"55{brazilian['ddd']}{brazilian['old']}"
    return (digits,)


def _e164(digits: str) -> str | None:
    """Drop a trunk prefix that was written after the country code: ``+44 (0) 7400 …``."""
    number = _parsed(digits)
    if number is None:
        return None
    standard = phonenumbers.format_number(number, PhoneNumberFormat.E164).removeprefix("+")
    return standard if len(standard) in _ID_LENGTHS else None


def _is_valid(standard: str) -> bool:
    number = _parsed(standard)
    return number is not None and phonenumbers.is_valid_number(number)


def _is_possible(standard: str) -> bool:
    """Unlike libphonenumber's own shorthand, refuse what is possible only when dialled locally."""
    number = _parsed(standard)
    return number is not None and (
        phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    )


def _parsed(digits: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(f"+{digits}")
    except NumberParseException:
        return None
