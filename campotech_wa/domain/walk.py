"""Follow a path into JSON of any shape: what is not there, or is something else, reads as empty; nothing raises."""

from collections.abc import Mapping
from typing import cast

Content = Mapping[str, object]


def value(tree: object, *path: str | int) -> object:
    """Return what stands at the end of a path of keys and positions; None when there is no such path."""
    for step in path:
        if isinstance(step, str):
            tree = cast("Content", tree).get(step) if isinstance(tree, Mapping) else None
        else:
            tree = _at(tree, step)
    return tree


def text(tree: object, *path: str | int) -> str:
    """Return the text at the end of a path, or an empty one."""
    found = value(tree, *path)
    return found if isinstance(found, str) else ""


def words(tree: object, *path: str | int) -> str:
    """Return a text or a number as a person would read it, or nothing: Meta writes some values as either."""
    found = value(tree, *path)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def mapping(tree: object, *path: str | int) -> Content:
    """Return the object at the end of a path, or an empty one."""
    found = value(tree, *path)
    return cast("Content", found) if isinstance(found, Mapping) else {}


def items(tree: object, *path: str | int) -> list[Content]:
    """Return the objects of the list at the end of a path; anything else in it is left out."""
    found = value(tree, *path)
    things = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("Content", thing) for thing in things if isinstance(thing, Mapping)]


def _at(tree: object, position: int) -> object:
    things = cast("list[object]", tree) if isinstance(tree, list) else []
    return things[position] if -len(things) <= position < len(things) else None
