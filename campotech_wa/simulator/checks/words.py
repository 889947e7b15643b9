"""Check a text, a reaction and a location."""

import re

from campotech_wa.simulator.checks.part import Part, missing
from campotech_wa.simulator.errors import refusal

MAX_TEXT = 4096
"""Characters in a text body (sending.md, 1.4)."""

_SYMBOL = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
_CHANGE = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_SYMBOL}{_CHANGE}(?:\u200d{_SYMBOL}{_CHANGE})*"
)
"""A flag, a key, or a symbol with its colours and whatever is joined to it."""


def check_text(body: Part, kind: str) -> None:
    """Check a body of words, perhaps with a preview of its first link."""
    text = body.part(kind)
    text.only("body", "preview_url")
    text.text("body", most=MAX_TEXT)
    text.flag("preview_url")


def check_reaction(body: Part, kind: str) -> None:
    """Check one emoji on one message; an empty one takes it back."""
    reaction = body.part(kind)
    reaction.only("message_id", "emoji")
    reaction.text("message_id")
    emoji = reaction.values.get("emoji")
    if not isinstance(emoji, str):
        raise missing(reaction.name("emoji"))
    if emoji and not _EMOJI.fullmatch(emoji):
        raise refusal(131009, f"Param {reaction.name('emoji')} must be a single emoji.")


def check_location(body: Part, kind: str) -> None:
    """Check a place on the earth."""
    check_place(body.part(kind))


def check_place(place: Part) -> None:
    """Check latitude and longitude, as numbers or as their digits, and perhaps a name and an address."""
    place.only("latitude", "longitude", "name", "address")
    _degrees(place, "latitude", 90)
    _degrees(place, "longitude", 180)
    place.optional_text("name", most=1000)
    place.optional_text("address", most=1000)


def _degrees(place: Part, key: str, most: int) -> None:
    value = place.values.get(key)
    if value is None or value == "":
        raise missing(place.name(key))
    try:
        degrees = float(str(value))
    except ValueError as error:
        raise refusal(100, f"Param {place.name(key)} must be a number.") from error
    if isinstance(value, bool) or not -most <= degrees <= most:
        raise refusal(131009, f"Param {place.name(key)} must be from -{most} to {most}.")
