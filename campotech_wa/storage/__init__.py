"""Where files are kept: a stream under a key goes in, the stream or a part of it comes out.

A key is never half written: a crash leaves the whole file or none. The same key always means the same bytes, because
it holds their digest.
"""

from collections.abc import Iterator
from functools import cache
from typing import BinaryIO, Protocol

from campotech_wa import settings
from campotech_wa.settings import Settings
from campotech_wa.storage.bucket import Bucket
from campotech_wa.storage.folder import Folder
from campotech_wa.storage.keys import Key, Part, key

__all__ = ["Key", "Part", "Storage", "get", "key", "named"]


class Storage(Protocol):
    """What every kind of storage does. Each method blocks; each raises StorageUnavailable when it can not work."""

    def put(self, source: BinaryIO, key: Key) -> None:
        """Keep a stream, from its beginning, under a key."""
        ...

    def read(self, key: Key, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Return the pieces of a file, or of a part of it. Raises NotFound before the first piece."""
        ...

    def open(self, key: Key) -> BinaryIO:
        """Return the file for random access. Raises NotFound."""
        ...

    def size(self, key: Key) -> int | None:
        """Return how many bytes the file has; None when there is none under the key."""
        ...

    def delete(self, key: Key) -> None:
        """Remove a file; one that is not there is no fault."""
        ...

    def sweep(self, *, older_than: float) -> None:
        """Remove what interrupted writes have left, if it is older than so many seconds."""
        ...


@cache
def get() -> Storage:
    """Return the storage of this process, made at first use."""
    return named(settings.get())


def named(chosen: Settings) -> Storage:
    """Return the storage that the settings name."""
    if not chosen.media_store:
        return Folder(chosen.data_dir / "media")
    return Bucket(
        chosen.media_store,
        endpoint=chosen.s3_endpoint,
        region=chosen.s3_region,
        access_key=chosen.s3_access_key,
        secret_key=chosen.s3_secret_key,
    )
