"""The simulated Meta's media, and how long they are good for."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.media.library import ADDRESS_LIVES, UPLOAD_LIVES, Library, Media

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def library() -> Iterator[Library]:
    library = Library()
    yield library
    library.reset()


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def keep(library: Library, *parts: bytes, limit: int = 1000) -> Media:
    return asyncio.run(
        library.keep(
            chunks(*parts),
            phone_number_id="1",
            mime_type="image/png",
            filename="foto.png",
            until=NOW + UPLOAD_LIVES,
            limit=limit,
        )
    )


def test_bytes_are_kept_as_they_come_and_digested(library: Library) -> None:
    media = keep(library, b"uno", b"dos")

    assert (media.path.read_bytes(), media.size) == (b"unodos", 6)
    digest = hashlib.sha256(b"unodos")
    assert media.sha256_hex == digest.hexdigest()
    assert base64.b64decode(media.sha256_base64) == digest.digest()


def test_too_many_bytes_leave_nothing_behind(library: Library) -> None:
    kept = keep(library, b"uno")

    with pytest.raises(GraphError, match="131053"):
        keep(library, b"x" * 600, b"x" * 600)

    assert list(kept.path.parent.iterdir()) == [kept.path]


def test_an_id_is_good_until_it_expires(library: Library) -> None:
    media = keep(library, b"uno")

    assert library.find(media.id, now=NOW + UPLOAD_LIVES - SECOND) is media
    assert library.find(media.id, now=NOW + UPLOAD_LIVES) is None
    assert library.find("7", now=NOW) is None


def test_an_address_is_good_for_five_minutes_and_for_one_medium(library: Library) -> None:
    media, other = keep(library, b"uno"), keep(library, b"dos")
    address = library.address(media, now=NOW)

    assert library.at(media.id, address.secret, now=NOW + ADDRESS_LIVES - SECOND) is media
    assert library.at(media.id, address.secret, now=NOW + ADDRESS_LIVES) is None
    assert library.at(other.id, address.secret, now=NOW) is None
    assert library.at(media.id, "guess", now=NOW) is None


def test_an_expired_address_can_be_had_anew_but_an_expired_id_not(library: Library) -> None:
    media = keep(library, b"uno")
    address = library.address(media, now=NOW)

    library.expire(media, now=NOW, addresses_only=True)
    assert library.at(media.id, address.secret, now=NOW) is None
    assert library.find(media.id, now=NOW) is media

    library.expire(media, now=NOW, addresses_only=False)
    assert library.find(media.id, now=NOW) is None


def test_what_is_deleted_is_gone_from_the_disk(library: Library) -> None:
    media = keep(library, b"uno")

    library.delete(media)

    assert not media.path.exists()
    assert library.find(media.id, now=NOW) is None
