"""Read a template as Meta lists it, whatever its shape, into its parts and the values they take (sending.md 3.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campotech_wa.domain import walk
from campotech_wa.domain.walk import Content

VARIABLE = re.compile(r"\{\{\s*(\w{1,100})\s*\}\}")
"""``{{1}}``, or ``{{nombre}}`` where the template names its values."""

WORDS = "TEXT"
"""The format of a header that is words."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button, by its position in the definition."""

    kind: str
    label: str
    url: str

    @property
    def is_variable(self) -> bool:
        """Whether its address ends in a value."""
        return bool(VARIABLE.search(self.url))


@dataclass(frozen=True, slots=True)
class Definition:
    """The parts of a template, or of one card of it; what it does not have is empty."""

    header_format: str
    """TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION and others; empty where there is no header."""
    header: str
    body: str
    footer: str
    buttons: tuple[Button, ...]
    offer_ends: bool
    """It counts down to a moment that each message tells."""
    cards: tuple["Definition", ...]
    is_known: bool
    """Whether Meta has listed its parts at all; a webhook alone tells no more than its name."""


def variables(text: str) -> list[str]:
    """Return the values that a text takes, each once, in their order."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def read(template: object) -> Definition:
    """Read a template: an object with ``components``. A card has parts as a template has, but no cards."""
    carousels = (each for each in walk.items(template, "components") if _word(each, "type") == "CAROUSEL")
    cards = (card for each in carousels for card in walk.items(each, "cards"))
    return replace(_read(template), cards=tuple(_read(card) for card in cards))


def _read(template: object) -> Definition:
    components = walk.items(template, "components")
    parts = {_word(each, "type"): each for each in reversed(components)}
    header = parts.get("HEADER", {})
    return Definition(
        header_format=(_word(header, "format") or WORDS) if header else "",
        header=walk.text(header, "text"),
        body=walk.text(parts.get("BODY"), "text"),
        footer=walk.text(parts.get("FOOTER"), "text"),
        buttons=tuple(_buttons(parts.get("BUTTONS", {}))),
        offer_ends=_ends(parts.get("LIMITED_TIME_OFFER", {})),
        cards=(),
        is_known=bool(components),
    )


def _buttons(component: Content) -> Iterator[Button]:
    for raw in walk.items(component, "buttons"):
        yield Button(_word(raw, "type"), walk.text(raw, "text"), walk.text(raw, "url"))


def _ends(component: Content) -> bool:
    return walk.value(component, "limited_time_offer", "has_expiration") is True


def _word(tree: Content, key: str) -> str:
    return walk.text(tree, key).upper()
