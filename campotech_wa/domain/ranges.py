"""Which part of a file a ``Range`` header asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file, or the whole of it."""

    start: int
    length: int


def asked(header: str, size: int) -> Span | None:
    """Return the part, which never exceeds the file; the whole where the header means nothing to us.

    None when the part lies outside of the file. Several ranges at once are answered with the whole, as RFC 9110
    allows: players ask for one.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return Span(0, size)
    if not first:
        length = min(int(last), size)
        return Span(size - length, length) if length else None
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return Span(0, size)
    return Span(start, end - start + 1) if start < size else None
