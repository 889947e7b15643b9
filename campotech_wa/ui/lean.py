"""Write a bubble for the browser without what it has not: most of its fields are empty most of the time.

A thread is sent whole whenever something in it changes: what is not drawn would be sent each time.
"""

from dataclasses import fields
from typing import Any, get_args

import reflex as rx

from campotech_wa import blocks, views

LEAN = (
    views.Bubble,
    views.Quote,
    views.Reaction,
    views.Waiting,
    views.SmsView,
    views.AttachmentView,
    *get_args(blocks.Block),
    blocks.Choice,
    blocks.ContactLine,
    blocks.Row,
    blocks.Section,
    blocks.Item,
    blocks.Slide,
)
"""What the drawings of the browser read, with a default for everything that may be missing."""


def register() -> None:
    """Have Reflex write these types so."""
    for kind in LEAN:
        _register(kind)


def _register(kind: type[Any]) -> None:
    names = tuple(field.name for field in fields(kind))

    def lean(value: Any) -> dict[str, Any]:
        return {name: kept for name in names if not _is_nothing(kept := getattr(value, name))}

    lean.__annotations__["value"] = kind
    rx.serializer(lean)


def _is_nothing(value: object) -> bool:
    """Tell what means the same as its absence; a zero may be a place on the equator."""
    return value is None or value is False or value in ("", ())
