"""Single values as Meta takes them: ids, links, numbers that may be written as texts and the reverse."""

import re
from datetime import date
from typing import Annotated, Any, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from campotech_wa.meta.outbound.faults import fault
from campotech_wa.meta.outbound.limits import NOT_EMPTY

_DEEPEST = 32
"""Levels of an object whose keys are not Meta's; far more than a screen of a flow needs, far less than hurts."""
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_VISIBLE = re.compile(r"[!-~]+", re.ASCII)


def number_as_text(value: object) -> object:
    """Write an id that came as a number as the text that it is."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


def _text_as_number(value: object) -> object:
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value


def _link(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_link = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and bool(_VISIBLE.fullmatch(text))
        )
    except ValueError:
        is_link = False
    if not is_link:
        raise fault("not_a_link")
    return text


def degrees(limit: int) -> BeforeValidator:
    """Take a number or a text that is one, and write it as a text: so says Meta's file (sending.md 1.4)."""

    def read(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise fault("not_a_number")
        if not isinstance(value, str) and abs(value) > limit:
            raise fault("out_of_range", limit=limit)
        # Eight decimals are a millimetre.
        text = f"{value:.8f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value).strip()
        if not _DEGREES.fullmatch(text):
            raise fault("not_a_number")
        if abs(float(text)) > limit:
            raise fault("out_of_range", limit=limit)
        return text

    return BeforeValidator(read)


def _day(text: str) -> str:
    try:
        date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise fault("not_a_date") from None
    return text


def _no_outer_space(text: str) -> str:
    if text != text.strip():
        raise fault("outer_space")
    return text


def _not_too_deep(value: dict[str, Any]) -> dict[str, Any]:
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise fault("too_deep", limit=_DEEPEST)


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(cast("dict[str, Any]", value).values())
    return cast("list[Any]", value) if isinstance(value, list) else []


NO_OUTER_SPACE = AfterValidator(_no_outer_space)

Identifier = Annotated[str, BeforeValidator(number_as_text), NOT_EMPTY]
"""An id of Meta's or of a catalog: digits mostly, which products also write as a number."""
Link = Annotated[str, AfterValidator(_link)]
"""An address that Meta fetches or a customer opens; strange characters must be percent-encoded (sending.md 1.4)."""
Whole = Annotated[int, BeforeValidator(_text_as_number)]
Day = Annotated[str, AfterValidator(_day)]
Free = Annotated[dict[str, Any], AfterValidator(_not_too_deep)]
"""An object whose keys are the business's own."""
