"""Stored files, one row per organization and content, and the ids under which Meta knows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, MediaId, OrganizationId
from campotech_wa.domain.media_state import MediaState
from campotech_wa.tables.media import MediaFile, MediaUpload, WaAttachment


def keep(session: Session, *, organization_id: OrganizationId, sha256: bytes, **values: Any) -> MediaFile:
    """Write down a stored file; one that is known already, or was deleted, is there again."""
    row = {"organization_id": organization_id, "sha256": sha256, **values}
    kept = (
        insert(MediaFile)
        .values(row)
        .on_conflict_do_update(
            index_elements=["organization_id", "sha256"],
            set_={**values, "used_at": func.now(), "deleted_at": None, "erased_at": None},
        )
    )
    return session.scalars(kept.returning(MediaFile), execution_options={"populate_existing": True}).one()


def use_by_digest(session: Session, sha256: bytes, *, organization_id: OrganizationId) -> MediaFile | None:
    """Return the file with this content, unless it was deleted, and note that it was wanted again."""
    used = (
        update(MediaFile)
        .where(
            col(MediaFile.organization_id) == organization_id,
            col(MediaFile.sha256) == sha256,
            col(MediaFile.deleted_at).is_(None),
        )
        .values(used_at=func.now())
        .returning(MediaFile)
    )
    return session.scalars(used).one_or_none()


def get(session: Session, media_id: MediaId, *, organization_id: OrganizationId) -> MediaFile | None:
    """Return a file; None when it is another organization's, or was deleted."""
    found = select(MediaFile).where(
        col(MediaFile.organization_id) == organization_id,
        col(MediaFile.id) == media_id,
        col(MediaFile.deleted_at).is_(None),
    )
    return session.scalars(found).one_or_none()


def digest(session: Session, media_id: MediaId, *, organization_id: OrganizationId) -> bytes | None:
    """Return the digest of a file, also of a deleted one; None when it is another organization's."""
    found = select(col(MediaFile.sha256)).where(
        col(MediaFile.organization_id) == organization_id, col(MediaFile.id) == media_id
    )
    return session.scalar(found)


def use(
    session: Session, media_ids: Sequence[MediaId], *, organization_id: OrganizationId
) -> dict[int, MediaFile]:
    """Return files for a message that will hold them: until it is committed nobody can delete them."""
    used = (
        update(MediaFile)
        .where(
            col(MediaFile.organization_id) == organization_id,
            col(MediaFile.id).in_(media_ids),
            col(MediaFile.deleted_at).is_(None),
        )
        .values(used_at=func.now())
        .returning(MediaFile)
    )
    return {file.id or 0: file for file in session.scalars(used)}


def lock_unused(session: Session, media_id: MediaId, *, organization_id: OrganizationId) -> MediaFile | None:
    """Return a file that no attachment needs, and keep others from taking it up until the transaction ends.

    One whose removal was begun and not completed is returned again.
    """
    file = session.scalars(
        select(MediaFile)
        .where(
            col(MediaFile.organization_id) == organization_id,
            col(MediaFile.id) == media_id,
            col(MediaFile.erased_at).is_(None),
        )
        .with_for_update()
    ).one_or_none()
    # Asked only under the lock: whoever took the file up has committed by now, and is seen.
    return None if file is None or session.scalar(select(_is_used(media_id))) else file


def record_erased(
    session: Session, media_id: MediaId, *, organization_id: OrganizationId, now: datetime
) -> None:
    """Write down that the bytes of a deleted file are gone; one that came again meanwhile is not touched."""
    session.execute(
        update(MediaFile)
        .where(
            col(MediaFile.organization_id) == organization_id,
            col(MediaFile.id) == media_id,
            col(MediaFile.deleted_at).is_not(None),
        )
        .values(erased_at=now)
    )


def idle(session: Session, *, before: datetime, settled: datetime, limit: int) -> list[tuple[int, int]]:
    """Return organization and id of files that nothing needs, or whose removal was begun; for retention.

    One that was never sent stays until nobody has touched it since ``before``, one whose messages are deleted
    only until ``settled``. What could not be removed the last time comes last: it may never be removable.
    """
    was_sent = select(col(WaAttachment.id)).where(col(WaAttachment.media_id) == col(MediaFile.id)).exists()
    untouched, deleted = col(MediaFile.used_at), col(MediaFile.deleted_at)
    unneeded = and_(
        or_(untouched < before, and_(was_sent, untouched < settled)), ~_is_used(col(MediaFile.id))
    )
    found = (
        select(MediaFile)
        .where(col(MediaFile.erased_at).is_(None), or_(deleted.is_not(None), unneeded))
        .order_by(deleted.asc().nulls_first(), untouched)
        .limit(limit)
    )
    return [(file.organization_id, file.id or 0) for file in session.scalars(found)]


def upload(
    session: Session,
    media_id: MediaId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
) -> str | None:
    """Return the id under which Meta knows a file, while it lasts."""
    found = select(col(MediaUpload.meta_id)).where(
        col(MediaUpload.organization_id) == organization_id,
        col(MediaUpload.channel_id) == channel_id,
        col(MediaUpload.media_id) == media_id,
        col(MediaUpload.expires_at) > now,
    )
    return session.scalar(found)


def record_upload(
    session: Session,
    media_id: MediaId,
    meta_id: str,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    expires_at: datetime,
) -> None:
    """Remember the id that Meta gave a file; a newer one replaces it."""
    row = {"meta_id": meta_id, "expires_at": expires_at}
    session.execute(
        insert(MediaUpload)
        .values(organization_id=organization_id, channel_id=channel_id, media_id=media_id, **row)
        .on_conflict_do_update(index_elements=["channel_id", "media_id"], set_=row)
    )


def forget_uploads(
    session: Session,
    media_ids: Sequence[MediaId],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId | None = None,
) -> None:
    """Forget ids of Meta's: of one channel that no longer knows them, or of all, with a deleted file."""
    forgotten = delete(MediaUpload).where(
        col(MediaUpload.organization_id) == organization_id, col(MediaUpload.media_id).in_(media_ids)
    )
    if channel_id is not None:
        forgotten = forgotten.where(col(MediaUpload.channel_id) == channel_id)
    session.execute(forgotten)


def _is_used(media_id: Any) -> Any:
    """Tell whether anything stored, or on its way to be, needs a file."""
    users = select(col(WaAttachment.id)).where(
        col(WaAttachment.media_id) == media_id,
        col(WaAttachment.state).in_([MediaState.STORED, MediaState.PENDING]),
    )
    return users.exists()
