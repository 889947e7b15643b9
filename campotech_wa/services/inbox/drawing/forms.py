"""The answers of a flow or an address form: JSON inside a text becomes a table (webhooks.md 3.3)."""

import json
from collections.abc import Mapping
from typing import cast

from campotech_wa.blocks import Heading, Table
from campotech_wa.domain import walk
from campotech_wa.domain.walk import Content
from campotech_wa.services.inbox.drawing.picture import Picture
from campotech_wa.services.inbox.drawing.words import say

_OURS = ("flow_token",)
"""Keys that came from us and tell a reader nothing."""

_MOST_ROWS = 60
_LONGEST_ANSWER = 500


def answers(reply: Content, locale: str) -> Picture | None:
    """Draw what a customer filled in."""
    title = say("address" if walk.text(reply, "name") == "address_message" else "form", locale)
    filled = _read(walk.value(reply, "response_json"))
    rows = tuple(_rows(walk.mapping(filled, "values") or filled))[:_MOST_ROWS]
    if rows:
        return Picture(above=(Table(title, rows),))
    body = walk.text(reply, "body")
    return Picture(text=body, above=(Heading(title),)) if body else None


def _read(written: object) -> Content:
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return {}
    return cast("Content", written) if isinstance(written, Mapping) else {}


def _rows(filled: Content) -> list[tuple[str, str]]:
    pairs = [(_key(key), _answer(each)) for key, each in filled.items() if key not in _OURS]
    return [(key, answer) for key, answer in pairs if answer]


def _key(key: object) -> str:
    """Make a key that a developer chose a little kinder: ``screen_0_Full_name_1`` → ``screen 0 Full name 1``."""
    return str(key).replace("_", " ").strip()[:80]


def _answer(given: object, depth: int = 0) -> str:
    """Write an answer as a person would: a list by commas, an object by its parts."""
    if isinstance(given, bool):
        return "✓" if given else "✗"
    if isinstance(given, str | int | float):
        return str(given)[:_LONGEST_ANSWER]
    if depth > 2:  # noqa: PLR2004  (deeper than a form goes)
        return "…"
    if isinstance(given, list):
        parts = [_answer(each, depth + 1) for each in cast("list[object]", given)]
    elif isinstance(given, Mapping):
        pairs = cast("Content", given).items()
        parts = [f"{_key(key)}: {_answer(each, depth + 1)}" for key, each in pairs]
    else:
        parts = []
    return ", ".join(filter(None, parts))[:_LONGEST_ANSWER]
