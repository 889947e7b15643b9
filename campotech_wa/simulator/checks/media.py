"""Check an image, audio, video, document or sticker: by id or by link, and what may stand beside it."""

from campotech_wa.simulator.checks.part import Part, missing
from campotech_wa.simulator.errors import refusal

MAX_CAPTION = 1024
MAX_FILENAME = 240
"""Characters (sending.md, 1.4)."""

_BESIDE = {
    "image": ("caption",),
    "video": ("caption",),
    "audio": ("voice",),
    "document": ("caption", "filename"),
    "sticker": (),
    "gif": (),
}


def check(body: Part, kind: str) -> None:
    """Check a medium that is a message of its own."""
    medium = body.part(kind)
    medium.only("id", "link", *_BESIDE[kind])
    check_source(medium)
    medium.optional_text("caption", most=MAX_CAPTION)
    medium.optional_text("filename", most=MAX_FILENAME)
    medium.flag("voice")


def check_inside(owner: Part, kind: str) -> None:
    """Check a medium in a header or a parameter: without a caption."""
    medium = owner.part(kind)
    medium.only("id", "link", "filename")
    check_source(medium)


def check_source(medium: Part) -> None:
    """Refuse a medium with neither id nor link, or with both."""
    if medium.has("id") and medium.has("link"):
        raise refusal(100, f"Param {medium.path} must have either an id or a link, not both.")
    if medium.has("id"):
        medium.text("id")
    elif medium.has("link"):
        medium.link("link")
    else:
        raise missing(f"{medium.name('id')} or {medium.name('link')}")
