"""Tell pages and products of the files of messages: where to get them, and what can be said before that."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from campotech_wa.domain import filenames
from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.media_state import MediaState
from campotech_wa.domain.media_types import Kind, shown_as
from campotech_wa.store import attachments
from campotech_wa.store.attachments import Shown
from campotech_wa.tables.media import MediaFile
from campotech_wa.views import AttachmentView


def of_messages(
    session: Session, message_ids: Sequence[MessageId], *, organization_id: OrganizationId
) -> dict[int, tuple[AttachmentView, ...]]:
    """Return the files of messages, by message; one without files is not there."""
    if not message_ids:
        return {}
    views: dict[int, tuple[AttachmentView, ...]] = {}
    for shown in attachments.of_messages(session, message_ids, organization_id=organization_id):
        message_id = shown.attachment.message_id
        views[message_id] = (*views.get(message_id, ()), _view(shown))
    return views


def _view(shown: Shown) -> AttachmentView:
    attachment = shown.attachment
    file = shown.file if attachment.state == MediaState.STORED else None
    kind = shown_as(attachment.kind, file.mime_type) if file else _announced(attachment.kind)
    url = f"/media/{attachment.id}" if file else ""
    return AttachmentView(
        id=attachment.id or 0,
        position=attachment.position,
        kind=kind,
        state=attachment.state,
        url=url,
        thumbnail_url=f"{url}/thumbnail" if file and file.has_thumbnail else "",
        play_url=_play_url(url, kind, file),
        filename=filenames.clean(attachment.filename),
        mime_type=file.mime_type if file else attachment.mime_type,
        size=file.size if file else 0,
        width=(file and file.width) or 0,
        height=(file and file.height) or 0,
        duration_ms=(file and file.duration_ms) or 0,
        waveform=tuple(file.waveform) if file else (),
        is_voice=shown.is_voice,
        error="" if attachment.state == MediaState.PENDING else attachment.error,
    )


def _announced(kind: str) -> Kind:
    return Kind(kind) if kind in set(Kind) else Kind.DOCUMENT


def _play_url(url: str, kind: Kind, file: MediaFile | None) -> str:
    if file is None or kind not in {Kind.AUDIO, Kind.VIDEO}:
        return ""
    return f"{url}/play" if file.playable_type else url
