"""Keep files in a bucket of an S3-compatible service, which several machines can share."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from campotech_wa import scratch
from campotech_wa.errors import NotFound, StorageUnavailable
from campotech_wa.storage.keys import Key

PIECE = 1024 * 1024
"""Bytes fetched at once. Each piece is a request of its own: a reader may be slower than any request may last."""

UPLOAD_PART = 5 * 1024 * 1024
"""Bytes, the least that S3 takes. An upload holds two of them in memory."""


class Bucket:
    """Files below the prefix of ``s3://bucket/prefix``. A put is visible only once it is complete: S3 is atomic."""

    def __init__(self, url: str, *, endpoint: str, region: str, access_key: str, secret_key: str) -> None:
        place = urlsplit(url)
        given = {
            "endpoint": endpoint,
            "region": region,
            "access_key_id": access_key,
            "secret_access_key": secret_key,
        }
        self._store = S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            config={name: value for name, value in given.items() if value},  # pyright: ignore[reportArgumentType]
            client_options={"allow_http": endpoint.startswith("http://"), "connect_timeout": "5s"},
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
        )

    def put(self, source: BinaryIO, key: Key) -> None:
        """Upload in parts."""
        try:
            with _faults():
                source.seek(0)
                obstore.put(self._store, key, source, chunk_size=UPLOAD_PART, max_concurrency=2)
        except NotFound as fault:
            raise StorageUnavailable("There is no such bucket.") from fault

    def read(self, key: Key, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Return the pieces of a file, or of a part of it."""
        size = self.size(key)
        if size is None:
            raise NotFound("No such file in the storage.")
        end = size if length is None else min(size, start + length)
        return self._pieces(key, start, end)

    def open(self, key: Key) -> BinaryIO:
        """Return a copy on this machine, without a name, for random access."""
        pieces = self.read(key)
        with ExitStack() as stack:
            copy = stack.enter_context(scratch.new())
            copy.writelines(pieces)
            copy.seek(0)
            stack.pop_all()
            return copy

    def size(self, key: Key) -> int | None:
        """Return how many bytes the file has; None when there is none under the key."""
        try:
            with _faults():
                return obstore.head(self._store, key)["size"]
        except NotFound:
            return None

    def delete(self, key: Key) -> None:
        """Remove a file; one that is not there is no fault."""
        with suppress(NotFound), _faults():
            obstore.delete(self._store, key)

    def sweep(self, *, older_than: float) -> None:
        """Do nothing: a rule of the bucket drops uploads that were never completed (docs/operators.md)."""

    def _pieces(self, key: Key, start: int, end: int) -> Iterator[bytes]:
        for offset in range(start, end, PIECE):
            with _faults():
                yield bytes(obstore.get_range(self._store, key, start=offset, end=min(offset + PIECE, end)))


@contextmanager
def _faults() -> Generator[None]:
    try:
        yield
    except FileNotFoundError as fault:
        raise NotFound("No such file in the storage.") from fault
    except (BaseError, OSError) as fault:
        raise StorageUnavailable(f"The bucket does not answer: {type(fault).__name__}.") from fault
