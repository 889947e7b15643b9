"""Read Meta's error object, from an answer or a webhook, and say what it asks of us (reference errors.md).

What each code means stands in ``domain.meta_errors``; this module knows where Meta writes it.
"""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from campotech_wa.domain import meta_errors
from campotech_wa.errors import MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.shapes import as_integer, as_object, as_text

log = logging.getLogger(__name__)

_RATE_LIMIT = 130429
"""What a bare 429 means: the request has left, and whoever sends has to go slower (errors.md, section 5)."""

_MOST_CODES = 1024
"""Meta has about 200; more can only be noise."""


@dataclass(frozen=True, slots=True)
class GraphError:
    """The error object of an answer or of a webhook (errors.md, section 1)."""

    code: int
    detail: str
    is_transient: bool = False
    subcode: int | None = None
    title: str = ""
    user_message: str = ""
    trace: str = ""
    """``fbtrace_id``: what Meta's support asks for."""


def read(body: object) -> GraphError | None:
    """Read an answer; None when it holds no error object, as from a proxy on the way."""
    return read_object(as_object(body).get("error"))


def read_object(raw: object) -> GraphError | None:
    """Read one error object, such as an item of ``errors`` in a webhook; None when it names no code."""
    error = as_object(raw)
    code = as_integer(error.get("code"))
    if code is None:
        return None
    title = as_text(error.get("error_user_title")) or as_text(error.get("title"))
    user_message = as_text(error.get("error_user_msg"))
    words = _details(error.get("error_data")) or user_message or error.get("message") or title
    return GraphError(
        code=code,
        detail=str(words or ""),
        is_transient=error.get("is_transient") is True,
        subcode=as_integer(error.get("error_subcode")),
        title=title,
        user_message=user_message,
        trace=as_text(error.get("fbtrace_id")),
    )


def judge(error: GraphError, *, status: int | None = None, registering: bool = False) -> meta_errors.Entry:
    """Look an error up in the catalogue; a code that is not listed is reported, once per process."""
    entry = meta_errors.find(
        error.code,
        subcode=error.subcode,
        is_transient=error.is_transient,
        status=status,
        title=error.title,
        registering=registering,
    )
    if not entry.is_listed:
        _report(entry.code)
    return entry


def classify(status: int, error: GraphError | None, *, registering: bool = False) -> MetaError:
    """Turn a refusal into the exception that says what to do about it.

    Decided on the code and never on the HTTP status, which misleads (errors.md, section 4.6): only an answer
    without an error object is judged by its status, and one whose code nobody knows. The exception's code is the
    one that decided, which may have come as the subcode.
    """
    if error is None:
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return MetaBusy("Meta answered 429 without an error object.", code=_RATE_LIMIT)
        return MetaUnconfirmed(f"Meta answered {status} without an error object.")
    entry = judge(error, status=status, registering=registering)
    return _exception(entry)(error.detail, code=entry.code, trace=error.trace)


def _exception(entry: meta_errors.Entry) -> type[MetaError]:
    if entry.passes_soon:
        return MetaBusy
    return MetaUnconfirmed if entry.retry is meta_errors.Retry.AMBIGUOUS else MetaRefused


def _details(data: object) -> str:
    """Return the details, which Meta writes as an object, as a text, or as a text with an object in it."""
    if not isinstance(data, str):
        return as_text(as_object(data).get("details"))
    if not data.lstrip().startswith("{"):
        return data
    try:
        return as_text(as_object(json.loads(data)).get("details"))
    except (ValueError, RecursionError):
        return data


@lru_cache(_MOST_CODES)
def _report(code: int) -> None:
    log.warning("error code not in the catalogue", extra={"code": code})
