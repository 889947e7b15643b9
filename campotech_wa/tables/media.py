"""Files: what is stored, which message each belongs to, and the ids under which Meta knows them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from campotech_wa.domain.media_state import MediaState
from campotech_wa.tables.base import identity, moment, one_of, reference, stamped


class MediaFile(SQLModel, table=True):
    """A file of an organization, stored once however often it is sent. Its key in the storage is its digest."""

    __tablename__ = "media_file"
    __table_args__ = (UniqueConstraint("organization_id", "sha256"),)

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    sha256: bytes = Field(sa_type=LargeBinary)
    size: int = Field(sa_type=BigInteger)
    """Bytes."""
    mime_type: str
    """What the content is, by its own bytes."""
    width: int | None = None
    height: int | None = None
    """Pixels, of a picture or a video."""
    duration_ms: int | None = None
    waveform: list[int] = Field(default_factory=list, nullable=False, sa_type=JSONB)
    """Loudness over time of a recording, 0 to 100, some sixty values."""
    has_thumbnail: bool = False
    playable_type: str = ""
    """The type of a copy that every browser plays; empty where the file itself is one."""
    created_at: datetime = stamped()
    used_at: datetime = stamped()
    deleted_at: datetime | None = moment(nullable=True)
    """When its removal was last begun: nobody can use it from then on."""
    erased_at: datetime | None = moment(nullable=True)
    """When its bytes were gone."""


class WaAttachment(SQLModel, table=True):
    """A file of a message: on its way from Meta, stored, or out of reach."""

    __tablename__ = "wa_attachment"
    __table_args__ = (
        UniqueConstraint("message_id", "position"),
        one_of("state", MediaState),
        Index("ix_wa_attachment_pending", "channel_id", "due_at", postgresql_where=text("state = 'pending'")),
        Index(None, "media_id"),
    )

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    message_id: int = reference("wa_message.id")
    position: int = 0
    """A message may hold several: the cards of a carousel, the photos of a flow."""
    kind: str
    """image, video, audio, document or sticker."""
    meta_id: str = ""
    """Meta's id, by which it is fetched; empty for a file of ours."""
    media_id: int | None = reference("media_file.id", nullable=True)
    state: str
    filename: str = ""
    """As the sender wrote it: shown and never trusted."""
    mime_type: str = ""
    sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    """What Meta promised; the content is checked against it."""
    attempts: int = 0
    due_at: datetime = stamped()
    error: str = ""
    """Why it is out of reach, as a word of ours; never content."""
    created_at: datetime = stamped()


class MediaUpload(SQLModel, table=True):
    """The id under which a channel of Meta's knows a file, until it expires (sending.md section 2)."""

    __tablename__ = "media_upload"
    __table_args__ = (UniqueConstraint("channel_id", "media_id"),)

    id: int | None = identity()
    organization_id: int = reference("organization.id")
    channel_id: int = reference("channel.id")
    media_id: int = reference("media_file.id")
    meta_id: str
    expires_at: datetime = moment()
