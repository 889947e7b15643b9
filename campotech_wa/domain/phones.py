"""Turn what a person typed, or what Meta sent, into a WhatsApp id; and an id into what a person reads.

The public face of the phone rules (reference phones-ar.md). Its two entrances are never mixed: Meta's ids are
taken as they are, typed text is interpreted.
"""

import re
from typing import Final

from campotech_wa.domain.area_codes import AREA_CODES, area_of, is_nsn
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_abroad import read_possible, read_valid, spaced
from campotech_wa.domain.phone_argentina import read_national
from campotech_wa.domain.phone_match import (
    Identity,
    Match,
    ScopedUser,
    confirmed,
    match_key,
    same_person,
    typed,
)
from campotech_wa.domain.phone_reading import PhoneKind, PhoneReading, PhoneReason, invalid, without_id
from campotech_wa.domain.phone_text import LONGEST_TEXT, Dialled, dialled, fold

__all__ = [
    "Identity",
    "Match",
    "PhoneKind",
    "PhoneReading",
    "PhoneReason",
    "ScopedUser",
    "accept_from_meta",
    "confirmed",
    "display",
    "match_key",
    "read_typed",
    "same_person",
    "typed",
]

_WA_ID: Final = re.compile(r"[0-9]{7,15}")
"""E.164 allows 15 digits; no country reaches fewer than 7."""

_USER_ID: Final = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
"""Country, a dot, for parent ids ``ENT.``, then up to 128 alphanumerics (webhooks.md, section 5)."""

_ADDRESS: Final = re.compile(r"(?P<wa_id>[^@:]*)(?::[0-9]+)?@(?:s\.whatsapp\.net|c\.us)")
"""How WhatsApp's own programs and gateways write an account, some with a device number."""

_ARGENTINA: Final = "54"

_WITH_COUNTRY: Final = range(12, 17)
"""Digits of an Argentine number that begins with 54 and no plus, from 54 and ten to 54 9 0 and twelve."""

_ARGENTINE_ID: Final = re.compile(r"54(?P<mobile>9?)(?P<nsn>[0-9]{10})")


def accept_from_meta(raw: str) -> WaId | None:
    """Take an id from Meta byte for byte, or not at all: Meta knows better than any numbering plan."""
    return WaId(raw) if _WA_ID.fullmatch(raw) else None


def read_typed(text: str, *, default_area: str | None) -> PhoneReading:
    """Read any text as a phone number; never raises.

    ``default_area`` completes local numbers, with or without its 0; one that is no area code counts as none.
    """
    if len(text) > LONGEST_TEXT:
        return invalid(PhoneReason.TOO_LONG)
    folded = fold(text)
    if _USER_ID.fullmatch(folded):
        return without_id(PhoneKind.BSUID, PhoneReason.USER_ID)
    if "@" in folded:
        return _read_address(folded)
    number = dialled(folded)
    return invalid(number) if isinstance(number, PhoneReason) else _read_dialled(number, _area(default_area))


def display(wa_id: WaId) -> str:
    """Write an id as people do, ``+54 9 11 3123-4567``; with nothing but a plus where no plan is known."""
    argentine = _ARGENTINE_ID.fullmatch(wa_id)
    if argentine is None:
        return spaced(wa_id) or f"+{wa_id}"
    area = area_of(argentine["nsn"])
    if area is None:
        return f"+{wa_id}"
    subscriber = argentine["nsn"].removeprefix(area)
    marks = "+54 9" if argentine["mobile"] else "+54"
    return f"{marks} {area} {subscriber[:-4]}-{subscriber[-4:]}"


def _area(written: str | None) -> str | None:
    area = (written or "").strip().removeprefix("0")
    return area if area in AREA_CODES else None


def _read_address(folded: str) -> PhoneReading:
    """Read ``…@s.whatsapp.net`` as what it is, an id from WhatsApp; no other address holds a number."""
    address = _ADDRESS.fullmatch(folded)
    wa_id = accept_from_meta(address["wa_id"]) if address else None
    if wa_id is None:
        return invalid(PhoneReason.HAS_AT_SIGN)
    return PhoneReading(_kind_of(wa_id), wa_id, (), PhoneReason.WHATSAPP_ADDRESS)


def _kind_of(wa_id: WaId) -> PhoneKind:
    if not wa_id.startswith(_ARGENTINA):
        return PhoneKind.FOREIGN
    mobile = wa_id.startswith("549") and is_nsn(wa_id.removeprefix("549"))
    return PhoneKind.AR_MOBILE if mobile else PhoneKind.AR_UNKNOWN


def _read_dialled(number: Dialled, area: str | None) -> PhoneReading:
    if not number.international:
        return _read_bare(number.digits, area)
    if number.digits.startswith(_ARGENTINA):
        return read_national(number.digits.removeprefix(_ARGENTINA), area=area)
    return _read_international(number.digits)


def _read_bare(digits: str, area: str | None) -> PhoneReading:
    """Read digits without a plus: at home first, then as a number abroad whose plus was left out."""
    if digits.startswith(_ARGENTINA) and len(digits) in _WITH_COUNTRY:
        return read_national(digits.removeprefix(_ARGENTINA), area=area)
    reading = read_national(digits, area=area)
    if reading.kind is not PhoneKind.INVALID:
        return reading
    return read_valid(digits, reason=PhoneReason.COUNTRY_CODE_ASSUMED) or reading


def _read_international(digits: str) -> PhoneReading:
    """Read digits after a plus, which means nothing when stuck to an Argentine area (``+11 3123 4567``)."""
    if abroad := read_valid(digits, reason=PhoneReason.COUNTRY_CODE):
        return abroad
    at_home = read_national(digits, area=None)
    if at_home.kind is PhoneKind.INVALID:
        return read_possible(digits) or invalid(PhoneReason.NO_SUCH_NUMBER)
    # A plus before a local number leaves both the country and the area open.
    return invalid(PhoneReason.NO_SUCH_NUMBER) if at_home.kind is PhoneKind.NEEDS_AREA else at_home
