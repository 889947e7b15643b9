"""What a file is, told from its own bytes and never from its name; what WhatsApp takes of it (sending.md 2)."""

from enum import StrEnum

UNKNOWN = "application/octet-stream"
MEGABYTE = 1024 * 1024

LARGEST = 100 * MEGABYTE
"""Bytes; Meta delivers and takes nothing larger."""


class Kind(StrEnum):
    """How WhatsApp shows a file."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"


LIMITS = {
    Kind.IMAGE: 5 * MEGABYTE,
    Kind.VIDEO: 16 * MEGABYTE,
    Kind.AUDIO: 16 * MEGABYTE,
    Kind.DOCUMENT: LARGEST,
    Kind.STICKER: 500 * 1024,
}
"""Bytes."""

STILL_STICKER = 100 * 1024
"""Bytes of a sticker that does not move."""

STICKER_SIDE = 512
"""Pixels, of both sides."""

ACCEPTED = {
    Kind.IMAGE: frozenset({"image/jpeg", "image/png"}),
    Kind.VIDEO: frozenset({"video/mp4", "video/3gpp"}),
    Kind.AUDIO: frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    Kind.STICKER: frozenset({"image/webp"}),
}
"""What Meta takes as each kind; a document may be anything."""

CONVERTED = {
    "image/heic": "image/jpeg",
    "image/webp": "image/jpeg",
    "audio/wav": "audio/mp4",
    "audio/webm": "audio/mp4",
    "audio/amr-wb": "audio/mp4",
    "video/webm": "video/mp4",
    "video/quicktime": "video/mp4",
}
"""What people have and Meta does not take, and what it becomes."""

RUNS_NOWHERE = frozenset(
    {
        *("image/jpeg", "image/png", "image/webp", "image/gif"),
        *("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/webm"),
        *("video/mp4", "video/3gpp", "video/webm", "video/quicktime"),
        "application/pdf",
    }
)
"""What a browser may show in place: nothing in it can run with the rights of our pages."""

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/amr-wb": "awb",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "weba",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/zip": "zip",
    "text/plain": "txt",
}
"""For a file that came without a name."""

HEAD = TAIL = 64 * 1024
"""Bytes from each end that ``detect`` wants to see."""


def natural_kind(mime_type: str) -> Kind:
    """Return how WhatsApp shows a file that nobody has said anything about."""
    return next((kind for kind, types in ACCEPTED.items() if mime_type in types), Kind.DOCUMENT)


def is_accepted(kind: Kind, mime_type: str) -> bool:
    """Tell whether Meta takes a file of this type as this kind."""
    return mime_type in ACCEPTED.get(kind, {mime_type})


def shown_as(kind: str, mime_type: str) -> Kind:
    """Return how a page can show a file: one that is not what it was said to be is offered as a download."""
    families = {Kind.IMAGE: "image/", Kind.STICKER: "image/", Kind.VIDEO: "video/", Kind.AUDIO: "audio/"}
    family = families.get(Kind(kind)) if kind in set(Kind) else None
    return Kind(kind) if family and mime_type.startswith(family) else Kind.DOCUMENT


def detect(head: bytes, tail: bytes = b"") -> str:
    """Return the type of a file from its first and last bytes; ``UNKNOWN`` when no rule knows it."""
    for offset, magic, mime_type in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return mime_type
    for look in (_riff, _ogg, _iso_media, _matroska, _mpeg_audio, _zip, _ole):
        if found := look(head, tail):
            return found
    return "text/plain" if _is_text(head) and _is_text(tail) else UNKNOWN


_MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"#!AMR-WB\n", "audio/amr-wb"),
    (0, b"#!AMR\n", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
)


def _riff(head: bytes, _: bytes) -> str:
    forms = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}
    return forms.get(head[8:12], "") if head.startswith(b"RIFF") else ""


def _ogg(head: bytes, _: bytes) -> str:
    """Only Opus: what else an Ogg may hold, WhatsApp neither sends nor takes."""
    return "audio/ogg" if head.startswith(b"OggS") and b"OpusHead" in head[:256] else ""


_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def _iso_media(head: bytes, tail: bytes) -> str:
    """Read the brand, and where it leaves that open, whether any track is a picture."""
    if head[4:8] != b"ftyp":
        return ""
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        return "" if b"avif" in head[8:64] else "image/heic"
    if brand in {b"M4A ", b"M4B "}:
        return "audio/mp4"
    if brand == b"qt  ":
        return "video/quicktime"
    if brand[:3] in {b"3gp", b"3g2"}:
        return "video/3gpp"
    return _mp4(head + tail) if brand[:3] in {b"iso", b"mp4", b"M4V", b"avc", b"das", b"f4v", b"MSN"} else ""


def _mp4(sample: bytes) -> str:
    handlers = {sample[at + 12 : at + 16] for at in _places(sample, b"hdlr")}
    return "audio/mp4" if b"soun" in handlers and b"vide" not in handlers else "video/mp4"


def _places(sample: bytes, word: bytes) -> list[int]:
    found: list[int] = []
    at = sample.find(word)
    while at >= 0:
        found.append(at)
        at = sample.find(word, at + 1)
    return found


def _matroska(head: bytes, _: bytes) -> str:
    if not head.startswith(b"\x1a\x45\xdf\xa3") or b"webm" not in head[:64]:
        return ""
    return "video/webm" if any(codec in head for codec in (b"V_VP8", b"V_VP9", b"V_AV1")) else "audio/webm"


def _mpeg_audio(head: bytes, _: bytes) -> str:
    """Read the sync word and the layer: layer 3 is MP3, none is AAC in ADTS frames."""
    if len(head) < 4 or head[0] != 0xFF:  # noqa: PLR2004  (a frame header)
        return ""
    if head[1] & 0xF6 == 0xF0:  # noqa: PLR2004
        return "audio/aac"
    is_layer_3 = head[1] & 0xE6 == 0xE2  # noqa: PLR2004
    has_rates = head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C  # noqa: PLR2004
    return "audio/mpeg" if is_layer_3 and has_rates else ""


_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)


def _zip(head: bytes, tail: bytes) -> str:
    """Look for the members of an office file in the directory, which stands at the end."""
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    names = head + tail
    if b"[Content_Types].xml" in names:
        return next((mime_type for folder, mime_type in _OFFICE if folder in names), "application/zip")
    return "application/zip"


_OLE = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)


def _ole(head: bytes, tail: bytes) -> str:
    """Look for the main stream of an old office file in the directory, wherever it stands."""
    if not head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ""
    names = head + tail
    return next((mime_type for stream, mime_type in _OLE if stream.encode("utf-16-le") in names), "")


_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b")) + b"\x7f"


def _is_text(sample: bytes) -> bool:
    """Tell whether nothing in it is a control character; any encoding that keeps ASCII will do."""
    return not sample.translate(None, delete=bytes(set(range(256)) - set(_CONTROLS)))


def is_mono_opus(head: bytes) -> bool:
    """Tell whether a recording in Ogg has the one channel that Meta wants of it."""
    at = head.find(b"OpusHead")
    return at >= 0 and head[at + 9 : at + 10] == b"\x01"


def is_animated(head: bytes) -> bool:
    """Tell whether a WebP moves: its extended header says so."""
    return head[8:16] == b"WEBPVP8X" and bool(head[20] & 0x02)
