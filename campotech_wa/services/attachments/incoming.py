"""A file on its way in: written to disk as it comes, counted and digested meanwhile, never whole in memory."""

import hashlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from campotech_wa import scratch
from campotech_wa.domain.media_types import HEAD, LARGEST, TAIL, detect
from campotech_wa.errors import CampotechError, StorageUnavailable


class TooMuch(CampotechError):
    """More came than a file may have."""


class Incoming:
    """The file so far. Without a name: if this process dies, so does the file."""

    def __init__(self, limit: int = LARGEST) -> None:
        self.file = scratch.new()
        self.size = 0
        self._limit = limit
        self._digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Add what has come.

        Raises:
            TooMuch: the file is larger than the limit.
            StorageUnavailable: the disk is full.
        """
        self.size += len(piece)
        if self.size > self._limit:
            raise TooMuch("The file is too large.")
        self._digest.update(piece)
        with _faults():
            self.file.write(piece)

    @property
    def sha256(self) -> bytes:
        """The digest of what has come."""
        return self._digest.digest()

    def mime_type(self) -> str:
        """Return what the file is, by its own bytes.

        Raises:
            StorageUnavailable: the disk is full.
        """
        with _faults():
            self.file.seek(0)
            head = self.file.read(HEAD)
            self.file.seek(max(0, self.size - TAIL))
            return detect(head, self.file.read(TAIL))

    def close(self) -> None:
        """Let go of the file; what the disk did not take is not wanted any more."""
        with suppress(OSError):
            self.file.close()

    def __enter__(self) -> Self:
        """Return the file; it is gone at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()


@contextmanager
def _faults() -> Generator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageUnavailable(f"The file can not be written: {fault.strerror}.") from fault
