"""What every shape of Meta's shares: unknown keys are kept, numbers and texts stand for each other."""

from typing import Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from campotech_wa.domain import storable
from campotech_wa.meta.shapes import JsonObject


class Shape(BaseModel):
    """An object of Meta's. Nearly everything may be missing: its own examples are not to be trusted (section 2)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        frozen=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,
        protected_namespaces=(),
    )

    @classmethod
    def read(cls, raw: JsonObject) -> Self | None:
        """Return the object as far as it has this shape, or None when something needed is not there.

        A detail of a wrong shape costs that detail alone.
        """
        try:
            return cls.model_validate(raw)
        except ValidationError:
            return cls._read_the_rest(raw)

    @classmethod
    def _read_the_rest(cls, raw: JsonObject) -> Self | None:
        try:
            rest = storable.tree(raw)
        except RecursionError:
            return None
        while True:
            try:
                return cls.model_validate(rest)
            except ValidationError as invalid:
                places = {_deepest(rest, fault["loc"]) for fault in invalid.errors(include_url=False)} - {()}
            if not places:
                return None
            _remove(rest, places)


class Content(Shape):
    """The object of a message's type (section 3)."""


class Told(Content):
    """A content that says something with any one of ``ANY_OF``, and nothing without."""

    ANY_OF: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(getattr(self, name) for name in self.ANY_OF):
            raise ValueError("None of the keys is there that would say something.")
        return self


class ErrorData(Shape):
    """Where Meta puts the sentence that explains an error (section 4.4)."""

    details: str | None = None


class Fault(Shape):
    """An error of a message, a status, a call or a whole value (sections 3.7 and 4.4)."""

    code: int | None = None
    title: str | None = None
    message: str | None = None
    error_data: ErrorData | None = None
    href: str | None = None


_Place = tuple[int | str, ...]


def _deepest(tree: Any, place: _Place) -> _Place:
    """Return how far a place exists: what is missing is a fault of whatever should have it."""
    for depth, step in enumerate(place):
        try:
            tree = tree[step]
        except (LookupError, TypeError):
            return place[:depth]
    return place


def _remove(tree: JsonObject, places: set[_Place]) -> None:
    """Remove what is at these places, the last first: removing from a list moves what follows."""
    for place in sorted(places, reverse=True):
        parent: Any = tree
        for step in place[:-1]:
            parent = parent[step]
        del cast("dict[int | str, Any]", parent)[place[-1]]
