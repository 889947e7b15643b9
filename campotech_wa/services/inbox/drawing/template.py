"""A template as it was handed over: its name and the values it was filled with (sending.md 3.1)."""

from campotech_wa.blocks import Block, Choice, Choices, Heading, Slide, Slides, Table
from campotech_wa.domain import walk
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing import interactive
from campotech_wa.services.inbox.drawing.picture import Picture
from campotech_wa.services.inbox.drawing.words import say

_BUTTON_ICONS = {
    "quick_reply": "reply",
    "url": "link",
    "copy_code": "copy",
    "flow": "form",
    "voice_call": "phone",
}


def draw(content: Content, locale: str) -> Picture | None:
    """Draw a template; None where it has no name."""
    name = walk.text(content, "name")
    if not name:
        return None
    components = walk.items(content, "components")
    rows = [row for each in components for row in _rows(each, locale)]
    language = walk.text(content, "language", "code")
    table = (Table(say("parameters", locale), tuple(rows)),) if rows else ()
    return Picture(
        above=(Heading(f"{name} · {language}" if language else name), *_headers(components), *table),
        below=(*_choices(components, locale), *_slides(components, locale)),
    )


def _headers(components: list[Content]) -> list[Block]:
    parameters = [
        parameter
        for each in components
        if walk.text(each, "type") == "header"
        for parameter in walk.items(each, "parameters")
    ]
    return [
        block
        for each in parameters
        if walk.text(each, "type") != "text"
        for block in interactive.header(each)
    ]


def _rows(component: Content, locale: str) -> list[tuple[str, str]]:
    kind = walk.text(component, "type")
    if kind not in ("header", "body"):
        return []
    values = [(each, _value(each)) for each in walk.items(component, "parameters")]
    prefix = f"{say('header', locale)} " if kind == "header" else ""
    return [
        (f"{prefix}{walk.text(each, 'parameter_name') or number}", value)
        for number, (each, value) in enumerate(values, 1)
        if value
    ]


def _value(parameter: Content) -> str:
    kind = walk.text(parameter, "type")
    return (walk.words(parameter, kind) or walk.text(parameter, kind, "fallback_value"))[:300]


def _choices(components: list[Content], locale: str) -> list[Block]:
    buttons = [_choice(each, locale) for each in components if walk.text(each, "type") == "button"]
    return [Choices(tuple(buttons))] if buttons else []


def _choice(button: Content, locale: str) -> Choice:
    kind = walk.text(button, "sub_type")
    given = walk.mapping(button, "parameters", 0)
    value = walk.words(given, walk.text(given, "type"))
    number = walk.words(button, "index")
    return Choice(
        _BUTTON_ICONS.get(kind, "reply"), value[:128] or f"{say('button', locale)} {number}".strip()
    )


def _slides(components: list[Content], locale: str) -> list[Block]:
    cards = [card for each in components for card in walk.items(each, "cards")]
    slides = tuple(_slide(card, locale) for card in cards)
    return [Slides(slides)] if slides else []


def _slide(card: Content, locale: str) -> Slide:
    components = walk.items(card, "components")
    text = " · ".join(value for each in components for _, value in _rows(each, locale))
    buttons = [_choice(each, locale) for each in components if walk.text(each, "type") == "button"]
    return Slide(file=-1, linked=None, text=text, choices=tuple(buttons))
