"""Decide what Meta takes for a medium: its kind by type, and how large it may be (sending.md, 2)."""

from campotech_wa.simulator.errors import refusal

KB, MB = 1024, 1024 * 1024
LARGEST = 100 * MB
LARGEST_STILL_STICKER = 100 * KB

LIMITS = {"audio": 16 * MB, "image": 5 * MB, "video": 16 * MB, "document": LARGEST, "sticker": 500 * KB}

_KINDS = {
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), "audio"),
    **dict.fromkeys(("image/jpeg", "image/png"), "image"),
    **dict.fromkeys(("video/mp4", "video/3gpp"), "video"),
    "image/webp": "sticker",
}
_WEBP_HEAD = 21
_ANIMATION = 0x02
"""The flag of an animated picture in a WebP file's VP8X chunk."""


def base_type(mime_type: str) -> str:
    """Answer the type without its parameters: `audio/ogg; codecs=opus` is audio/ogg."""
    return mime_type.partition(";")[0].strip().lower()


def kind_of(mime_type: str) -> str | None:
    """Answer which kind of message carries this type; None where Meta takes it for none."""
    plain = base_type(mime_type)
    # Meta lists Office, PDF and plain text, and takes other documents in practice (sending.md, 2).
    documents = plain.startswith(("application/", "text/"))
    return _KINDS.get(plain) or ("document" if documents else None)


def check_type(mime_type: str) -> str:
    """Answer the kind; raise GraphError for a type that may not be uploaded."""
    kind = kind_of(mime_type)
    if kind is None:
        known = ", ".join((*_KINDS, "text/plain", "application/pdf"))
        raise refusal(100, f"Param file must be a file with one of the following types: {known}.")
    return kind


def check_size(kind: str, size: int, head: bytes) -> None:
    """Raise GraphError for what is empty, or larger than its kind may be; `head` is how the file begins."""
    limit = LIMITS[kind]
    if kind == "sticker" and not is_animated(head):
        limit = LARGEST_STILL_STICKER
    if not 0 < size <= limit:
        raise refusal(131053, f"Param file of kind {kind} must have from 1 to {limit} bytes, not {size}.")


def is_animated(head: bytes) -> bool:
    """Tell whether a WebP file that begins so holds more than one picture."""
    return len(head) >= _WEBP_HEAD and head[12:16] == b"VP8X" and bool(head[20] & _ANIMATION)
