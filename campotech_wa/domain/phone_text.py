"""Take from what a person typed the digits to dial and the plus before them, or say why there are none.

Steps 1 to 6 of the reference's phones-ar.md, section 5.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from campotech_wa.domain.phone_reading import PhoneReason

LONGEST_TEXT: Final = 300
"""Characters: room for a wa.me link with a greeting in it, and a bound on the work for a pasted novel."""

_SHORTEST_NUMBER: Final = 6
"""Digits: the local number in a four-digit area. Anything shorter is a short code (911, 112, *31)."""

_LONGEST_NUMBER: Final = 16
"""Digits: 54 9 0 AREA 15 SUBSCRIBER, every optional part written at once."""

_WHOLE_NUMBER: Final = 8
"""Digits: as many before a slash are a number of their own; fewer may be an area (``0351/512-3456``)."""

_LINK: Final = re.compile(
    r"""
    (?: https?:// )? (?: www\. )?
    (?: wa\.me/ | (?: api\. | web\. )? whatsapp\.com/send/?\?phone= | whatsapp://send/?\?phone= )
    (?: %2b | %20 )*
    (?P<number> [^?&/\#]* ) .*
    """,
    re.VERBOSE | re.DOTALL,
)

_LABEL: Final = re.compile(
    r"""
    (?<! [^\W\d_] )  # words as a whole: "cel11 …" is labelled, "celia 11 …" is not
    (?: cel | celu | celular | m[oó]vil | tel | tel[eé]fono | n | no | nro | n[uú]mero
      | wa | wapp | wasap | whatsapp | wpp | wsp )
    (?! [^\W\d_] )
    """,
    re.VERBOSE,
)

_EXTENSION: Final = re.compile(
    r"(?<![^\W\d_])(?:ext|extensi[oó]n|int|interno|x)[\s.:=]{0,3}\d{1,6}\W*$",
)

_BREAK: Final = re.compile(r"[/,;|]")


@dataclass(frozen=True, slots=True)
class Dialled:
    """ASCII digits, and whether a plus or its dialled form 00 stood before them (and was taken off)."""

    digits: str
    international: bool


def fold(text: str) -> str:
    """Bring look-alikes to one form: full-width and Arabic digits to ASCII, invisible marks to nothing."""
    return "".join(map(_fold_char, unicodedata.normalize("NFKC", text))).strip()


def dialled(folded: str) -> Dialled | PhoneReason:
    """Read the digits out of folded text; punctuation, labels, links and extensions mean nothing."""
    bare = _EXTENSION.sub("", _LABEL.sub(" ", _unlinked(folded.casefold())))
    fault = _fault(bare)
    if fault is not None:
        return fault
    digits = _digits(bare)
    number = Dialled(digits.removeprefix("00"), "+" in bare or digits.startswith("00"))
    return _length_fault(number.digits) or number


def _fold_char(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf"} else char


def _unlinked(text: str) -> str:
    link = _LINK.fullmatch(text)
    return link["number"] if link else text


def _fault(bare: str) -> PhoneReason | None:
    if not bare.strip():
        return PhoneReason.EMPTY
    if any(char.isalpha() or (char.isnumeric() and not char.isdecimal()) for char in bare):
        return PhoneReason.HAS_LETTERS
    if "*" in bare or "#" in bare:
        return PhoneReason.HAS_SYMBOLS
    if _digits(bare.rpartition("+")[0]):
        return PhoneReason.PLUS_INSIDE
    return PhoneReason.TWO_NUMBERS if _holds_two(bare) else None


def _holds_two(bare: str) -> bool:
    """Tell whether a slash or comma parts two numbers, or one and its sibling's ending (``…4567/68``)."""
    before = ""
    for part in map(_digits, _BREAK.split(bare)):
        if part and len(before) >= _WHOLE_NUMBER:
            return True
        before += part
    return False


def _length_fault(digits: str) -> PhoneReason | None:
    if len(digits) < _SHORTEST_NUMBER:
        return PhoneReason.TOO_SHORT
    return PhoneReason.TOO_LONG if len(digits) > _LONGEST_NUMBER else None


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
