"""Files come back as they were put, whole or in part, from a folder and from a bucket alike."""

import io
import os
import shutil
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast

import boto3  # pyright: ignore[reportMissingTypeStubs]
import pytest
from moto.server import ThreadedMotoServer

from campotech_wa import settings, storage
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.errors import NotFound, StorageUnavailable
from campotech_wa.storage import Key, Part, Storage, key
from campotech_wa.storage.bucket import PIECE, Bucket
from campotech_wa.storage.folder import Folder
from tests.conftest import free_port

ONE = OrganizationId(1)
CONTENT = os.urandom(3 * PIECE + 17)
KEY = key(ONE, bytes(32))


@pytest.fixture(scope="module")
def s3(environment: dict[str, str]) -> Iterator[str]:
    """A service that speaks S3 over real HTTP, with one bucket."""
    assert environment
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{port}"
    client: Any = cast("Any", boto3).client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    client.create_bucket(Bucket="media")
    yield address
    server.stop()


def bucket(address: str, url: str = "s3://media/production") -> Bucket:
    return Bucket(url, endpoint=address, region="us-east-1", access_key="a", secret_key="b")


@contextmanager
def answering_not_found() -> Generator[str]:
    """Serve S3 as some services do: what is not there can not be deleted."""

    class Handler(BaseHTTPRequestHandler):
        def do_DELETE(self) -> None:
            self.send_error(HTTPStatus.NOT_FOUND)

        def do_POST(self) -> None:
            self.do_DELETE()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Either kind of storage."""
    return Folder(tmp_path / "media") if request.param == "folder" else bucket(request.getfixturevalue("s3"))


class TestAnyStorage:
    def test_a_file_comes_back_as_it_was_put(self, kept: Storage) -> None:
        source = io.BytesIO(CONTENT)
        source.read()

        kept.put(source, KEY)

        assert b"".join(kept.read(KEY)) == CONTENT
        assert kept.size(KEY) == len(CONTENT)
        with kept.open(KEY) as file:
            assert file.read() == CONTENT

    @pytest.mark.parametrize(
        ("start", "length"), [(0, 1), (PIECE - 1, 2), (PIECE, None), (len(CONTENT) - 5, 100), (5, 2 * PIECE)]
    )
    def test_a_part_comes_back_alone(self, kept: Storage, start: int, length: int | None) -> None:
        kept.put(io.BytesIO(CONTENT), KEY)

        expected = CONTENT[start:] if length is None else CONTENT[start : start + length]
        assert b"".join(kept.read(KEY, start=start, length=length)) == expected

    def test_the_pieces_are_small(self, kept: Storage) -> None:
        kept.put(io.BytesIO(CONTENT), KEY)

        assert max(len(piece) for piece in kept.read(KEY)) <= PIECE

    def test_an_upload_in_several_parts_is_whole(self, kept: Storage) -> None:
        large = os.urandom(12 * 1024 * 1024 + 5)

        kept.put(io.BytesIO(large), KEY)

        assert b"".join(kept.read(KEY)) == large

    def test_what_is_not_there_says_so(self, kept: Storage) -> None:
        missing = key(ONE, b"\1" * 32)

        assert kept.size(missing) is None
        kept.delete(missing)
        for ask in (kept.read, kept.open):
            with pytest.raises(NotFound):
                ask(missing)

    def test_a_deleted_file_is_gone_and_its_other_forms_stay(self, kept: Storage) -> None:
        thumbnail = key(ONE, bytes(32), Part.THUMBNAIL)
        for each in (KEY, thumbnail):
            kept.put(io.BytesIO(b"x"), each)

        kept.delete(KEY)

        assert (kept.size(KEY), kept.size(thumbnail)) == (None, 1)

    def test_the_same_key_may_be_put_again(self, kept: Storage) -> None:
        for _ in range(2):
            kept.put(io.BytesIO(CONTENT), KEY)

        assert kept.size(KEY) == len(CONTENT)


class TestFolder:
    def test_only_this_account_can_read_it(self, tmp_path: Path) -> None:
        Folder(tmp_path / "media").put(io.BytesIO(b"x"), KEY)

        assert (tmp_path / "media" / KEY).stat().st_mode & 0o077 == 0
        assert (tmp_path / "media" / "1").stat().st_mode & 0o077 == 0

    def test_a_write_that_fails_leaves_nothing(self, tmp_path: Path) -> None:
        class Broken(io.BytesIO):
            """Fails after the first piece."""

            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell():
                    raise OSError(5, "Input/output error")
                return super().read(min(size or 10, 10))

        folder = Folder(tmp_path / "media")
        with pytest.raises(StorageUnavailable):
            folder.put(Broken(CONTENT), KEY)

        assert folder.size(KEY) is None
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_what_a_killed_process_left_is_swept_away(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path / "media")
        folder.sweep(older_than=1)
        folder.put(io.BytesIO(b"x"), KEY)
        old, new = (tmp_path / "media" / "incoming" / name for name in ("old", "new"))
        for path in (old, new):
            path.write_bytes(b"half")
        os.utime(old, (time.time() - 100, time.time() - 100))

        folder.sweep(older_than=50)

        assert (old.exists(), new.exists()) == (False, True)
        assert folder.size(KEY) == 1

    def test_a_file_that_is_renamed_meanwhile_disturbs_no_sweep(self, tmp_path: Path) -> None:
        incoming = tmp_path / "media" / "incoming"
        incoming.mkdir(parents=True)
        (incoming / "renamed").symlink_to("nowhere")
        old = incoming / "old"
        old.write_bytes(b"half")
        os.utime(old, (0, 0))

        Folder(tmp_path / "media").sweep(older_than=50)

        assert not old.exists()

    def test_a_folder_that_vanishes_during_a_write_is_no_missing_file(self, tmp_path: Path) -> None:
        class Vanishing(io.BytesIO):
            """Takes the folder along."""

            def read(self, size: int | None = -1, /) -> bytes:
                shutil.rmtree(tmp_path / "media", ignore_errors=True)
                return super().read(size)

        with pytest.raises(StorageUnavailable):
            Folder(tmp_path / "media").put(Vanishing(CONTENT), KEY)

    def test_a_folder_that_can_not_be_used_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "media").write_text("no folder")

        with pytest.raises(StorageUnavailable, match="can not be used"):
            Folder(tmp_path / "media").put(io.BytesIO(b"x"), KEY)


class TestBucket:
    def test_a_prefix_keeps_two_products_apart(self, s3: str) -> None:
        bucket(s3, "s3://media/one").put(io.BytesIO(b"x"), KEY)

        assert bucket(s3, "s3://media/two").size(KEY) is None
        assert bucket(s3, "s3://media").size(Key(f"one/{KEY}")) == 1

    def test_a_bucket_that_is_not_there_says_so(self, s3: str) -> None:
        with pytest.raises(StorageUnavailable):
            bucket(s3, "s3://missing").put(io.BytesIO(b"x"), KEY)

    def test_a_service_that_names_a_deleted_file_missing_is_no_fault(self) -> None:
        with answering_not_found() as address:
            bucket(address).delete(KEY)

    def test_a_service_that_does_not_answer_says_so(self) -> None:
        gone = bucket(f"http://127.0.0.1:{free_port()}")

        with pytest.raises(StorageUnavailable):
            gone.put(io.BytesIO(b"x"), KEY)

    def test_many_readers_at_once_get_the_same(self, s3: str) -> None:
        kept, answers = bucket(s3), list[bytes]()
        kept.put(io.BytesIO(CONTENT), KEY)

        readers = [Thread(target=lambda: answers.append(b"".join(kept.read(KEY)))) for _ in range(8)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()

        assert answers == [CONTENT] * 8


class TestTheChosenOne:
    def test_by_default_it_is_a_folder_of_the_data(self, environment: dict[str, str]) -> None:
        assert environment

        storage.get().put(io.BytesIO(b"x"), KEY)

        assert (settings.get().data_dir / "media" / KEY).read_bytes() == b"x"
        storage.get().delete(KEY)

    def test_a_bucket_is_named_by_its_address(
        self, environment: dict[str, str], s3: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert environment
        for name, value in {
            "CAMPOTECH_MEDIA_STORE": "s3://media/chosen",
            "CAMPOTECH_S3_ENDPOINT": s3,
            "CAMPOTECH_S3_ACCESS_KEY": "a",
            "CAMPOTECH_S3_SECRET_KEY": "b",
        }.items():
            monkeypatch.setenv(name, value)
        chosen = settings.load()

        assert isinstance(storage.named(chosen), Bucket)
        assert "CAMPOTECH_S3_SECRET_KEY" not in repr(chosen)
        storage.named(chosen).put(io.BytesIO(b"x"), KEY)
        assert bucket(s3, "s3://media/chosen").size(KEY) == 1
