"""Read JSON that may have any shape: what is not as expected reads as empty, and nothing raises."""

from typing import Any, cast

JsonObject = dict[str, Any]

_LARGEST_INTEGER = 2**31 - 1


def as_object(value: object) -> JsonObject:
    """Return an object, or an empty one."""
    return cast("JsonObject", value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Return a list, or an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Return a text, or an empty one."""
    return value if isinstance(value, str) else ""


def as_integer(value: object) -> int | None:
    """Return a whole number that fits a column, which Meta writes as a number or as a text, or None."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if abs(number) <= _LARGEST_INTEGER else None
