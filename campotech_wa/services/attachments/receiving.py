"""Take a file from a person or a product: told by its content, converted where Meta needs it, kept, ready to send."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from campotech_wa import converter
from campotech_wa.converter import Unconvertible
from campotech_wa.domain import filenames, media_types
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.media_types import CONVERTED, LIMITS, STICKER_SIDE, STILL_STICKER, Kind
from campotech_wa.errors import InvalidInput
from campotech_wa.services.attachments.incoming import Incoming
from campotech_wa.services.attachments.keeping import keep
from campotech_wa.tables.media import MediaFile

VOICE = "audio/ogg"
JPEG = "image/jpeg"
_PHOTOS = frozenset({JPEG, "image/png"})
"""Pictures that Meta takes as they are, up to its limit."""
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sender wants of the file; ``kind`` None leaves it to the content."""

    filename: str = ""
    kind: Kind | None = None
    is_voice: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The file as it can be named in a message, and what the composer shows of it."""

    id: str
    kind: str
    mime_type: str
    size: int
    filename: str
    width: int | None
    height: int | None
    duration_ms: int | None
    waveform: tuple[int, ...]


def receive(actor: Actor, incoming: Incoming, wish: Wish) -> Received:
    """Keep a file that a message is going to send.

    Raises:
        NotAllowed: the role may not reply.
        InvalidInput: it is empty, or can not be what was wished; says what to do.
        StorageUnavailable: nothing was kept.
    """
    actor.require(Permission.REPLY)
    if incoming.size == 0:
        raise InvalidInput("media_empty", field="file", detail="The file is empty.")
    with _prepared(incoming, wish) as (ready, mime_type):
        kind = _kind(ready.size, mime_type, wish)
        file = keep(actor.organization_id, ready, mime_type)
        if kind is Kind.STICKER:
            _check_sticker(ready, file)
        if kind is Kind.VIDEO and file.playable_type:
            file = _as_meta_plays(actor, ready, file)
            kind = _kind(file.size, file.mime_type, wish)
    return _received(file, kind, wish)


@contextmanager
def _prepared(incoming: Incoming, wish: Wish) -> Generator[tuple[Incoming, str]]:
    """Yield the file as Meta takes it; one that can not be converted goes as the document that it is."""
    mime_type = incoming.mime_type()
    target = _target(incoming, mime_type, wish)
    if not target:
        yield incoming, mime_type
        return
    try:
        converted = _copied(converter.convert(incoming.file, mime_type, target))
    except Unconvertible:
        if wish.is_voice:
            raise _no_voice() from None
        yield incoming, mime_type
        return
    with converted:
        yield converted, target


def _target(incoming: Incoming, mime_type: str, wish: Wish) -> str:
    """Return the type a file must become; empty if it may stay as it is."""
    if wish.is_voice:
        if not mime_type.startswith(("audio/", "video/")):
            raise _no_voice()
        return "" if mime_type == VOICE and media_types.is_mono_opus(_head(incoming)) else VOICE
    if wish.kind in {Kind.DOCUMENT, Kind.STICKER}:
        return ""
    if mime_type in _PHOTOS and incoming.size > LIMITS[Kind.IMAGE]:
        # Any phone's camera makes larger ones than Meta takes: smaller it is still the photo that was meant.
        return JPEG
    return CONVERTED.get(mime_type, "")


def _copied(result: BinaryIO) -> Incoming:
    """Take the converter's result in like any file, so that it is counted and digested."""
    copy = Incoming()
    with result:
        while piece := result.read(_PIECE):
            copy.write(piece)
    return copy


def _kind(size: int, mime_type: str, wish: Wish) -> Kind:
    """Return what the file can be sent as; one too large for its kind still goes as a document."""
    kind = Kind.AUDIO if wish.is_voice else wish.kind or media_types.natural_kind(mime_type)
    if wish.kind is None and kind is Kind.STICKER:
        kind = Kind.DOCUMENT
    if not media_types.is_accepted(kind, mime_type):
        raise InvalidInput(
            "media_type", field="kind", detail=f"A file of type {mime_type} can not be sent as {kind}."
        )
    if size > LIMITS[kind] and kind is Kind.STICKER:
        raise _sticker_too_large(LIMITS[kind], size)
    return kind if size <= LIMITS[kind] else Kind.DOCUMENT


def _check_sticker(ready: Incoming, file: MediaFile) -> None:
    if (file.width, file.height) != (STICKER_SIDE, STICKER_SIDE):
        raise InvalidInput(
            "sticker_size",
            field="file",
            limit=STICKER_SIDE,
            detail=f"A sticker must have {STICKER_SIDE} by {STICKER_SIDE} pixels.",
        )
    if not media_types.is_animated(_head(ready)) and ready.size > STILL_STICKER:
        raise _sticker_too_large(STILL_STICKER, ready.size)


def _as_meta_plays(actor: Actor, ready: Incoming, file: MediaFile) -> MediaFile:
    """Return a video as H.264, which Meta wants inside of an MP4; if that fails, as it is."""
    try:
        converted = _copied(converter.convert(ready.file, file.mime_type, "video/mp4"))
    except Unconvertible:
        return file
    with converted:
        return keep(actor.organization_id, converted, "video/mp4")


def _received(file: MediaFile, kind: Kind, wish: Wish) -> Received:
    named = filenames.named_as(filenames.clean(wish.filename), file.mime_type)
    return Received(
        id=f"local:{file.id}",
        kind=kind,
        mime_type=file.mime_type,
        size=file.size,
        filename=named or f"{kind}.{media_types.EXTENSIONS.get(file.mime_type, 'bin')}",
        width=file.width,
        height=file.height,
        duration_ms=file.duration_ms,
        waveform=tuple(file.waveform),
    )


def _head(incoming: Incoming) -> bytes:
    incoming.file.seek(0)
    return incoming.file.read(media_types.HEAD)


def _no_voice() -> InvalidInput:
    return InvalidInput("media_not_voice", field="voice", detail="A voice note must be a recording of sound.")


def _sticker_too_large(limit: int, size: int) -> InvalidInput:
    return InvalidInput(
        "sticker_too_large",
        field="file",
        limit=limit,
        count=size,
        detail=f"The sticker has {size} bytes; at most {limit} are allowed.",
    )
