"""Cards side by side: pictures with buttons, or products (sending.md 1.5)."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, SerializeAsAny

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.parts import Body, Label, OpenPage, Picture
from campotech_wa.meta.outbound.interactive.shop import ProductAction
from campotech_wa.meta.outbound.parts import Part, all_alike, all_different
from campotech_wa.meta.outbound.values import NO_OUTER_SPACE, Whole
from campotech_wa.meta.shapes import as_object

MOST_BREAKS = 2
"""Line breaks in the body of a card."""

Position = Annotated[Whole, Field(ge=0, le=9)]


def _few_breaks(text: str) -> str:
    count = text.count("\n")
    if count > MOST_BREAKS:
        raise fault("too_many_breaks", limit=MOST_BREAKS, count=count)
    return text


class CardBody(Part):
    """A few words under the picture."""

    text: Annotated[str, limits.at_most(limits.CARD_BODY), AfterValidator(_few_breaks)]


class QuickReply(Part):
    """What a button says, and the id that comes back when it is tapped."""

    id: Annotated[str, limits.at_most(limits.CARD_BUTTON_ID), NO_OUTER_SPACE]
    title: Label


class QuickReplyButton(Part):
    """One answer."""

    type: Literal["quick_reply"]
    quick_reply: QuickReply


class QuickReplies(Part):
    """The answers of a card."""

    buttons: Annotated[list[QuickReplyButton], Field(min_length=1)]


def _card_action(value: object) -> Part:
    """Take an action with buttons as that, and any other as one that opens a page."""
    model = QuickReplies if "buttons" in as_object(value) else OpenPage
    return model.model_validate(value)


class MediaCard(Part):
    """A picture or video with words and buttons."""

    card_index: Position
    type: Literal["cta_url"] | None = None
    header: Picture
    body: CardBody | None = None
    action: Annotated[SerializeAsAny[OpenPage | QuickReplies], PlainValidator(_card_action)]


class ProductCard(Part):
    """A product."""

    card_index: Position
    type: Literal["product"]
    action: ProductAction


Card = MediaCard | ProductCard


def _card(value: object) -> Part:
    """Take a card that says it is a product as that; the others need not say what they are."""
    model = ProductCard if as_object(value).get("type") == "product" else MediaCard
    return model.model_validate(value)


def _index(card: Card) -> int:
    return card.card_index


def _kind(card: Card) -> tuple[Any, ...]:
    """Name what all cards must have in common: their headers and their buttons, or their catalog."""
    if isinstance(card, ProductCard):
        return ("product", card.action.catalog_id)
    buttons = len(card.action.buttons) if isinstance(card.action, QuickReplies) else "page"
    return (card.header.type, buttons)


class CarouselAction(Part):
    """The cards."""

    cards: Annotated[
        list[Annotated[SerializeAsAny[Card], PlainValidator(_card)]],
        Field(min_length=2, max_length=10),
        all_different(_index, "card_index"),
        all_alike(_kind),
    ]


class Carousel(Part):
    """Cards under a message, which has neither header nor footer."""

    type: Literal["carousel"]
    body: Body
    action: CarouselAction
