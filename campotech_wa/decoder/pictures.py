"""Make small pictures of large ones, and JPEG of what Meta does not take; upright, and without metadata.

Metadata says where a photo was taken and by whom: it is the photographer's, and leaves with no thumbnail.
"""

from typing import BinaryIO

from PIL import Image, ImageOps

from campotech_wa.decoder.facts import Facts
from campotech_wa.domain.media_types import LIMITS, Kind

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/heic": "HEIF",
}
"""Only the decoder of the detected type is tried."""

MOST_PIXELS = 80_000_000
"""A picture that says it has more is a bomb: a few kilobytes that unfold to gigabytes."""

THUMBNAIL_SIDE = 640
_WHITE = (255, 255, 255)

_TRIES = ((4096, 88), (4096, 75), (2560, 78), (1600, 70))
"""Longest side and quality, until the result is small enough for Meta."""


def thumbnail(source: BinaryIO, mime_type: str, target: BinaryIO) -> Facts:
    """Write a small JPEG of a picture; return its own size, as it is meant to be seen."""
    with _opened(source, mime_type) as picture:
        orientation = picture.getexif().get(0x0112, 1)
        width, height = picture.size[::-1] if orientation >= 5 else picture.size  # noqa: PLR2004  (lies on its side)
        picture.draft("RGB", (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
        save(picture, target, THUMBNAIL_SIDE, quality=80)
    return Facts(width=width, height=height, has_thumbnail=True)


def to_jpeg(source: BinaryIO, mime_type: str, target: BinaryIO) -> None:
    """Write a picture as a JPEG that Meta takes."""
    with _opened(source, mime_type) as picture:
        for side, quality in _TRIES:
            target.seek(0)
            target.truncate()
            save(picture, target, side, quality=quality)
            if target.tell() <= LIMITS[Kind.IMAGE]:
                return
    raise ValueError("It stays too large.")


def save(picture: Image.Image, target: BinaryIO, side: int, *, quality: int) -> None:
    """Write a JPEG of at most ``side`` pixels: upright, on white, without metadata."""
    small = picture.copy()
    small.thumbnail((side, side))
    upright = ImageOps.exif_transpose(small).convert("RGBA")
    flat = Image.new("RGB", upright.size, _WHITE)
    flat.paste(upright, mask=upright)
    flat.save(target, "JPEG", quality=quality, optimize=True, progressive=True)


def _opened(source: BinaryIO, mime_type: str) -> Image.Image:
    """Open a picture, and refuse a bomb before it is decoded."""
    if mime_type == "image/heic":
        from pillow_heif import register_heif_opener  # noqa: PLC0415  (seldom needed, slow to import)

        register_heif_opener(thumbnails=False)
    picture = Image.open(source, formats=[FORMATS[mime_type]])
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("The picture has too many pixels.")
    return picture
