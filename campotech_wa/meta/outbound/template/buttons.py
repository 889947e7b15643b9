"""What is put into the buttons of a template (sending.md 3.1).

Buttons that take nothing (a phone number, a fixed address, a request for a number) have no component. The code of an
authentication template goes into a button of the kind ``url``.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SerializeAsAny

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.calls import LONGEST_TTL
from campotech_wa.meta.outbound.interactive.shop import Shelves
from campotech_wa.meta.outbound.parts import Part, all_different, chosen_by
from campotech_wa.meta.outbound.values import Free, Identifier, Whole, number_as_text

LAST_INDEX = 9
"""A template has ten buttons at most (sending.md 3.2)."""


def _index(text: str) -> str:
    if text not in "0123456789" or len(text) != 1:
        raise fault("out_of_range", limit=LAST_INDEX)
    return text


class Button(Part):
    """A component for the button at a position of the definition, counted from nought."""

    type: Literal["button"]
    index: Annotated[str, BeforeValidator(number_as_text), AfterValidator(_index)]


class Payload(Part):
    """What comes back when the answer is tapped."""

    type: Literal["payload"]
    payload: Annotated[str, limits.at_most(limits.PAYLOAD)]


class QuickReply(Button):
    """An answer to tap; without this component its label comes back."""

    sub_type: Literal["quick_reply"]
    parameters: Annotated[list[Payload], Field(min_length=1, max_length=1)]


class Suffix(Part):
    """The end of an address, or the code of an authentication template."""

    type: Literal["text"]
    text: Annotated[str, limits.NOT_EMPTY]


class Url(Button):
    """A page whose address ends in a variable."""

    sub_type: Literal["url"]
    parameters: Annotated[list[Suffix], Field(min_length=1, max_length=1)]


class Coupon(Part):
    """The code to copy."""

    type: Literal["coupon_code"]
    coupon_code: Annotated[str, limits.at_most(limits.COUPON_CODE)]


class CopyCode(Button):
    """A code to copy."""

    sub_type: Literal["copy_code"]
    parameters: Annotated[list[Coupon], Field(min_length=1, max_length=1)]


class FlowStart(Part):
    """What the flow is told."""

    flow_token: Annotated[str, limits.NOT_EMPTY] | None = None
    flow_action_data: Free | None = None


class FlowAction(Part):
    """How the flow starts."""

    type: Literal["action"]
    action: FlowStart


class Flow(Button):
    """A form of several screens; the component is needed even if the flow is told nothing."""

    sub_type: Literal["flow"]
    parameters: Annotated[list[FlowAction], Field(min_length=1, max_length=1)] | None = None


class CatalogPicture(Part):
    """The product whose picture stands for the catalog."""

    thumbnail_product_retailer_id: Identifier


class CatalogAction(Part):
    """How the catalog looks."""

    type: Literal["action"]
    action: CatalogPicture


class Catalog(Button):
    """The whole catalog."""

    sub_type: Literal["catalog"]
    parameters: Annotated[list[CatalogAction], Field(min_length=1, max_length=1)]


class Choice(Part):
    """Which products are shown."""

    thumbnail_product_retailer_id: Identifier
    sections: Shelves


class ChoiceAction(Part):
    """How the products are shown."""

    type: Literal["action"]
    action: Choice


class Products(Button):
    """Several products of the catalog."""

    sub_type: Literal["mpm"]
    parameters: Annotated[list[ChoiceAction], Field(min_length=1, max_length=1)]


class Ttl(Part):
    """How many minutes the button works."""

    type: Literal["ttl_minutes"]
    ttl_minutes: Annotated[Whole, Field(ge=1, le=LONGEST_TTL)]


class CallPayload(Part):
    """What comes back with the call."""

    type: Literal["payload"]
    payload: Annotated[str, limits.NOT_EMPTY]


def _type(parameter: Ttl | CallPayload) -> str:
    return parameter.type


class VoiceCall(Button):
    """A button to call the business."""

    sub_type: Literal["voice_call"]
    parameters: Annotated[
        list[
            Annotated[
                SerializeAsAny[Ttl | CallPayload],
                chosen_by("type", {"ttl_minutes": Ttl, "payload": CallPayload}, any_case=True),
            ]
        ],
        Field(min_length=1),
        all_different(_type, "type"),
    ]


MODELS: dict[str, type[Part]] = {
    "catalog": Catalog,
    "copy_code": CopyCode,
    "flow": Flow,
    "mpm": Products,
    "quick_reply": QuickReply,
    "url": Url,
    "voice_call": VoiceCall,
}
"""By the name that stands in ``sub_type``."""
