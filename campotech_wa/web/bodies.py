"""Read a request's body, but never more of it than allowed."""

from fastapi import Request

from campotech_wa.errors import CampotechError


class TooLarge(CampotechError):
    """The body is larger than the route takes."""


async def read(request: Request, *, limit: int) -> bytes:
    """Return the raw body.

    Raises:
        TooLarge: it exceeds ``limit`` bytes; reading stopped there.
    """
    if _announced(request) > limit:
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0
