"""Everything that can be sent: check the object of a type, and build the body of a request (sending.md 1 and 3.1).

What comes out of ``check`` is what is stored as a message's content, and what goes to Meta.
"""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from campotech_wa.meta.outbound import refusals
from campotech_wa.meta.outbound.envelope import Context, body, read_receipt
from campotech_wa.meta.outbound.interactive import AnyInteractive
from campotech_wa.meta.outbound.local_files import local_media, with_media_ids
from campotech_wa.meta.outbound.media import Audio, Captioned, Document, Media
from campotech_wa.meta.outbound.people import Contacts
from campotech_wa.meta.outbound.places import Location
from campotech_wa.meta.outbound.reactions import Reaction
from campotech_wa.meta.outbound.template import Template
from campotech_wa.meta.outbound.text import Text
from campotech_wa.meta.shapes import JsonObject

__all__ = [
    "FREE_TYPES",
    "QUOTING_TYPES",
    "TYPES",
    "body",
    "check",
    "check_context",
    "local_media",
    "read_receipt",
    "with_media_ids",
]

_MODELS: dict[str, TypeAdapter[Any]] = {
    "audio": TypeAdapter(Audio),
    "contacts": TypeAdapter(Contacts),
    "document": TypeAdapter(Document),
    "image": TypeAdapter(Captioned),
    "interactive": TypeAdapter(AnyInteractive),
    "location": TypeAdapter(Location),
    "reaction": TypeAdapter(Reaction),
    "sticker": TypeAdapter(Media),
    "template": TypeAdapter(Template),
    "text": TypeAdapter(Text),
    "video": TypeAdapter(Captioned),
}

TYPES = frozenset(_MODELS)
FREE_TYPES = TYPES - {"template"}
"""Types that need an open customer service window (sending.md 1.3)."""
QUOTING_TYPES = TYPES - {"reaction", "template"}
"""Types that may quote a message: Meta forbids it of reactions and ignores it in templates (sending.md 1.1)."""


def check(kind: object, value: object) -> JsonObject:
    """Return the object of a type as Meta takes it: numbers and texts where it wants them, nothing that is null.

    Raises:
        InvalidInput: the type is unknown, or its object can never be accepted; says which field and which limit.
    """
    model = _MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise refusals.refusal("unknown_type", ["type"], choices=sorted(TYPES))
    if value is None:
        raise refusals.refusal("missing", [str(kind)])
    if kind == "contacts":
        return _checked(model, value if _is_kept_list(value) else {"contacts": value}, [])
    return _checked(model, value, [str(kind)])


def check_context(value: object, *, kind: str) -> JsonObject | None:
    """Return which message is quoted, None if none is.

    Raises:
        InvalidInput: it names no message, or a message of this type can not quote.
    """
    if value is None:
        return None
    if kind not in QUOTING_TYPES:
        raise refusals.refusal("not_allowed", ["context"])
    return _checked(_CONTEXT, value, ["context"])


_CONTEXT = TypeAdapter(Context)


def _is_kept_list(value: object) -> bool:
    """Tell whether a value is the object in which contacts are kept, and not Meta's own list of them."""
    return isinstance(value, dict) and "contacts" in value


def _checked(model: TypeAdapter[Any], value: object, place: list[str]) -> JsonObject:
    try:
        return model.validate_python(value).model_dump(exclude_none=True)
    except ValidationError as failure:
        raise refusals.first(place, failure) from None
