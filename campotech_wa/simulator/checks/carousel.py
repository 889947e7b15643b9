"""Check a carousel of media or of products, and the link button that its cards share with other messages."""

from collections.abc import Iterable

from campotech_wa.simulator.checks import media
from campotech_wa.simulator.checks.part import Part, unlike
from campotech_wa.simulator.errors import refusal

MAX_LABEL = 20
MAX_CARD_BODY, MOST_LINE_BREAKS = 160, 2
FEWEST_CARDS, MOST_CARDS = 2, 10


def check_link_button(action: Part) -> None:
    """Check a button that opens a web page."""
    action.choice("name", ("cta_url",))
    parameters = action.part("parameters")
    parameters.only("display_text", "url")
    parameters.text("display_text", most=MAX_LABEL)
    parameters.link("url")


def check(action: Part) -> None:
    """Check cards in their order, all of one kind."""
    cards = action.parts("cards", least=FEWEST_CARDS, most=MOST_CARDS)
    _same([_check_card(card, position) for position, card in enumerate(cards)], action.name("cards"))


def _check_card(card: Part, position: int) -> str:
    """Answer what all cards must have in common."""
    card.whole("card_index", low=position, high=position)
    if card.optional_text("type") == "product":
        return f"product of {_check_product(card.part('action'))}"
    return f"{_check_header(card)} with {_check_button(card)}"


def _check_product(action: Part) -> str:
    action.text("product_retailer_id")
    return action.text("catalog_id")


def _check_header(card: Part) -> str:
    header = card.part("header")
    kind = header.choice("type", ("image", "video"))
    media.check_inside(header, kind)
    if card.has("body"):
        body = card.part("body")
        if body.text("text", most=MAX_CARD_BODY).count("\n") > MOST_LINE_BREAKS:
            raise refusal(
                131009, f"Param {body.name('text')} must have at most {MOST_LINE_BREAKS} line breaks."
            )
    return kind


def _check_button(card: Part) -> str:
    action = card.part("action")
    if not action.has("buttons"):
        check_link_button(action)
        return "cta_url"
    replies = [button.part("quick_reply") for button in action.parts("buttons", least=1, most=3)]
    unlike([reply.text("id", most=MAX_LABEL) for reply in replies], f"{action.name('buttons')} id")
    for reply in replies:
        reply.text("title", most=MAX_LABEL)
    return f"{len(replies)} replies"


def _same(kinds: Iterable[str], path: str) -> None:
    if len(set(kinds)) > 1:
        raise refusal(131009, f"Param {path} must have the same header and the same buttons on every card.")
