"""Give a message its files: those that Meta still has, and those that are ours."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId, MediaId, MessageId, OrganizationId
from campotech_wa.domain.media_state import MediaState
from campotech_wa.domain.media_types import Kind, natural_kind
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import outbound
from campotech_wa.meta.inbound.items import MediaReference
from campotech_wa.meta.shapes import as_text
from campotech_wa.store import attachments, media

_LONGEST_NAME = 240


def expect(
    session: Session,
    references: Sequence[MediaReference],
    message_id: MessageId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Write down the files that a message came with; wake the fetch of the channel after the commit."""
    rows = [
        {
            "channel_id": channel_id,
            "message_id": message_id,
            "position": position,
            "kind": storable.text(reference.kind),
            "meta_id": storable.text(reference.meta_id),
            "state": MediaState.PENDING,
            "filename": storable.text(reference.filename)[:_LONGEST_NAME],
            "mime_type": storable.text(reference.mime_type),
            "sha256": reference.sha256,
            "attempts": 0,
            "error": "",
        }
        for position, reference in enumerate(references)
    ]
    attachments.add_all(session, rows, organization_id=organization_id)


def attach_own(
    session: Session,
    type_: str,
    content: dict[str, Any],
    message_id: MessageId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Write down the files of ours that a message is going to send.

    Raises:
        InvalidInput: one is not of this organization, or was deleted.
    """
    ids = [MediaId(media_id) for media_id in outbound.local_media(content)]
    if not ids:
        return
    files = media.use(session, ids, organization_id=organization_id)
    if missing := next((media_id for media_id in ids if media_id not in files), None):
        raise InvalidInput(
            "not_found", field=f"{type_}.id", detail=f"There is no file local:{missing}. Upload it first."
        )
    rows = [
        {
            "channel_id": channel_id,
            "message_id": message_id,
            "position": position,
            "kind": type_ if type_ in set(Kind) else natural_kind(files[media_id].mime_type),
            "meta_id": "",
            "media_id": media_id,
            "state": MediaState.STORED,
            "filename": as_text(content.get("filename"))[:_LONGEST_NAME],
            "mime_type": files[media_id].mime_type,
            "sha256": files[media_id].sha256,
            "attempts": 0,
            "error": "",
        }
        for position, media_id in enumerate(ids)
    ]
    attachments.add_all(session, rows, organization_id=organization_id)


def attach_others(
    session: Session,
    type_: str,
    content: dict[str, Any],
    message_id: MessageId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Write down the files of ours that a message is going to send now, in the place of those it had.

    Raises:
        InvalidInput: one is not of this organization, or was deleted.
    """
    attachments.drop_all(session, message_id, organization_id=organization_id)
    attach_own(session, type_, content, message_id, organization_id=organization_id, channel_id=channel_id)
