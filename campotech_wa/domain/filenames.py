"""Names of files as strangers write them: made harmless, and written into a header that every browser reads."""

import re
import unicodedata
from urllib.parse import quote

from campotech_wa.domain.media_types import EXTENSIONS

LONGEST = 240
"""Characters that every file system takes; also what WhatsApp shows (sending.md 1.4)."""

_LONGEST_EXTENSION = 10

_SEPARATORS = re.compile(r'[/\\:*?"<>|]+')
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control characters, and marks that turn the direction of writing: with one, "exe.pdf" can be "fdp.exe"."""


def clean(name: str) -> str:
    """Return the name without folders, and without anything that a screen or a disk takes for something else."""
    visible = "".join(each for each in name if unicodedata.category(each) not in _UNSAFE_CATEGORIES)
    plain = _SEPARATORS.sub("_", re.split(r"[/\\]", visible)[-1]).strip(". ")
    if len(plain) <= LONGEST:
        return plain
    stem, dot, extension = plain.rpartition(".")
    room = LONGEST - len(dot) - len(extension)
    return f"{stem[:room]}{dot}{extension}" if len(extension) <= _LONGEST_EXTENSION else plain[:LONGEST]


def named_as(name: str, mime_type: str) -> str:
    """Return the name with the extension of what the file has become."""
    extension = EXTENSIONS.get(mime_type)
    if not name or extension is None or name.lower().endswith(f".{extension}"):
        return name
    return f"{name.rpartition('.')[0] or name}.{extension}"


def disposition(name: str, *, inline: bool) -> str:
    """Return the ``Content-Disposition`` header: a name in ASCII, and the true one beside it (RFC 5987, 6266)."""
    harmless = clean(name) or "file"
    ascii_name = (
        unicodedata.normalize("NFKD", harmless).encode("ascii", "ignore").decode().strip(". ") or "file"
    )
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(harmless, safe='')}"
