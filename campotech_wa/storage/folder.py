"""Keep files in a folder of this machine."""

import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from campotech_wa.errors import NotFound, StorageUnavailable
from campotech_wa.storage.keys import Key

PIECE = 256 * 1024
"""Bytes that are in memory at once."""


class Folder:
    """Files below a folder, readable only by the account that runs the product."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"
        """Beside the files, since only a rename within one file system is atomic."""

    def put(self, source: BinaryIO, key: Key) -> None:
        """Write beside the final place, force it to the disk, then rename."""
        with _put_faults():
            source.seek(0)
            self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = self._root / key
            target.parent.mkdir(mode=0o700, exist_ok=True)
            with _removed_on_failure(self._incoming) as (file, path):
                shutil.copyfileobj(source, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
                path.replace(target)
            _sync(target.parent)

    def read(self, key: Key, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Return the pieces of a file, or of a part of it."""
        return _pieces(self.open(key), start, length)

    def open(self, key: Key) -> BinaryIO:
        """Return the file for random access."""
        with _faults():
            return (self._root / key).open("rb")

    def size(self, key: Key) -> int | None:
        """Return how many bytes the file has; None when there is none under the key."""
        try:
            with _faults():
                return (self._root / key).stat().st_size
        except NotFound:
            return None

    def delete(self, key: Key) -> None:
        """Remove a file; one that is not there is no fault."""
        with _faults():
            (self._root / key).unlink(missing_ok=True)

    def sweep(self, *, older_than: float) -> None:
        """Remove what killed processes were writing."""
        with suppress(NotFound), _faults():
            for path in self._incoming.iterdir():
                _remove_older(path, time.time() - older_than)


@contextmanager
def _removed_on_failure(folder: Path) -> Generator[tuple[BinaryIO, Path]]:
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _remove_older(path: Path, before: float) -> None:
    """Remove what was not written to since a moment; whoever was writing it may rename it at any time."""
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()


def _sync(folder: Path) -> None:
    """Force a rename to the disk: without it a power failure may undo what a row already says."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _pieces(file: BinaryIO, start: int, length: int | None) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = length
        while piece := file.read(PIECE if left is None else min(PIECE, left)):
            yield piece
            left = None if left is None else left - len(piece)


@contextmanager
def _put_faults() -> Generator[None]:
    """Whoever puts a file asked for none: a folder that vanished is a storage out of order."""
    try:
        yield
    except OSError as fault:
        raise StorageUnavailable(f"The media folder can not be used: {fault.strerror}.") from fault


@contextmanager
def _faults() -> Generator[None]:
    try:
        yield
    except FileNotFoundError as fault:
        raise NotFound("No such file in the storage.") from fault
    except OSError as fault:
        raise StorageUnavailable(f"The media folder can not be used: {fault.strerror}.") from fault
