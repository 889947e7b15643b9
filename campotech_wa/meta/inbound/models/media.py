"""Files that a customer sends: Meta keeps them for seven days under an id (section 3.1)."""

from typing import ClassVar

from campotech_wa.meta.inbound.models.base import Told


class Media(Told):
    """A file by Meta's id, or by an address; ``url`` dies after five minutes, ``sha256`` is base64 or hex."""

    ANY_OF: ClassVar[tuple[str, ...]] = ("id", "url", "link")

    id: str | None = None
    mime_type: str | None = None
    sha256: str | None = None
    url: str | None = None
    link: str | None = None
    caption: str | None = None


class Image(Media):
    """A photo (section 3)."""


class Video(Media):
    """A film, also what was a GIF (section 3)."""


class Audio(Media):
    """A recorded note where ``voice`` is true, else a file (section 3)."""

    voice: bool | None = None


class Document(Media):
    """Any other file; the name is the sender's and not to be trusted (section 3)."""

    filename: str | None = None


class Sticker(Media):
    """A sticker (section 3)."""

    animated: bool | None = None
