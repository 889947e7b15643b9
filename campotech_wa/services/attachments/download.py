"""Bring one file from Meta: located, streamed to disk, compared with what was promised, and kept."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from campotech_wa.domain.ids import MediaId
from campotech_wa.domain.media_types import shown_as
from campotech_wa.errors import CampotechError, MetaRefused, NotFound, StorageUnavailable
from campotech_wa.meta.media import Fault, Located, MediaClient, MediaFault
from campotech_wa.services.attachments import claiming
from campotech_wa.services.attachments.claiming import Wanted
from campotech_wa.services.attachments.incoming import Incoming, TooMuch
from campotech_wa.services.attachments.keeping import keep
from campotech_wa.services.credentials import Credentials

log = logging.getLogger(__name__)

_UNKNOWN_TO_META = frozenset({33, 100, 131052})
"""Codes that say there is no such file (errors.md); a refusal for any other reason may pass."""


async def fetch(wanted: Wanted, channel: Credentials, client: MediaClient) -> None:
    """Fetch a file and record the outcome, whatever it is."""
    try:
        try:
            media_id = await _fetched(wanted, channel, client)
        except CampotechError as fault:
            await asyncio.to_thread(claiming.failed, wanted, _word(fault))
        else:
            await asyncio.to_thread(claiming.stored, wanted, media_id)
    except SQLAlchemyError as fault:
        # It is due again by itself, and will be found stored.
        log.warning(
            "outcome of a fetch not recorded",
            extra={"attachment_id": wanted.attachment_id, "error_type": type(fault).__name__},
        )


async def _fetched(wanted: Wanted, channel: Credentials, client: MediaClient) -> MediaId:
    with Incoming() as incoming:
        located = await _downloaded(wanted, channel, client, incoming)
        return await asyncio.to_thread(_kept, wanted, located, incoming)


async def _downloaded(
    wanted: Wanted, channel: Credentials, client: MediaClient, incoming: Incoming
) -> Located:
    """Download to disk; an address that died meanwhile is asked for once more (sending.md section 2)."""
    for is_last in (False, True):
        located = await client.locate(
            wanted.meta_id, phone_number_id=channel.phone_number_id, access_token=channel.access_token
        )
        try:
            await client.download(located, incoming.write, access_token=channel.access_token)
        except MediaFault as fault:
            if is_last or fault.word is not Fault.GONE:
                raise
        else:
            return located
    raise MediaFault(Fault.GONE)


def _kept(wanted: Wanted, located: Located, incoming: Incoming) -> MediaId:
    mime_type = incoming.mime_type()
    _compare(wanted, located, incoming, mime_type)
    return MediaId(keep(wanted.organization_id, incoming, mime_type).id or 0)


def _compare(wanted: Wanted, located: Located, incoming: Incoming, mime_type: str) -> None:
    """Check what came against what was promised: by the webhook, and by the answer that told the address."""
    promises = [promise for promise in (wanted.sha256, located.sha256) if promise is not None]
    if located.size is not None and incoming.size != located.size:
        raise MediaFault(Fault.TRUNCATED)
    if any(promise != incoming.sha256 for promise in promises):
        raise MediaFault(Fault.WRONG_DIGEST)
    if not promises and shown_as(wanted.kind, mime_type) != wanted.kind:
        raise MediaFault(Fault.WRONG_TYPE)


def _word(fault: CampotechError) -> Fault:
    match fault:
        case MediaFault():
            return fault.word
        case TooMuch():
            return Fault.TOO_LARGE
        case StorageUnavailable() | NotFound():
            return Fault.STORAGE
        case MetaRefused():
            return Fault.GONE if fault.code in _UNKNOWN_TO_META else Fault.REFUSED
        case _:
            return Fault.NO_ANSWER
