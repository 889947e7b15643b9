"""Name the JSON shapes that cross the border, and read them without trusting them."""

from collections.abc import Sequence
from typing import TypeAlias, cast

JsonObject: TypeAlias = dict[str, object]
"""A decoded JSON object; its values are unknown until somebody has looked at them."""


def as_object(value: object) -> JsonObject | None:
    """Answer the value if it is a JSON object, else None."""
    return cast("JsonObject", value) if isinstance(value, dict) else None


def as_array(value: object) -> Sequence[object] | None:
    """Answer the value if it is a JSON array, else None."""
    return cast("list[object]", value) if isinstance(value, list) else None


def as_text(value: object) -> str | None:
    """Answer the value if it is a string, else None."""
    return value if isinstance(value, str) else None
