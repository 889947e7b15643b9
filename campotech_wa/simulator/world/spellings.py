"""Find the account behind a number as Meta does: the spelling that was sent to need not be the wa_id."""

import re

_NATIONAL_LENGTH = 10
_MEXICAN = re.compile(r"52(1?)([0-9]{10})")
_BRAZILIAN = re.compile(r"55([0-9]{2})(9?)([6-9][0-9]{7})")


def digits_of(written: str) -> str:
    """Answer the digits of a number."""
    return "".join(filter(str.isdigit, written))


def argentine_mobile(digits: str) -> str:
    """Answer the mobile that a test number reaches by 54 without 9, or with 15 (phones-ar.md, 2)."""
    for area in (2, 3, 4):
        national = digits[2:].removeprefix("9")
        without_15 = national[:area] + national[area:].removeprefix("15")
        if digits.startswith("54") and len(without_15) == _NATIONAL_LENGTH:
            return f"549{without_15}"
    return digits


def siblings(digits: str) -> tuple[str, ...]:
    """Answer how else Meta may know a Mexican or Brazilian number: with its extra digit or without."""
    if mexican := _MEXICAN.fullmatch(digits):
        one, local = mexican.groups()
        return (f"52{'' if one else '1'}{local}",)
    if brazilian := _BRAZILIAN.fullmatch(digits):
        area, nine, local = brazilian.groups()
        return (f"55{area}{'' if nine else '9'}{local}",)
    return ()
