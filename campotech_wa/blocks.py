"""The pieces that a bubble is drawn of, beside its words and its files: frozen values; ``draw`` names the drawing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title above the words of a message."""

    text: str
    draw: str = "heading"


@dataclass(frozen=True, slots=True)
class Footer:
    """Small print below the words."""

    text: str
    draw: str = "footer"


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map. ``url`` opens it on a real one."""

    latitude: float
    longitude: float
    name: str
    address: str
    url: str
    draw: str = "place"


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One way to reach somebody, or one fact about them. ``url`` is empty where nothing can be opened."""

    icon: str
    """phone, email, address, link or birthday."""
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A visiting card."""

    name: str
    initials: str
    organization: str
    is_own: bool
    """The customer's own number, told at our request; any other card is about somebody else (webhooks.md 3.2)."""
    lines: tuple[ContactLine, ...]
    draw: str = "card"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a message. ``url`` is set where it opens a page."""

    icon: str
    """reply, link, phone, place, form, list, product or copy."""
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The buttons below a message."""

    choices: tuple[Choice, ...]
    draw: str = "choices"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a menu, or a product of a list."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some rows under a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A list that opens from a button."""

    button: str
    sections: tuple[Section, ...]
    draw: str = "menu"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a customer chose of what we offered."""

    text: str
    note: str = ""
    draw: str = "pressed"


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values: the answers of a form, the parameters of a template."""

    title: str
    rows: tuple[tuple[str, str], ...]
    draw: str = "table"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an order, with prices as they are written."""

    name: str
    quantity: str
    price: str
    total: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a customer orders. ``total`` is empty where the prices are not of one currency."""

    items: tuple[Item, ...]
    total: str
    draw: str = "order"


@dataclass(frozen=True, slots=True)
class Advertisement:
    """Where a customer comes from."""

    title: str
    headline: str
    body: str
    url: str
    draw: str = "referral"


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that was sent by its address. It is named and never fetched by a page of ours."""

    kind: str
    name: str
    url: str
    draw: str = "linked"


@dataclass(frozen=True, slots=True)
class Slide:
    """A card of a carousel. ``file`` is the position among the message's files, -1 for none."""

    file: int
    linked: Linked | None
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Slides:
    """Cards that are looked through from side to side."""

    slides: tuple[Slide, ...]
    draw: str = "slides"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about the message, instead of its content or beside it."""

    text: str
    detail: str = ""
    draw: str = "notice"


Block = (
    Heading
    | Footer
    | Place
    | Card
    | Choices
    | Menu
    | Pressed
    | Table
    | Purchase
    | Advertisement
    | Linked
    | Slides
    | Notice
)
