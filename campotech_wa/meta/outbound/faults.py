"""Say what is wrong with a field, from inside a check; ``refusals`` turns it into the error that callers see."""

from collections.abc import Sequence

from pydantic_core import PydanticCustomError

Step = str | int
"""One step of the way to a field: a key, or a position in a list."""


def fault(
    code: str,
    *,
    limit: int | None = None,
    count: int | None = None,
    below: Sequence[Step] = (),
    choices: Sequence[str] = (),
) -> PydanticCustomError:
    """Build a fault with a code of ``domain.wording_input``.

    ``below`` leads from the value under check to the culprit inside it; ``choices`` are what would have done.
    """
    context = {"limit": limit, "count": count, "below": tuple(below), "choices": tuple(choices)}
    # The sentence is made later, where the whole path is known: this text is never shown.
    return PydanticCustomError("refused", "{code}", {"code": code, **context})
