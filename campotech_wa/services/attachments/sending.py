"""Put Meta's ids in the place of ours just before a message leaves: known ones while they last, new ones else."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from campotech_wa import clock, storage
from campotech_wa.domain.ids import MediaId, OfChannel
from campotech_wa.domain.media_types import EXTENSIONS
from campotech_wa.errors import MetaBusy, MetaRefused, NotFound, StorageUnavailable
from campotech_wa.meta import outbound
from campotech_wa.meta.media import MediaClient
from campotech_wa.services.credentials import Credentials
from campotech_wa.storage import key
from campotech_wa.store import media
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.media import MediaFile

_UPLOAD_LASTS = timedelta(days=29)
"""A day less than Meta keeps it (sending.md section 2): a message may wait in the outbox."""

_uploading: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
"""One upload of a file for all the messages that wait for it; a channel is drained by one process at a time."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A file that is to be sent: its id at Meta if it has one, else the file itself."""

    meta_id: str | None
    file: MediaFile | None


async def at_meta(content: dict[str, Any], channel: Credentials, client: MediaClient) -> dict[str, Any]:
    """Return the content as Meta takes it.

    Raises:
        MetaRefused: a file was deleted, or Meta does not take it.
        MetaBusy: nothing of the message has left; safe to send again later.
    """
    ids = [MediaId(media_id) for media_id in outbound.local_media(content)]
    if not ids:
        return content
    return outbound.with_media_ids(content, {each: await _meta_id(each, channel, client) for each in ids})


def forget_uploads(content: dict[str, Any], channel: Credentials) -> None:
    """Have the files of a message that Meta refused put up anew: it may have lost or deleted them."""
    ids = [MediaId(media_id) for media_id in outbound.local_media(content)]
    if ids:
        with transaction() as tx:
            media.forget_uploads(tx.session, ids, **_whose(channel))


async def _meta_id(media_id: MediaId, channel: Credentials, client: MediaClient) -> str:
    lock = _uploading.setdefault((channel.channel_id, media_id), asyncio.Lock())
    async with lock:
        known = await asyncio.to_thread(_look_up, media_id, channel)
        if known.meta_id is not None:
            return known.meta_id
        if known.file is None:
            raise MetaRefused("The file of this message was deleted here before it could be sent.")
        meta_id = await _uploaded(known.file, channel, client)
        await asyncio.to_thread(_record, media_id, meta_id, channel)
        return meta_id


def _look_up(media_id: MediaId, channel: Credentials) -> _Known:
    with reading() as session:
        meta_id = media.upload(session, media_id, now=clock.now(), **_whose(channel))
        return _Known(meta_id, media.get(session, media_id, organization_id=channel.organization_id))


async def _uploaded(file: MediaFile, channel: Credentials, client: MediaClient) -> str:
    try:
        content = await asyncio.to_thread(storage.get().open, key(channel.organization_id, file.sha256))
    except NotFound as fault:
        raise MetaRefused("The file of this message is missing in the storage.") from fault
    except StorageUnavailable as fault:
        raise MetaBusy("The file of this message can not be read now.") from fault
    with content:
        return await client.upload(
            channel.phone_number_id,
            content,
            filename=f"file.{EXTENSIONS.get(file.mime_type, 'bin')}",
            mime_type=file.mime_type,
            access_token=channel.access_token,
        )


def _record(media_id: MediaId, meta_id: str, channel: Credentials) -> None:
    with transaction() as tx:
        expires_at = clock.now() + _UPLOAD_LASTS
        media.record_upload(tx.session, media_id, meta_id, expires_at=expires_at, **_whose(channel))


def _whose(channel: Credentials) -> OfChannel:
    return {"organization_id": channel.organization_id, "channel_id": channel.channel_id}
