"""Find the files that a message's content speaks of, so that they can be fetched before Meta forgets them."""

from collections.abc import Iterator
from typing import Any, Final, cast

from campotech_wa.meta.inbound.items import MediaReference
from campotech_wa.meta.inbound.models.interactive import answers_in
from campotech_wa.meta.inbound.scalars import digest, identifier
from campotech_wa.meta.shapes import JsonObject, as_object, as_text

_KINDS: Final = frozenset({"image", "video", "audio", "document", "sticker"})

_MOST_OF_A_FORM: Final = 100
"""A form sends at most ten files (sending.md 1.6); a bound for a text that anybody fills in."""


def media(kind: str, content: JsonObject) -> tuple[MediaReference, ...]:
    """Return the files of a message of this type: its own, those of what an edit puts there, those of a form."""
    if kind in _KINDS:
        return _own(kind, content)
    if kind == "edit":
        edited = as_object(content.get("message"))
        inner = as_text(edited.get("type"))
        return _own(inner, as_object(edited.get(inner))) if inner in _KINDS else ()
    if kind == "interactive":
        return _of_form(as_object(content.get("nfm_reply")))
    return ()


def _own(kind: str, content: JsonObject) -> tuple[MediaReference, ...]:
    meta_id = identifier(content.get("id"))
    if not meta_id:
        return ()
    return (
        MediaReference(
            kind=kind,
            meta_id=meta_id,
            mime_type=as_text(content.get("mime_type")),
            sha256=digest(content.get("sha256")),
            filename=as_text(content.get("filename")) or as_text(content.get("file_name")),
        ),
    )


def _of_form(reply: JsonObject) -> tuple[MediaReference, ...]:
    """Files of a form are objects somewhere in its answers, with an id, a type and a digest (3.3)."""
    return tuple(
        reference
        for answer in _objects(answers_in(reply.get("response_json")))
        if as_text(answer.get("mime_type")) and digest(answer.get("sha256"))
        for reference in _own(_kind_of(as_text(answer["mime_type"])), answer)
    )[:_MOST_OF_A_FORM]


def _kind_of(mime_type: str) -> str:
    family = mime_type.split("/", 1)[0]
    return family if family in {"image", "video", "audio"} else "document"


def _objects(answers: JsonObject) -> Iterator[JsonObject]:
    """Walk in order and without recursion: how deep the answers are is up to whoever fills the form in."""
    waiting: list[Any] = [answers]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield cast("JsonObject", value)
            waiting.extend(reversed(list(cast("JsonObject", value).values())))
        elif isinstance(value, list):
            waiting.extend(reversed(cast("list[Any]", value)))
