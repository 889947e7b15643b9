"""What a written number turned out to be: its kind, the WhatsApp ids it may stand for, and why."""

from dataclasses import dataclass
from enum import StrEnum

from campotech_wa.domain.ids import WaId


class PhoneKind(StrEnum):
    """The kinds of the reference's phones-ar.md, section 6."""

    AR_MOBILE = "AR_MOBILE"
    """Argentine, and the writer said mobile: by a 9, by a 15, or by pasting a WhatsApp address."""
    AR_UNKNOWN = "AR_UNKNOWN"
    """Argentine and complete, but mobile and fixed lines share its shape: mobile is the better guess."""
    AR_SERVICE = "AR_SERVICE"
    """0800, 0810, 06xx: nobody's WhatsApp."""
    NEEDS_AREA = "NEEDS_AREA"
    """A local number; the person has to be asked for the area code."""
    FOREIGN = "FOREIGN"
    BSUID = "BSUID"
    """Meta's business-scoped user id, which some parsers take for a phone."""
    INVALID = "INVALID"


class PhoneReason(StrEnum):
    """Why a reading is what it is: stable codes, put into words by whoever shows them."""

    MOBILE_MARK = "mobile_mark"
    NO_MOBILE_MARK = "no_mobile_mark"
    DEFAULT_AREA = "default_area"
    """The area was not written; the organization's own was taken."""
    WHATSAPP_ADDRESS = "whatsapp_address"
    COUNTRY_CODE = "country_code"
    COUNTRY_CODE_ASSUMED = "country_code_assumed"
    """No plus was written, but with one the number is valid abroad: low confidence."""
    UNASSIGNED_BLOCK = "unassigned_block"
    """The length fits the country, the block is in no list: lists lag behind, so it passes."""
    NON_GEOGRAPHIC = "non_geographic"
    USER_ID = "user_id"

    AREA_MISSING = "area_missing"
    AREA_MISMATCH = "area_mismatch"
    """The default area and what was written do not add up to ten digits."""

    EMPTY = "empty"
    HAS_LETTERS = "has_letters"
    HAS_SYMBOLS = "has_symbols"
    """``*`` or ``#``: a code for the network, such as "hide my number"."""
    HAS_AT_SIGN = "has_at_sign"
    PLUS_INSIDE = "plus_inside"
    TWO_NUMBERS = "two_numbers"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WRONG_LENGTH = "wrong_length"
    UNKNOWN_AREA = "unknown_area"
    REPEATED_DIGIT = "repeated_digit"
    NO_SUCH_NUMBER = "no_such_number"


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The meaning of one spelling. ``alternatives`` are other ids the same person may turn out to have."""

    kind: PhoneKind
    wa_id: WaId | None
    alternatives: tuple[WaId, ...]
    reason: PhoneReason


def without_id(kind: PhoneKind, reason: PhoneReason) -> PhoneReading:
    """Make a reading that names nobody."""
    return PhoneReading(kind, None, (), reason)


def invalid(reason: PhoneReason) -> PhoneReading:
    """Make the reading of something that is no phone number."""
    return without_id(PhoneKind.INVALID, reason)
