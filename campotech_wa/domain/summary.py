"""One line in Spanish that stands for a message of any type, from the object of its type as Meta writes it."""

from collections.abc import Callable

from campotech_wa.domain import kinds, walk
from campotech_wa.domain.locale import SPANISH
from campotech_wa.domain.markup import without_marks
from campotech_wa.domain.preview import PREVIEW_LENGTH, one_line
from campotech_wa.domain.walk import Content

_ENOUGH = 4 * PREVIEW_LENGTH
"""Characters that a line can be made of; a customer may send 65,536 (webhooks.md 3)."""


def of(kind: str, content: Content) -> str:
    """Say in one line what a message is. Any type and any shape have one; an empty content too."""
    return one_line(without_marks(_of(kind, content)[:_ENOUGH])) or _name(kind)


def _of(kind: str, content: Content) -> str:
    summing_up = _SUMMARIES.get(kind)
    return (summing_up(content) if summing_up else "") or _name(kind)


def _name(kind: str) -> str:
    return kinds.name(kind, locale=SPANISH)


def _text(content: Content) -> str:
    return walk.text(content, "body")


def _image(content: Content) -> str:
    return _pictured("image", walk.text(content, "caption"))


def _video(content: Content) -> str:
    return _pictured("video", walk.text(content, "caption"))


def _audio(content: Content) -> str:
    return _name("voice") if walk.value(content, "voice") is True else ""


def _document(content: Content) -> str:
    return _pictured("document", walk.text(content, "caption") or walk.text(content, "filename"))


def _location(content: Content) -> str:
    return _pictured("location", walk.text(content, "name") or walk.text(content, "address"))


def _pictured(kind: str, words: str) -> str:
    """Put a message's own words behind the picture of its type, if it has any."""
    return f"{_name(kind).split(maxsplit=1)[0]} {words}" if words.strip() else ""


def _contacts(content: Content) -> str:
    cards = walk.items(content, "contacts")
    first = walk.text(cards, 0, "name", "formatted_name") or walk.text(cards, 0, "name", "first_name")
    more = f" y {len(cards) - 1} más" if len(cards) > 1 else ""
    return _pictured("contacts", f"{first}{more}") if first else ""


def _button(content: Content) -> str:
    return walk.text(content, "text")


def _interactive(content: Content) -> str:
    pressed = walk.text(content, "button_reply", "title") or walk.text(content, "list_reply", "title")
    if pressed:
        return pressed
    answered = next((reply for reply in ("nfm_reply", "call_permission_reply") if reply in content), "")
    if answered:
        return _name(answered)
    asked = walk.text(content, "type")
    return walk.text(content, "body", "text") or (_name(asked) if kinds.is_known(asked) else "")


def _template(content: Content) -> str:
    name = walk.text(content, "name")
    return f"[{name}]" if name else ""


def _reaction(content: Content) -> str:
    emoji = walk.text(content, "emoji")
    return f"{_name('reaction')} {emoji}" if emoji else "Reacción quitada"


def _edit(content: Content) -> str:
    kind = walk.text(content, "message", "type")
    return f"✏️ {_of(kind, walk.mapping(content, 'message', kind))}" if kind not in ("", "edit") else ""


def _order(content: Content) -> str:
    count = len(walk.items(content, "product_items"))
    return f"{_name('order')}: {count} producto{'' if count == 1 else 's'}" if count else ""


def _system(content: Content) -> str:
    return kinds.notice(walk.text(content, "type"), locale=SPANISH)


def _preference(content: Content) -> str:
    return kinds.preference(walk.text(content, "value"), locale=SPANISH)


_SUMMARIES: dict[str, Callable[[Content], str]] = {
    "text": _text,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "document": _document,
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "template": _template,
    "reaction": _reaction,
    "edit": _edit,
    "order": _order,
    "system": _system,
    "user_preferences": _preference,
}
"""Types that say more than their name."""
