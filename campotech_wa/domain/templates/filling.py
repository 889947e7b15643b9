"""Read what a message puts into a template, whatever its shape (sending.md 3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campotech_wa.domain import walk
from campotech_wa.domain.walk import Content

_WORDS = {
    "text": ("text",),
    "currency": ("currency", "fallback_value"),
    "date_time": ("date_time", "fallback_value"),
}
"""Where the words of a value stand; the older kinds are shown by their fallback."""


@dataclass(frozen=True, slots=True)
class Button:
    """What goes into the button at a position."""

    kind: str
    value: str
    """The end of its address, or the code to copy."""


@dataclass(frozen=True, slots=True)
class Filling:
    """The values for a template, or for one card of it."""

    header_kind: str
    """text, image, video, document, location and others; empty where nothing is given."""
    header: Mapping[str, str]
    """Words by the name of their variable, or by their position, which counts from one."""
    body: Mapping[str, str]
    buttons: Mapping[int, Button]
    has_offer: bool
    cards: Mapping[int, "Filling"]


NOTHING = Filling("", {}, {}, {}, has_offer=False, cards={})


def read(content: object) -> Filling:
    """Read the object of a template message: an object with ``components``. A card has no cards."""
    carousels = (each for each in walk.items(content, "components") if _word(each, "type") == "carousel")
    cards = (card for each in carousels for card in walk.items(each, "cards"))
    return replace(_read(content), cards={_position(card, "card_index"): _read(card) for card in cards})


def _read(content: object) -> Filling:
    components = walk.items(content, "components")
    parts = {_word(each, "type"): each for each in reversed(components)}
    header = parts.get("header", {})
    return Filling(
        header_kind=_word(walk.mapping(header, "parameters", 0), "type"),
        header=_values(header),
        body=_values(parts.get("body", {})),
        buttons=dict(_button(each) for each in components if _word(each, "type") == "button"),
        has_offer="limited_time_offer" in parts,
        cards={},
    )


def _values(component: Content) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, parameter in enumerate(walk.items(component, "parameters"), 1):
        words = _WORDS.get(_word(parameter, "type"))
        if words is not None:
            found[walk.text(parameter, "parameter_name") or str(number)] = walk.text(parameter, *words)
    return found


def _button(component: Content) -> tuple[int, Button]:
    given = walk.mapping(component, "parameters", 0)
    value = walk.text(given, "text") or walk.text(given, "coupon_code")
    return _position(component, "index"), Button(_word(component, "sub_type"), value)


def _position(tree: Content, key: str) -> int:
    """Read a position, which Meta takes as a number or as a text; one that is none is nowhere."""
    written = walk.words(tree, key)
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= len("99") else -1


def _word(tree: Content, key: str) -> str:
    return walk.text(tree, key).lower()
