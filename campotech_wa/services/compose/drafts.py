"""Turn what a person or a product wants to say into a checked draft."""

from collections.abc import Callable
from typing import Any

from campotech_wa.domain import preview, storable
from campotech_wa.errors import InvalidInput
from campotech_wa.meta import payloads
from campotech_wa.meta.shapes import as_object
from campotech_wa.services.compose.writing import Draft


def text(body: object, *, preview_url: object = False) -> Draft:
    """Check a text.

    Raises:
        InvalidInput: it is empty or too long.
    """
    content = payloads.text(storable.tree(body), preview_url=preview_url)
    return Draft("text", content, preview.one_line(content["body"]))


def of_object(message: dict[str, Any]) -> Draft:
    """Check the Cloud API's own message object.

    Raises:
        InvalidInput: its type is unknown, or its object has a fault; says which.
    """
    kind = message.get("type")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise InvalidInput("type", field="type", detail=f"type must be one of: {', '.join(sorted(_CHECKS))}.")
    return check(message.get(str(kind)))


def _text_object(value: object) -> Draft:
    given = as_object(value)
    return text(given.get("body"), preview_url=given.get("preview_url"))


def _template_object(value: object) -> Draft:
    content = storable.tree(payloads.template(value))
    return Draft("template", content, preview.one_line(f"[{content['name']}]"))


_CHECKS: dict[str, Callable[[object], Draft]] = {"text": _text_object, "template": _template_object}
