"""A disk that is full is said to be, wherever it shows: nobody is told that their file is broken."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campotech_wa import converter
from campotech_wa.domain.access import Actor
from campotech_wa.errors import StorageUnavailable
from campotech_wa.services import attachments
from campotech_wa.services.attachments import Incoming, Wish
from tests import samples
from tests.integration.desk import rows
from tests.integration.files import at_meta, empty, fetch, row, written

FULL = Path("/dev/full")
"""Takes what is written only into memory: each flush says that there is no room."""


@pytest.fixture(autouse=True)
def _empty_storage(simulator: httpx.Client) -> Iterator[None]:
    """Nothing is stored, and Meta is there."""
    assert simulator
    empty()
    yield
    empty()


def on_a_full_disk(content: bytes) -> Incoming:
    incoming = Incoming()
    incoming.file.close()
    incoming.file = FULL.open("r+b")
    incoming.write(content)
    return incoming


def test_a_file_whose_last_bytes_find_no_room_is_not_received(agent: Actor) -> None:
    with pytest.raises(StorageUnavailable), on_a_full_disk(samples.PDF) as incoming:
        attachments.receive(agent, incoming, Wish())

    assert rows("select id from media_file") == []


def test_a_file_whose_last_bytes_find_no_room_is_not_decoded() -> None:
    with on_a_full_disk(samples.picture()[:500]) as incoming, pytest.raises(StorageUnavailable) as refused:
        converter.derive(incoming.file, "image/jpeg")

    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno == errno.ENOSPC


def test_a_decoder_that_can_not_be_started_condemns_no_file(
    agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Incoming() as incoming, monkeypatch.context() as broken:
        incoming.write(samples.picture("HEIF"))
        broken.setattr(sys, "executable", "/nowhere/python")

        with pytest.raises(StorageUnavailable):
            attachments.receive(agent, incoming, Wish())


def test_a_fetch_outlives_a_decoder_that_can_not_be_started(
    simulator: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = written("image", at_meta(simulator, samples.picture(), "image/jpeg"))
    document = written("document", at_meta(simulator, samples.PDF, "application/pdf"))
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nowhere/python")
        fetch()

    assert (row(photo)["state"], row(photo)["error"]) == ("pending", "storage")
    assert row(document)["state"] == "stored"
