"""Turn what Pydantic found into ``InvalidInput``: a stable code, the path of the field, the limit and the count."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from campotech_wa.domain import storable, wording_input
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.outbound.faults import Step

_DEEPEST = 16
"""Steps of a path that are told: Meta's own objects end before."""
_LONGEST_KEY = 60
"""Characters of a key that are told: one that the caller made up can be of any length."""

CODES = {
    "missing": "missing",
    "extra_forbidden": "not_allowed",
    "too_long": "too_many",
    "too_short": "too_few",
    "string_type": "not_a_text",
    "bool_type": "not_a_boolean",
    "int_type": "not_a_number",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
    "literal_error": "unknown_value",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_big",
}
"""Pydantic's own names for what our models can run into."""

_LIMITS = ("max_length", "min_length", "ge", "le")
"""Where Pydantic tells a limit."""


def first(place: Sequence[Step], failure: ValidationError) -> InvalidInput:
    """Return the first thing that is wrong with what stands at ``place``; one is enough to mend it."""
    found = failure.errors(include_url=False, include_input=False)[0]
    steps: list[Step] = [*place, *found["loc"]]
    context = found.get("ctx", {})
    return _own(context, steps) if found["type"] == "refused" else _pydantics(found["type"], context, steps)


def refusal(
    code: str,
    steps: Sequence[Step],
    *,
    limit: int | None = None,
    count: int | None = None,
    choices: Sequence[str] = (),
) -> InvalidInput:
    """Build the error about the field that ``steps`` lead to."""
    field = path(steps)
    detail = wording_input.detail(code, field, limit=limit, count=count)
    if choices:
        detail = f"{detail} One of: {', '.join(choices)}."
    return InvalidInput(code, field=field, detail=detail, limit=limit, count=count)


def path(steps: Sequence[Step]) -> str:
    """Write the way to a field: ``interactive.action.buttons[1].reply.title``."""
    told = (f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in steps[:_DEEPEST])
    return "".join(told).removeprefix(".")


def _key(key: str) -> str:
    clean = storable.text(key)
    return clean if len(clean) <= _LONGEST_KEY else f"{clean[:_LONGEST_KEY]}…"


def _own(context: dict[str, Any], steps: list[Step]) -> InvalidInput:
    return refusal(
        context["code"],
        [*steps, *context["below"]],
        limit=context["limit"],
        count=context["count"],
        choices=context["choices"],
    )


def _pydantics(problem: str, context: dict[str, Any], steps: list[Step]) -> InvalidInput:
    return refusal(
        CODES.get(problem, "invalid"),
        steps,
        limit=next((context[name] for name in _LIMITS if name in context), None),
        count=context.get("actual_length"),
        choices=_expected(context),
    )


def _expected(context: dict[str, Any]) -> list[str]:
    """Read the words of a literal: Pydantic tells ``'a', 'b' or 'c'``."""
    return [
        word.strip("' ") for word in str(context.get("expected", "")).replace(" or ", ",").split(",") if word
    ]
