"""Change one field of a content, and hear why it is refused."""

import re
from copy import deepcopy
from typing import Any

import pytest

from campotech_wa.errors import InvalidInput
from campotech_wa.meta import outbound


def refusal(kind: object, value: object) -> InvalidInput:
    """Check what must be refused."""
    with pytest.raises(InvalidInput) as refused:
        outbound.check(kind, value)
    return refused.value


def put(content: Any, field: str, value: object) -> Any:
    """Return a copy with another value at a path such as ``action.buttons[1].reply.title``."""
    copy: Any = deepcopy(content)
    *way, last = _steps(field)
    holder = copy
    for step in way:
        if isinstance(step, str):
            holder[step] = holder.get(step, {})
        holder = holder[step]
    holder[last] = value
    return copy


def _steps(field: str) -> list[Any]:
    return [int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", field)]


def take(content: Any, field: str) -> Any:
    """Return a copy without the key at a path."""
    copy = deepcopy(content)
    *way, last = _steps(field)
    holder = copy
    for step in way:
        holder = holder[step]
    del holder[last]
    return copy


def assert_refused(kind: str, value: object, code: str, field: str) -> None:
    """Check what must be refused for one reason; ``field`` is the path below the type's own object."""
    refused = refusal(kind, value)
    joint = "" if not field or field.startswith("[") else "."
    assert (refused.code, refused.field) == (code, f"{kind}{joint}{field}")


def assert_longest(kind: str, content: Any, field: str, limit: int) -> None:
    """A text of that many units passes, one unit more is refused with the field, the limit and the count."""
    assert outbound.check(kind, put(content, field, "x" * limit))
    # An emoji is two units: one that straddles the edge is over it.
    for over in ("x" * (limit + 1), "x" * (limit - 1) + "😀"):
        refused = refusal(kind, put(content, field, over))
        assert (refused.code, refused.field) == ("too_long", f"{kind}.{field}")
        assert (refused.limit, refused.count) == (limit, limit + 1)
        assert str(limit) in refused.detail


def assert_needs_words(kind: str, content: Any, field: str) -> None:
    """A text that says nothing, or is none, is refused."""
    for blank in ("", " ", "\n\t\u00a0"):
        assert_refused(kind, put(content, field, blank), "empty", field)
    assert_refused(kind, put(content, field, 7.5), "not_a_text", field)
