"""Up to three answers to tap (sending.md 1.5)."""

from typing import Annotated, Literal

from pydantic import Field

from campotech_wa.meta.outbound import limits
from campotech_wa.meta.outbound.interactive.parts import Interactive, Label
from campotech_wa.meta.outbound.parts import Part, all_different
from campotech_wa.meta.outbound.values import NO_OUTER_SPACE


class Reply(Part):
    """What the button says, and the id that comes back when it is tapped."""

    id: Annotated[str, limits.at_most(limits.BUTTON_ID), NO_OUTER_SPACE]
    title: Label


class Button(Part):
    """One answer."""

    type: Literal["reply"]
    reply: Reply


def _id(button: Button) -> str:
    return button.reply.id


def _title(button: Button) -> str:
    return button.reply.title


class ButtonAction(Part):
    """The answers."""

    buttons: Annotated[
        list[Button],
        Field(min_length=1, max_length=3),
        all_different(_id, "reply", "id"),
        all_different(_title, "reply", "title"),
    ]


class Buttons(Interactive):
    """A message with answers to tap."""

    type: Literal["button"]
    action: ButtonAction
