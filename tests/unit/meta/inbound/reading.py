"""Read one thing from a webhook, and say how much of a shape a model knows."""

from collections.abc import Iterator
from typing import Any

from campotech_wa.meta.inbound import Item, Message, parse
from campotech_wa.meta.inbound.models.base import Shape
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.shapes import JsonObject


def only_item(change: JsonObject, *, time: Any = None) -> Item:
    [item] = parse(shapes.payload(change, time=time))
    return item


def only_message(raw: object, **value: Any) -> Message:
    items = parse(shapes.payload(shapes.change(messages=[raw], **value)))
    assert isinstance(items[0], Message)
    return items[0]


def unknown_keys(read: object, path: str = "") -> Iterator[str]:
    """Tell the keys that no model has a name for."""
    if isinstance(read, Shape):
        yield from (f"{path}.{key}" for key in read.model_extra or {})
        for name in type(read).model_fields:
            yield from unknown_keys(getattr(read, name), f"{path}.{name}")
    elif isinstance(read, list):
        for item in read:  # pyright: ignore[reportUnknownVariableType]
            yield from unknown_keys(item, path)  # pyright: ignore[reportUnknownArgumentType]
