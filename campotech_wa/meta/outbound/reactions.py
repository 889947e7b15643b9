"""The object of a reaction and of its removal (sending.md 1.4)."""

from typing import Annotated

from pydantic import AfterValidator

from campotech_wa.meta.outbound import emoji, limits
from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.parts import Part


def _one_or_none(text: str) -> str:
    if text and not emoji.is_one(text):
        raise fault("not_an_emoji")
    return text


class Reaction(Part):
    """One emoji under a message; an empty one takes it away."""

    message_id: Annotated[str, limits.NOT_EMPTY]
    emoji: Annotated[str, AfterValidator(_one_or_none)]
