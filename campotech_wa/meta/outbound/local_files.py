"""Files of our own store inside a checked content: find them, and put Meta's ids in their places.

Meta does not know ``{"id": "local:7"}``: the file with our id 7 is put up at Meta first.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from campotech_wa.meta.shapes import JsonObject

PREFIX = "local:"

_MEDIA = frozenset({"image", "video", "document", "gif"})
"""Keys that hold a file wherever they stand; only the object of a media message is one itself."""
_FOREIGN = frozenset({"data", "flow_action_data", "values", "value", "validation_errors"})
"""Keys of objects whose keys are the business's own, and mean nothing here."""


def local_media(content: JsonObject) -> list[int]:
    """Return our ids of the files that a content names, in their order, each once."""
    names = (file["id"] for file in _files(content) if _is_ours(file))
    return list(dict.fromkeys(int(name.removeprefix(PREFIX)) for name in names))


def with_media_ids(content: JsonObject, mapping: Mapping[int, str]) -> JsonObject:
    """Return a copy of a content with Meta's id in the place of each of ours.

    Raises:
        KeyError: the mapping lacks a file.
    """
    copy = cast("JsonObject", _copied(content))
    for file in _files(copy):
        if _is_ours(file):
            file["id"] = mapping[int(file["id"].removeprefix(PREFIX))]
    return copy


def _files(content: JsonObject) -> Iterator[JsonObject]:
    yield content
    yield from _below(content)


def _below(value: object) -> Iterator[JsonObject]:
    if isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from _below(item)
    if isinstance(value, dict):
        for key, inner in cast("JsonObject", value).items():
            if key in _MEDIA and isinstance(inner, dict):
                yield cast("JsonObject", inner)
            elif key not in _FOREIGN:
                yield from _below(inner)


def _is_ours(file: JsonObject) -> bool:
    name = file.get("id")
    return isinstance(name, str) and name.startswith(PREFIX)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in cast("JsonObject", value).items()}
    return [_copied(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
