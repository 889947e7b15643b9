"""Read a request's body, but never more of it than allowed."""

from fastapi import Request

from campotech_wa.errors import CampotechError


class TooLarge(CampotechError):
    """The body is larger than the route takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body may have at most {limit} bytes.")


async def read(request: Request, *, limit: int) -> bytes:
    """Return the raw body.

    Raises:
        TooLarge: it exceeds ``limit`` bytes; reading stopped there.
    """
    refuse_announced(request, limit=limit)
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLarge(limit)
        parts.append(part)
    return b"".join(parts)


def refuse_announced(request: Request, *, limit: int) -> None:
    """Refuse a body by the length its header tells, before any of it is read.

    Raises:
        TooLarge: it exceeds ``limit`` bytes.
    """
    if _announced(request) > limit:
        raise TooLarge(limit)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0
