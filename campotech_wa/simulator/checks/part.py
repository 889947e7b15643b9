"""Read a part of a body and refuse what Meta would, in words that name the parameter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.shapes import JsonObject, as_array, as_object

_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A JSON object and the name that Meta's errors give it, empty for the body itself."""

    values: JsonObject
    path: str = ""

    def name(self, key: str) -> str:
        """Answer how an error calls this parameter."""
        return f"{self.path}['{key}']" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether the parameter is there at all."""
        return self.values.get(key) is not None

    def only(self, *keys: str) -> None:
        """Refuse every key but these."""
        if unknown := sorted(set(self.values) - set(keys)):
            raise refusal(100, f'Unexpected key "{unknown[0]}" on param "{self.path}".')

    def text(self, key: str, *, most: int = 2**16) -> str:
        """Answer a text that must be there and may have so many characters."""
        value = self.values.get(key)
        if value is None or value == "":
            raise missing(self.name(key))
        if not isinstance(value, str):
            raise refusal(100, f"Param {self.name(key)} must be a string.")
        if len(value) > most:
            raise refusal(100, f"Param {self.name(key)} must be at most {most} characters long.")
        return value

    def optional_text(self, key: str, *, most: int = 2**16) -> str:
        """Answer a text, or nothing where it is left out."""
        return self.text(key, most=most) if self.has(key) else ""

    def link(self, key: str, *, most: int = 2000) -> str:
        """Answer a web address."""
        value = self.text(key, most=most)
        if not _LINK.fullmatch(value):
            raise refusal(131009, f"Param {self.name(key)} is not a valid URL.")
        return value

    def choice(self, key: str, options: Iterable[str]) -> str:
        """Answer one of these words."""
        value = self.text(key)
        if value not in options:
            known = ", ".join(sorted(options)).upper()
            raise refusal(100, f'Param {self.name(key)} must be one of {{{known}}} - got "{value}".')
        return value

    def flag(self, key: str) -> bool:
        """Answer a boolean, false where it is left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise refusal(100, f"Param {self.name(key)} must be a boolean.")
        return value

    def whole(self, key: str, *, low: int, high: int) -> int:
        """Answer a whole number that must be there, written as a number or as its digits."""
        value = self.values.get(key)
        if value is None:
            raise missing(self.name(key))
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
            raise refusal(100, f"Param {self.name(key)} must be an integer.")
        if not low <= int(str(value)) <= high:
            raise refusal(131009, f"Param {self.name(key)} must be from {low} to {high}.")
        return int(str(value))

    def part(self, key: str) -> "Part":
        """Answer a JSON object that must be there."""
        value = self.values.get(key)
        if value is None:
            raise missing(self.name(key))
        return part_of(value, self.name(key))

    def parts(self, key: str, *, least: int = 0, most: int = 2**16) -> list["Part"]:
        """Answer a list of JSON objects that must be there, with so many of them."""
        value = self.values.get(key)
        if value is None:
            raise missing(self.name(key))
        return parts_of(value, self.name(key), least=least, most=most)


def part_of(value: object, path: str) -> Part:
    """Answer the value as a part."""
    found = as_object(value)
    if found is None:
        raise refusal(100, f"Param {path} must be a JSON object.")
    return Part(found, path)


def parts_of(value: object, path: str, *, least: int = 0, most: int = 2**16) -> list[Part]:
    """Answer the value as a list of parts."""
    listed = as_array(value)
    if listed is None:
        raise refusal(100, f"Param {path} must be an array.")
    if not least <= len(listed) <= most:
        raise refusal(131009, f"Param {path} must have from {least} to {most} elements, not {len(listed)}.")
    return [part_of(each, f"{path}[{position}]") for position, each in enumerate(listed)]


def unlike(values: Iterable[str], path: str) -> None:
    """Refuse a value that stands twice."""
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise refusal(131009, f"Param {path} must be unique.")


def missing(name: str) -> GraphError:
    """Answer the error of a parameter that is not there."""
    return refusal(131008, f"The parameter {name} is required.")
