"""Find a stored file for somebody of its organization: where its bytes are, and what may be told of it."""

from dataclasses import dataclass
from enum import StrEnum

from campotech_wa import storage
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import AttachmentId, OrganizationId
from campotech_wa.domain.media_state import MediaState
from campotech_wa.domain.media_types import EXTENSIONS
from campotech_wa.errors import NotFound
from campotech_wa.storage import Key, Part, Storage, key
from campotech_wa.store import attachments
from campotech_wa.store.transaction import reading
from campotech_wa.tables.media import MediaFile, WaAttachment


class Form(StrEnum):
    """Which form of a file is asked for; the word in its address."""

    ORIGINAL = ""
    THUMBNAIL = "thumbnail"
    PLAYABLE = "play"


@dataclass(frozen=True, slots=True)
class Served:
    """One form of a file."""

    storage: Storage
    key: Key
    size: int
    mime_type: str
    filename: str
    etag: str


def serve(actor: Actor, attachment_id: AttachmentId, form: Form) -> Served:
    """Return a file.

    Raises:
        NotAllowed: the role may not read.
        NotFound: it is another organization's, not stored, deleted, or has no such form.
        StorageUnavailable: the storage does not answer.
    """
    actor.require(Permission.READ)
    with reading() as session:
        found = attachments.get(session, attachment_id, organization_id=actor.organization_id)
    if found is None or found.file is None or found.attachment.state != MediaState.STORED:
        raise NotFound("No such file.")
    part, mime_type = _part(found.file, form)
    place = key(OrganizationId(found.file.organization_id), found.file.sha256, part)
    size = storage.get().size(place)
    if size is None:
        raise NotFound("The file is missing in the storage.")
    return Served(
        storage.get(), place, size, mime_type, _filename(found.attachment, mime_type), _etag(found.file, part)
    )


def _part(file: MediaFile, form: Form) -> tuple[Part, str]:
    match form:
        case Form.THUMBNAIL if file.has_thumbnail:
            return Part.THUMBNAIL, "image/jpeg"
        case Form.PLAYABLE if file.playable_type:
            return Part.PLAYABLE, file.playable_type
        case Form.ORIGINAL:
            return Part.ORIGINAL, file.mime_type
        case _:
            raise NotFound("The file has no such form.")


def _filename(attachment: WaAttachment, mime_type: str) -> str:
    return attachment.filename or f"{attachment.kind}-{attachment.id}.{EXTENSIONS.get(mime_type, 'bin')}"


def _etag(file: MediaFile, part: Part) -> str:
    """Return a strong tag: a form of a content never changes."""
    return f'"{file.sha256.hex()[:32]}{part}"'
