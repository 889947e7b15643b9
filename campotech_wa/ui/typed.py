"""What people type into a form: text goes in, a number comes out."""

_LONGEST = 9
"""Digits; anything longer is beyond every limit."""


def number(given: object) -> int:
    """Read a number; what is none is below every limit, and refused as such."""
    typed = str(given).strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST else -1
