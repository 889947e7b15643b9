"""A form of several screens inside WhatsApp (sending.md 1.5)."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from campotech_wa.meta.outbound import emoji, limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.interactive.parts import Interactive
from campotech_wa.meta.outbound.parts import Part, only_one_of
from campotech_wa.meta.outbound.values import Free, Identifier, number_as_text


def _no_emoji(text: str) -> str:
    if emoji.is_in(text):
        raise fault("emoji")
    return text


def _not_empty(data: dict[str, object]) -> dict[str, object]:
    if not data:
        raise fault("empty")
    return data


class FirstScreen(Part):
    """Where the flow begins, and what that screen is told; no data is left out rather than empty."""

    screen: Annotated[str, limits.NOT_EMPTY] | None = None
    data: Annotated[Free, AfterValidator(_not_empty)] | None = None


class FlowParameters(Part):
    """Which flow, and how it starts."""

    flow_message_version: Annotated[Literal["3"], BeforeValidator(number_as_text)]
    flow_id: Identifier | None = None
    flow_name: Annotated[str, limits.NOT_EMPTY] | None = None
    flow_cta: Annotated[str, limits.at_most(limits.FLOW_BUTTON), AfterValidator(_no_emoji)]
    flow_token: Annotated[str, limits.NOT_EMPTY] | None = None
    mode: Literal["draft", "published"] | None = None
    flow_action: Literal["navigate", "data_exchange"] | None = None
    flow_action_payload: FirstScreen | None = None

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        only_one_of(self, "flow_id", "flow_name")
        return self


class FlowAction(Part):
    """The button that opens the flow."""

    name: Literal["flow"]
    parameters: FlowParameters


class Flow(Interactive):
    """A message with a flow."""

    type: Literal["flow"]
    action: FlowAction
