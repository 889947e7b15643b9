"""Meta's error codes: what each asks of the sender (reference errors.md)."""

from dataclasses import dataclass

from campotech_wa.errors import MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.shapes import as_integer, as_object, as_text

BUSY = frozenset({4, 17, 32, 341, 613, 80007, 80008, 130429, 131056, 131057, 2494100, 131064})
"""Throttling and maintenance: nothing was accepted, come back later. They come as HTTP 400, not 429."""

AMBIGUOUS = frozenset({1, 2, 131000, 131016})
"""Meta's own faults: the message may have gone out all the same (errors.md, policy X)."""


_LARGEST_CODE = 2**31 - 1
"""What the store can hold; Meta's have at most seven digits."""


@dataclass(frozen=True, slots=True)
class GraphError:
    """The error object of an answer."""

    code: int
    detail: str
    is_transient: bool


def read(body: object) -> GraphError | None:
    """Read the error object; None when the body holds none, as from a proxy on the way."""
    error = as_object(as_object(body).get("error"))
    code = as_integer(error.get("code"))
    if code is None or abs(code) > _LARGEST_CODE:
        return None
    data = error.get("error_data")
    detail = as_object(data).get("details") or as_text(data) or error.get("message")
    return GraphError(code, str(detail or ""), is_transient=error.get("is_transient") is True)


def classify(status: int, error: GraphError | None) -> MetaError:
    """Turn a refusal into the exception that says what to do about it.

    Decided on the code and never on the HTTP status, which misleads (errors.md, section 4.6): only an answer
    without an error object is judged by its status.
    """
    if error is None:
        if status == 429:  # noqa: PLR2004  (Too Many Requests)
            return MetaBusy("Meta answered 429 without an error object.")
        return MetaUnconfirmed(f"Meta answered {status} without an error object.")
    if error.code in BUSY:
        return MetaBusy(error.detail, code=error.code)
    if error.code in AMBIGUOUS or error.is_transient:
        return MetaUnconfirmed(error.detail, code=error.code)
    return MetaRefused(error.detail, code=error.code)
