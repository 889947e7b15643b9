"""Hold media in a temporary folder: bytes come in as they arrive, and are found by id until they expire."""

import base64
import hashlib
import secrets
import tempfile
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from campotech_wa.simulator.errors import GraphError, refusal

ADDRESS_LIVES = timedelta(minutes=5)
UPLOAD_LIVES = timedelta(days=30)
INBOUND_LIVES = timedelta(days=7)
"""How long an address, an uploaded id and the id of a customer's medium are good for (sending.md, 2)."""
_HEAD = 64


@dataclass(slots=True)
class Media:
    """One file of one number; `expires_at` is when Meta forgets its id."""

    id: str
    phone_number_id: str
    mime_type: str
    filename: str
    expires_at: datetime
    path: Path
    digest: bytes
    size: int
    head: bytes

    @property
    def sha256_hex(self) -> str:
        """The digest as the media endpoint writes it."""
        return self.digest.hex()

    @property
    def sha256_base64(self) -> str:
        """The digest as webhooks write it."""
        return base64.b64encode(self.digest).decode()


@dataclass(frozen=True, slots=True)
class Address:
    """A short-lived way to one medium's bytes."""

    media_id: str
    until: datetime
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Library:
    """Every medium that this Meta holds, of every number."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._held: dict[str, Media] = {}
        self._addresses: dict[str, Address] = {}

    async def keep(
        self,
        chunks: AsyncIterable[bytes],
        *,
        phone_number_id: str,
        mime_type: str,
        filename: str,
        until: datetime,
        limit: int,
    ) -> Media:
        """Write the bytes to a file as they come; raise GraphError once there are too many."""
        identifier = _new_id()
        intake = _Intake(self._path(identifier), limit)
        try:
            async for chunk in chunks:
                intake.take(chunk)
        except (GraphError, OSError):
            intake.give_up()
            raise
        media = intake.finish(identifier, phone_number_id, mime_type, filename, until)
        self._held[identifier] = media
        return media

    def find(self, media_id: str, *, now: datetime) -> Media | None:
        """Answer the medium, None if nobody uploaded it or its id has expired."""
        media = self._held.get(media_id)
        return media if media and now < media.expires_at else None

    def address(self, media: Media, *, now: datetime) -> Address:
        """Answer a new address of the medium."""
        address = Address(media.id, now + ADDRESS_LIVES)
        self._addresses[address.secret] = address
        return address

    def at(self, media_id: str, secret: str, *, now: datetime) -> Media | None:
        """Answer the medium behind an address, None if that has expired or never was."""
        address = self._addresses.get(secret)
        if address is None or address.media_id != media_id or now >= address.until:
            return None
        return self._held.get(media_id)

    def expire(self, media: Media, *, now: datetime, addresses_only: bool) -> None:
        """Let the medium's addresses die at once, and its id too unless only they are meant."""
        self._addresses = {key: each for key, each in self._addresses.items() if each.media_id != media.id}
        if not addresses_only:
            media.expires_at = now

    def delete(self, media: Media) -> None:
        """Forget the medium and its bytes."""
        del self._held[media.id]
        media.path.unlink(missing_ok=True)

    def reset(self) -> None:
        """Forget everything, the folder too."""
        self._held.clear()
        self._addresses.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _path(self, identifier: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(
                prefix="simulated-whatsapp-", ignore_cleanup_errors=True
            )
        return Path(self._folder.name) / identifier


class _Intake:
    """A file that is being written: counts, hashes and remembers how it begins."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path, self._limit = path, limit
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self._size = 0
        self._head = b""

    def take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            raise refusal(131053, f"Param file must have at most {self._limit} bytes.")
        self._head = self._head or chunk[:_HEAD]
        self._hash.update(chunk)
        self._file.write(chunk)

    def give_up(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def finish(
        self, identifier: str, phone_number_id: str, mime_type: str, filename: str, until: datetime
    ) -> Media:
        self._file.close()
        digest = self._hash.digest()
        return Media(
            identifier,
            phone_number_id,
            mime_type,
            filename,
            until,
            self._path,
            digest,
            self._size,
            self._head,
        )


def _new_id() -> str:
    return str(10**15 + secrets.randbelow(9 * 10**15))
