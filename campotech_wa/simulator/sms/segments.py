"""Count the segments that a text is sent and charged as (GSM 03.38, 03.40)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_WHOLE, _PART = {True: 160, False: 70}, {True: 153, False: 67}
"""Units in a message of one segment, and in each of several: in GSM-7, else in UCS-2."""


def segments(text: str) -> int:
    """Answer how many segments the text takes; one accent that GSM-7 lacks makes it UCS-2."""
    plain = set(text) <= _BASIC | _EXTENDED
    units = _septets(text) if plain else len(text.encode("utf-16-le")) // 2
    return 1 if units <= _WHOLE[plain] else -(-units // _PART[plain])


def _septets(text: str) -> int:
    return len(text) + sum(letter in _EXTENDED for letter in text)
