"""Make what comes from outside fit for PostgreSQL, which holds neither NUL nor surrogates without a pair.

Its JSON knows no infinity either, and no number that is none; Python's parser reads both.
"""

from math import isfinite
from typing import Any

_REPLACEMENT = "\ufffd"


def text(value: str) -> str:
    """Replace what can not be stored with U+FFFD, and nothing else."""
    if value.isascii():
        return value.replace("\x00", _REPLACEMENT)
    paired = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return paired.replace("\x00", _REPLACEMENT)


def tree(value: Any) -> Any:
    """Do the same for every text of a JSON value, keys included; a number that JSON does not know becomes null."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {text(str(key)): tree(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [tree(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value
