"""Turn the content of a message into what a bubble draws: any type and any shape go in, something to show comes out.

``content`` and ``envelope`` are what Meta wrote, or a product: nothing here trusts a key to be there.
"""

from campotech_wa.blocks import Block, Notice
from campotech_wa.domain import kinds, walk
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing import around, interactive, notices, plain, template
from campotech_wa.services.inbox.drawing.picture import Draw, Picture
from campotech_wa.services.inbox.drawing.words import say

__all__ = ["Picture", "of"]

_BY_KIND: dict[str, Draw] = {
    "text": plain.text,
    "image": plain.file,
    "video": plain.file,
    "audio": plain.file,
    "document": plain.file,
    "sticker": plain.file,
    "location": plain.location,
    "contacts": plain.contacts,
    "order": plain.order,
    "button": plain.button,
    "interactive": interactive.draw,
    "template": template.draw,
    "system": notices.system,
    "user_preferences": notices.preference,
    "request_welcome": notices.request_welcome,
    "unsupported": notices.unsupported,
    "media_placeholder": notices.media_placeholder,
    "reaction": notices.reaction,
    "edit": notices.edit,
    "revoke": notices.revoke,
}
"""Types of messages (webhooks.md 3, sending.md 1.4)."""


def of(kind: str, content: Content, envelope: Content, *, locale: str) -> Picture:
    """Say what is drawn of a message."""
    draw = _BY_KIND.get(kind)
    picture = draw(content, locale) if draw else None
    if picture is None:
        picture = Picture(above=(_not_yet(kind, locale),))
    return around.with_surroundings(picture, kind, envelope, locale)


def _not_yet(kind: str, locale: str) -> Block:
    known = kinds.is_known(kind)
    return Notice(say("not_shown", locale), detail=kinds.name(kind, locale=locale) if known else kind[:60])


def edited(content: Content) -> tuple[str, Content]:
    """Return the type and the content that an edit puts in place of the old one (webhooks.md 3)."""
    kind = walk.text(content, "message", "type")
    return kind, walk.mapping(content, "message", kind)
