"""What a piece of news becomes: a severity and a sentence in both languages."""

from dataclasses import dataclass
from typing import Any

from campotech_wa.domain.account_words import Tone
from campotech_wa.domain.locale import pick

Payload = dict[str, Any]

_LONGEST_DETAIL = 200


@dataclass(frozen=True, slots=True)
class Told:
    """News, ready to be shown."""

    tone: Tone
    spanish: str
    english: str

    def sentence(self, locale: str) -> str:
        """Say it."""
        return pick((self.spanish, self.english), locale)


def text(payload: Payload, *path: str) -> str:
    """Return a text that stands somewhere in a payload, or an empty one: nothing that Meta sends is certain."""
    found: Any = payload
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return ""
    return str(found)[:_LONGEST_DETAIL]


def first(payload: Payload, name: str) -> Payload:
    """Return the first object of a list, or an empty one."""
    found = payload.get(name)
    inside: Any = found[0] if isinstance(found, list) and found else {}  # pyright: ignore[reportUnknownVariableType]
    return inside if isinstance(inside, dict) else {}  # pyright: ignore[reportUnknownVariableType]
