"""Buttons that have to do with calls (sending.md 1.5)."""

from typing import Annotated, Literal

from pydantic import Field

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.interactive.parts import Interactive, Label
from campotech_wa.meta.outbound.parts import Part
from campotech_wa.meta.outbound.values import Whole

LONGEST_TTL = 43_200
"""Minutes: thirty days."""


class CallParameters(Part):
    """What the button says, how long it works, and what comes back with the call."""

    display_text: Label | None = None
    ttl_minutes: Annotated[Whole, Field(ge=1, le=LONGEST_TTL)] | None = None
    payload: Annotated[str, limits.NOT_EMPTY] | None = None


class CallAction(Part):
    """The button that calls the business."""

    name: Literal["voice_call"]
    parameters: CallParameters | None = None


class VoiceCall(Interactive):
    """A message with a button to call; the number must have calling switched on."""

    type: Literal["voice_call"]
    action: CallAction


class PermissionAction(Part):
    """The question itself."""

    name: Literal["call_permission_request"]


class CallPermissionRequest(Interactive):
    """Ask whether the business may call."""

    type: Literal["call_permission_request"]
    action: PermissionAction
