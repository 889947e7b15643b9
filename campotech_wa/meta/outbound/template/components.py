"""The components of a template that have variables (sending.md 3.1)."""

from typing import Annotated, Literal

from pydantic import Field, PlainValidator, SerializeAsAny

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.parts import Part, all_different, choice, reads
from campotech_wa.meta.outbound.template import buttons
from campotech_wa.meta.outbound.template.parameters import Body, CardHeader, Header
from campotech_wa.meta.outbound.values import Link, Whole


class Expiry(Part):
    """When an offer ends, in milliseconds since 1970."""

    expiration_time_ms: Annotated[Whole, Field(ge=1)]


class OfferParameter(Part):
    """An offer's end."""

    type: Literal["limited_time_offer"]
    limited_time_offer: Expiry


class LimitedTimeOffer(Part):
    """A countdown."""

    type: Literal["limited_time_offer"]
    parameters: Annotated[list[OfferParameter], Field(min_length=1, max_length=1)]


class TapTarget(Part):
    """Where a tap on the picture leads, and how that place is called."""

    url: Link
    title: Annotated[str, limits.NOT_EMPTY]


class TapTargetParameter(Part):
    """The place."""

    type: Literal["tap_target_configuration"]
    tap_target_configuration: Annotated[list[TapTarget], Field(min_length=1, max_length=1)]


class TapTargetConfiguration(Part):
    """Another place than the template's own under its picture; for verified businesses."""

    type: Literal["tap_target_configuration"]
    parameters: Annotated[list[TapTargetParameter], Field(min_length=1, max_length=1)]


def _slot(component: Part) -> str:
    """Name the place that a component fills: there is one of each kind, and a button at each index."""
    kind = str(getattr(component, "type", ""))
    return f"{kind} {component.index}" if isinstance(component, buttons.Button) else kind


_button = choice("sub_type", reads(buttons.MODELS), any_case=True)
_in_card = choice("type", {**reads({"header": CardHeader, "body": Body}), "button": _button}, any_case=True)


class Card(Part):
    """What is put into one card."""

    card_index: Annotated[Whole, Field(ge=0, le=9)]
    components: Annotated[
        list[Annotated[SerializeAsAny[Part], PlainValidator(_in_card)]],
        Field(min_length=1),
        all_different(_slot),
    ]


def _card_index(card: Card) -> int:
    return card.card_index


class Carousel(Part):
    """Cards side by side: all that the definition has."""

    type: Literal["carousel"]
    cards: Annotated[list[Card], Field(min_length=2, max_length=10), all_different(_card_index, "card_index")]


_MODELS: dict[str, type[Part]] = {
    "header": Header,
    "body": Body,
    "limited_time_offer": LimitedTimeOffer,
    "carousel": Carousel,
    "tap_target_configuration": TapTargetConfiguration,
}
_component = choice("type", {**reads(_MODELS), "button": _button}, any_case=True)

Components = Annotated[
    list[Annotated[SerializeAsAny[Part], PlainValidator(_component)]], all_different(_slot)
]
