"""Interactive messages as they were sent (sending.md 1.5), and what customers answer to them (webhooks.md 3.3)."""

from collections.abc import Callable

from campotech_wa.blocks import (
    Block,
    Choice,
    Choices,
    Footer,
    Heading,
    Menu,
    Notice,
    Pressed,
    Row,
    Section,
    Slide,
    Slides,
)
from campotech_wa.domain import walk, web_links
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing import forms, plain
from campotech_wa.services.inbox.drawing.picture import Picture
from campotech_wa.services.inbox.drawing.words import say

_FILES = ("image", "video", "document")


def draw(content: Content, locale: str) -> Picture | None:
    """Draw either; None for a kind that nobody knows yet."""
    kind = walk.text(content, "type")
    if kind in _ANSWERS:
        return _ANSWERS[kind](walk.mapping(content, kind), locale)
    if kind not in _ACTIONS:
        return None
    blocks = _ACTIONS[kind](walk.mapping(content, "action"), locale)
    footer = walk.text(content, "footer", "text")
    return Picture(
        text=walk.text(content, "body", "text"),
        above=tuple(header(walk.mapping(content, "header"))),
        below=(*((Footer(footer),) if footer else ()), *blocks),
    )


def header(given: Content) -> list[Block]:
    """Draw a header; its file is an attachment, unless it was sent by its address."""
    kind = walk.text(given, "type")
    title = walk.text(given, "text")
    if kind == "text":
        return [Heading(title)] if title else []
    named = (
        plain.linked(walk.mapping(given, kind), walk.text(given, kind, "filename"), kind=kind)
        if kind in _FILES
        else None
    )
    return [named] if named else []


# --- what we ask -------------------------------------------------------------------------------------------------


def _buttons(action: Content, _: str) -> list[Block]:
    return _choices(replies(action))


def replies(action: Content) -> list[Choice]:
    """Return the reply buttons of an action, of either spelling."""
    buttons = walk.items(action, "buttons")
    titles = (walk.text(each, walk.text(each, "type"), "title") for each in buttons)
    return [Choice("reply", title) for title in titles if title]


def _list(action: Content, _: str) -> list[Block]:
    sections = tuple(_section(each, "rows") for each in walk.items(action, "sections"))
    return [Menu(walk.text(action, "button"), sections)]


def _section(section: Content, rows: str) -> Section:
    lines = (
        Row(
            walk.text(each, "title") or walk.words(each, "product_retailer_id"),
            walk.text(each, "description"),
        )
        for each in walk.items(section, rows)
    )
    return Section(walk.text(section, "title"), tuple(lines))


def _cta_url(action: Content, _: str) -> list[Block]:
    return _choices([link(action)])


def link(action: Content) -> Choice:
    """Return the link button of an action."""
    url = web_links.web(walk.text(action, "parameters", "url"))
    return Choice("link", walk.text(action, "parameters", "display_text") or web_links.host(url), url)


def _flow(action: Content, locale: str) -> list[Block]:
    return _choices([Choice("form", walk.text(action, "parameters", "flow_cta") or say("form", locale))])


def _voice_call(action: Content, locale: str) -> list[Block]:
    return _choices([Choice("phone", walk.text(action, "parameters", "display_text") or say("call", locale))])


def _product(action: Content, locale: str) -> list[Block]:
    product = walk.words(action, "product_retailer_id")
    shown = Notice(product[:120]) if product else None
    return [*filter(None, (shown,)), *_choices([Choice("product", say("see_product", locale))])]


def _products(action: Content, locale: str) -> list[Block]:
    sections = tuple(_section(each, "product_items") for each in walk.items(action, "sections"))
    return [Menu(say("see_products", locale), sections)]


def _carousel(action: Content, locale: str) -> list[Block]:
    slides: list[Slide] = []
    files: dict[str, int] = {}
    for card in walk.items(action, "cards"):
        named = walk.text(card, "header", walk.text(card, "header", "type"), "id")
        # The message holds each file once, in the order of their first cards.
        file = files.setdefault(named, len(files)) if named else -1
        slides.append(_slide(card, file, locale))
    return [Slides(tuple(slides))]


def _slide(card: Content, file: int, locale: str) -> Slide:
    action = walk.mapping(card, "action")
    kind = walk.text(card, "header", "type")
    product = walk.words(action, "product_retailer_id")
    buttons = replies(action) or ([link(action)] if walk.mapping(action, "parameters") else [])
    return Slide(
        file=file,
        linked=plain.linked(walk.mapping(card, "header", kind), kind=kind),
        text=walk.text(card, "body", "text") or product,
        choices=tuple(buttons) or ((Choice("product", say("see_product", locale)),) if product else ()),
    )


def _asking(icon: str, key: str) -> Callable[[Content, str], list[Block]]:
    """Draw an action that WhatsApp itself puts words to."""
    return lambda _, locale: _choices([Choice(icon, say(key, locale))])


def _choices(choices: list[Choice]) -> list[Block]:
    return [Choices(tuple(choices))] if choices else []


_ACTIONS: dict[str, Callable[[Content, str], list[Block]]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _cta_url,
    "location_request_message": _asking("place", "send_location"),
    "request_contact_info": _asking("phone", "share_number"),
    "address_message": _asking("form", "fill_address"),
    "flow": _flow,
    "product": _product,
    "product_list": _products,
    "catalog_message": _asking("product", "see_catalog"),
    "carousel": _carousel,
    "voice_call": _voice_call,
    "call_permission_request": _asking("phone", "allow_calls"),
}


# --- what they answer --------------------------------------------------------------------------------------------


def _pressed(reply: Content, _: str) -> Picture | None:
    title = walk.text(reply, "title") or walk.words(reply, "id")
    return Picture(above=(Pressed(title, walk.text(reply, "description")),)) if title else None


def _calls(reply: Content, locale: str) -> Picture | None:
    key = {"accept": "calls_accepted", "reject": "calls_rejected"}.get(walk.text(reply, "response"))
    return Picture(text=say(key, locale), is_line=True) if key else None


_ANSWERS: dict[str, Callable[[Content, str], Picture | None]] = {
    "button_reply": _pressed,
    "list_reply": _pressed,
    "nfm_reply": forms.answers,
    "call_permission_reply": _calls,
}
