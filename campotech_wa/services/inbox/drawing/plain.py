"""Texts, files, places, visiting cards, pressed buttons and orders (webhooks.md 3, sending.md 1.4)."""

from math import isfinite

from campotech_wa.blocks import Block, Card, ContactLine, Linked, Place, Pressed
from campotech_wa.domain import walk, web_links
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing import orders
from campotech_wa.services.inbox.drawing.picture import Picture

_MOST_CARDS = 20
"""Cards of one message; it may hold 257 (sending.md 1.4), of which nobody reads that many in a thread."""

_MOST_LINES = 12
"""Lines of one card."""


def text(content: Content, _: str) -> Picture | None:
    """Draw a text."""
    body = walk.text(content, "body")
    return Picture(text=body) if body else None


def file(content: Content, _: str) -> Picture:
    """Draw what stands beside a file: its caption; and the file itself where it was sent by its address."""
    named = linked(content, walk.text(content, "filename"))
    return Picture(text=walk.text(content, "caption"), above=(named,) if named else ())


def linked(content: Content, name: str = "", *, kind: str = "file") -> Linked | None:
    """Name a file that was sent by its address (sending.md 1.4); None for one that is an attachment."""
    url = web_links.web(walk.text(content, "link"))
    return Linked(kind=kind, name=name or web_links.host(url), url=url) if url else None


def location(content: Content, _: str) -> Picture | None:
    """Draw a place."""
    latitude, longitude = (
        _degrees(content, key, most) for key, most in (("latitude", 90), ("longitude", 180))
    )
    if latitude is None or longitude is None:
        return None
    name, address = walk.text(content, "name"), walk.text(content, "address")
    place = Place(latitude, longitude, name, address, web_links.point(latitude, longitude))
    return Picture(above=(place,))


def _degrees(content: Content, key: str, most: int) -> float | None:
    try:
        degrees = float(walk.words(content, key))
    except ValueError:
        return None
    return degrees if isfinite(degrees) and abs(degrees) <= most else None


def contacts(content: Content, _: str) -> Picture | None:
    """Draw visiting cards."""
    cards: tuple[Block, ...] = tuple(_card(each) for each in walk.items(content, "contacts")[:_MOST_CARDS])
    return Picture(above=cards) if cards else None


def _card(contact: Content) -> Card:
    name = walk.text(contact, "name", "formatted_name") or _composed(walk.mapping(contact, "name"))
    lines = tuple(_lines(contact))[:_MOST_LINES]
    return Card(
        name=name or (lines[0].text if lines else "—"),
        initials="".join(word[0] for word in name.split() if word[0].isalnum())[:2].upper() or "#",
        organization=" · ".join(
            filter(None, (walk.text(contact, "org", key) for key in ("title", "company")))
        ),
        is_own=walk.text(contact, "origin") == "contact_request",
        lines=lines,
    )


def _composed(name: Content) -> str:
    parts = (walk.text(name, key) for key in ("first_name", "middle_name", "last_name"))
    return " ".join(filter(None, parts))


def _lines(contact: Content) -> list[ContactLine]:
    phones = [walk.text(each, "phone") or walk.text(each, "wa_id") for each in walk.items(contact, "phones")]
    emails = [walk.text(each, "email") for each in walk.items(contact, "emails")]
    urls = [walk.text(each, "url") for each in walk.items(contact, "urls")]
    lines = [
        *(ContactLine("phone", phone, web_links.call(phone)) for phone in phones),
        *(ContactLine("email", email, web_links.write(email)) for email in emails),
        *(ContactLine("address", _address(each)) for each in walk.items(contact, "addresses")),
        *(ContactLine("link", url, web_links.web(url)) for url in urls),
        ContactLine("birthday", walk.text(contact, "birthday")),
    ]
    return [line for line in lines if line.text.strip()]


def _address(address: Content) -> str:
    return ", ".join(
        filter(None, (walk.text(address, key) for key in ("street", "city", "state", "zip", "country")))
    )


def button(content: Content, _: str) -> Picture | None:
    """Draw the quick reply of a template that was pressed."""
    pressed = walk.text(content, "text") or walk.text(content, "payload")
    return Picture(above=(Pressed(pressed),)) if pressed else None


def order(content: Content, locale: str) -> Picture | None:
    """Draw an order and what was written with it."""
    purchase = orders.purchase(walk.items(content, "product_items"), locale)
    note = walk.text(content, "text")
    return Picture(text=note, above=(purchase,)) if purchase.items or note else None
