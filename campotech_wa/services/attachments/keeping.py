"""Keep a file: once per organization and content, with what is derived from it beside it."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from campotech_wa import converter, storage
from campotech_wa.converter import Derived
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.errors import StorageUnavailable
from campotech_wa.services.attachments.incoming import Incoming
from campotech_wa.storage import Part, key
from campotech_wa.store import media
from campotech_wa.store.transaction import exclusive, transaction
from campotech_wa.tables.media import MediaFile

LOCK = 4
"""The kind of work, for ``exclusive``: here one content is locked, and not a channel."""

_PATIENCE = 240.0
"""Seconds; longer than the decoders may take for the same file in another process."""


def keep(organization_id: OrganizationId, incoming: Incoming, mime_type: str) -> MediaFile:
    """Store a file, or find that it is stored already; returns its row.

    Raises:
        StorageUnavailable: it could not be written; nothing was kept.
    """
    with _alone_with(incoming.sha256):
        known = _known(organization_id, incoming.sha256)
        if known is not None:
            return known
        derived = converter.derive(incoming.file, mime_type)
        try:
            _put(organization_id, incoming, derived)
            return _write_down(organization_id, incoming, mime_type, derived)
        finally:
            derived.close()


@contextmanager
def alone_with(sha256: bytes) -> Generator[bool]:
    """Lock one content, so that nobody deletes what another is storing; yields False when somebody else has it."""
    with exclusive(LOCK, int.from_bytes(sha256[:4], signed=True)) as held:
        yield held


@contextmanager
def _alone_with(sha256: bytes) -> Generator[None]:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with alone_with(sha256) as held:
            if held:
                yield
                return
        time.sleep(0.05)
    raise StorageUnavailable("The same file is being stored elsewhere, and does not come to an end.")


def _known(organization_id: OrganizationId, sha256: bytes) -> MediaFile | None:
    """Return the row of a file that is there, also in the storage."""
    with transaction() as tx:
        row = media.use_by_digest(tx.session, sha256, organization_id=organization_id)
    is_there = row is not None and storage.get().size(key(organization_id, sha256)) == row.size
    return row if is_there else None


def _put(organization_id: OrganizationId, incoming: Incoming, derived: Derived) -> None:
    parts = (
        (Part.THUMBNAIL, derived.thumbnail),
        (Part.PLAYABLE, derived.playable),
        (Part.ORIGINAL, incoming.file),
    )
    for part, file in parts:
        if file is not None:
            storage.get().put(file, key(organization_id, incoming.sha256, part))


def _write_down(
    organization_id: OrganizationId, incoming: Incoming, mime_type: str, derived: Derived
) -> MediaFile:
    facts = derived.facts
    with transaction() as tx:
        return media.keep(
            tx.session,
            organization_id=organization_id,
            sha256=incoming.sha256,
            size=incoming.size,
            mime_type=mime_type,
            width=facts.width,
            height=facts.height,
            duration_ms=facts.duration_ms,
            waveform=list(facts.waveform),
            has_thumbnail=facts.has_thumbnail,
            playable_type=facts.playable_type,
        )
