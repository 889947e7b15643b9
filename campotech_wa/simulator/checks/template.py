"""Check a template message: its name, its language, and every component with its parameters (sending.md, 3.1)."""

import re
from collections.abc import Callable

from campotech_wa.simulator.checks import media, template_buttons, words
from campotech_wa.simulator.checks.part import Part
from campotech_wa.simulator.errors import refusal

MAX_HEADER, MAX_BODY = 60, 1024
FEWEST_CARDS, MOST_CARDS = 2, 10

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_FORBIDDEN = re.compile(r"[\n\t]| {5}")


def check(body: Part, kind: str) -> None:
    """Check everything that can be told without the template's definition."""
    template = body.part(kind)
    name = template.text("name")
    if not _NAME.fullmatch(name):
        raise refusal(132001, f"Template name ({name}) does not exist.")
    template.part("language").text("code")
    if template.has("components"):
        _check_components(template, most_cards=MOST_CARDS)


def _check_components(owner: Part, *, most_cards: int) -> None:
    for component in owner.parts("components"):
        kind = component.text("type").lower()
        if kind not in _COMPONENTS or (kind == "carousel" and not most_cards):
            raise refusal(100, f'Param {component.name("type")} may not be "{kind}".')
        _COMPONENTS[kind](component)


def _check_header(header: Part) -> None:
    parameters = _parameters(header)
    if len(parameters) > 1:
        raise refusal(132000, f"Param {header.name('parameters')} must have at most one element.")
    for parameter in parameters:
        _check_parameter(parameter, most=MAX_HEADER)


def _check_body(body: Part) -> None:
    parameters = _parameters(body)
    for parameter in parameters:
        _check_parameter(parameter, most=MAX_BODY)
    if sum(len(str(parameter.values.get("text", ""))) for parameter in parameters) > MAX_BODY:
        raise refusal(132005, f"Param {body.name('parameters')} make a text of over {MAX_BODY} characters.")
    if len({parameter.has("parameter_name") for parameter in parameters}) > 1:
        raise refusal(132012, f"Param {body.name('parameters')} must be all named or all positional.")


def _check_parameter(parameter: Part, *, most: int) -> None:
    kind = parameter.choice("type", ("text", *_PARAMETERS))
    parameter.optional_text("parameter_name")
    if kind == "text":
        check_words(parameter, most=most)
    else:
        _PARAMETERS[kind](parameter)


def check_words(parameter: Part, *, most: int) -> None:
    """Check words that stand in for a variable: on one line, without wide gaps."""
    if _FORBIDDEN.search(parameter.text("text", most=most)):
        words_of_meta = "cannot have new-line/tab characters or more than 4 consecutive spaces."
        raise refusal(132018, f"Param {parameter.name('text')} {words_of_meta}")


def _check_medium(parameter: Part) -> None:
    media.check_inside(parameter, parameter.text("type"))


def _check_location(parameter: Part) -> None:
    words.check_place(parameter.part("location"))


def _check_product(parameter: Part) -> None:
    product = parameter.part("product")
    product.text("product_retailer_id")
    product.optional_text("catalog_id")


def _check_currency(parameter: Part) -> None:
    currency = parameter.part("currency")
    currency.text("fallback_value")
    currency.text("code")
    currency.whole("amount_1000", low=-(10**15), high=10**15)


def _check_date_time(parameter: Part) -> None:
    parameter.part("date_time").text("fallback_value")


def _check_offer(component: Part) -> None:
    for parameter in component.parts("parameters", least=1, most=1):
        offer = parameter.part("limited_time_offer")
        offer.whole("expiration_time_ms", low=1, high=10**15)


def _check_tap_target(component: Part) -> None:
    for parameter in component.parts("parameters", least=1, most=1):
        for target in parameter.parts("tap_target_configuration", least=1):
            target.link("url")
            target.text("title")


def _check_carousel(component: Part) -> None:
    for card in component.parts("cards", least=FEWEST_CARDS, most=MOST_CARDS):
        card.whole("card_index", low=0, high=MOST_CARDS - 1)
        _check_components(card, most_cards=0)


def _check_button(component: Part) -> None:
    template_buttons.check(component, _parameters(component))


def _parameters(component: Part) -> list[Part]:
    return component.parts("parameters") if component.has("parameters") else []


_PARAMETERS: dict[str, Callable[[Part], None]] = {
    "currency": _check_currency,
    "date_time": _check_date_time,
    "location": _check_location,
    "product": _check_product,
    **dict.fromkeys(("image", "video", "document", "gif"), _check_medium),
}
_COMPONENTS: dict[str, Callable[[Part], None]] = {
    "header": _check_header,
    "body": _check_body,
    "button": _check_button,
    "carousel": _check_carousel,
    "limited_time_offer": _check_offer,
    "tap_target_configuration": _check_tap_target,
}
