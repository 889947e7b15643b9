"""Hold what a message puts into a template against what the template takes: everything that is wrong, part by part.

Only what sending.md 3.1 says for sure is a problem; the rest is Meta's to judge.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from campotech_wa.domain.templates import definition, filling
from campotech_wa.domain.templates.definition import WORDS, Definition, variables
from campotech_wa.domain.templates.filling import Filling
from campotech_wa.domain.templates.text import filled
from campotech_wa.domain.units import units

LONGEST_BODY = 1024
"""Of the body once its values stand in it (132005)."""

_LONGEST_NAME = 60
"""Characters of a name that are told: one that the caller made up can be of any length."""

_TOLD = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT"})
"""Formats of a header that is told with every message: the definition holds a sample at most."""

_NEEDED = {"URL": "url", "OTP": "url", "COPY_CODE": "copy_code", "MPM": "mpm"}
"""Buttons that can not do without a value, a URL only if it ends in one; and of which kind that is."""
_TAKEN = _NEEDED | {
    "QUICK_REPLY": "quick_reply",
    "FLOW": "flow",
    "CATALOG": "catalog",
    "VOICE_CALL": "voice_call",
}
"""Buttons that can take something."""
_BARE = frozenset({"PHONE_NUMBER", "REQUEST_CONTACT_INFO", "SPM"})
"""Buttons that take nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that is missing, too many, or of the wrong kind."""

    code: str
    """One of ``wording_input``."""
    field: str
    """Which value: ``template.body.nombre``, ``template.body.2``, ``template.buttons[0]``."""
    limit: int | None = None
    count: int | None = None


def find(content: object, template: object) -> tuple[Problem, ...]:
    """Return what is wrong with a message's content, given the template as Meta lists it; never raises."""
    known = definition.read(template)
    if not known.is_known:
        return ()
    return tuple(_whole("template", known, filling.read(content)))


def _whole(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    yield from _header(f"{place}.header", known, given)
    yield from _body(f"{place}.body", known, given)
    yield from _buttons(f"{place}.buttons", known, given)
    yield from _offer(f"{place}.limited_time_offer", known, given)
    yield from _cards(f"{place}.cards", known, given)


def _header(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    if not known.header_format and given.header_kind:
        yield Problem("not_allowed", place)
    elif known.header_format == WORDS:
        if given.header_kind and not given.header:
            yield Problem("wrong_kind", place)
        yield from _values(place, variables(known.header), given.header)
    elif known.header_format in _TOLD and given.header_kind != known.header_format.lower():
        yield Problem("wrong_kind" if given.header_kind else "missing", place)


def _body(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    """Count the values; of an authentication template Meta does not always list the words."""
    if known.body:
        yield from _values(place, variables(known.body), given.body)
        yield from _length(place, known, given)


def _values(place: str, wanted: Collection[str], given: Collection[str]) -> Iterator[Problem]:
    yield from (Problem("missing", f"{place}.{name}") for name in wanted if name not in given)
    yield from (
        Problem("not_allowed", f"{place}.{name[:_LONGEST_NAME]}") for name in given if name not in wanted
    )


def _length(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    count = units(filled(known.body, given.body))
    if given.body and count > LONGEST_BODY:
        yield Problem("too_long", place, LONGEST_BODY, count)


def _buttons(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    for position, button in enumerate(known.buttons):
        code = _fault(button, given.buttons.get(position))
        if code:
            yield Problem(code, f"{place}[{position}]")
    yield from _beyond(place, len(known.buttons), given.buttons)


def _fault(button: definition.Button, given: filling.Button | None) -> str:
    """Return what is wrong with what a button is given, as a code; empty when nothing is."""
    is_fixed = button.kind in _BARE or (button.kind == "URL" and not button.is_variable)
    if given is None:
        return "missing" if button.kind in _NEEDED and not is_fixed else ""
    if is_fixed:
        return "not_allowed"
    return "wrong_kind" if given.kind != _TAKEN.get(button.kind, given.kind) else ""


def _beyond(place: str, count: int, given: Collection[int]) -> Iterator[Problem]:
    beyond = (position for position in given if not 0 <= position < count)
    yield from (Problem("not_allowed", f"{place}[{position}]") for position in beyond)


def _offer(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    if known.offer_ends and not given.has_offer:
        yield Problem("missing", place)


def _cards(place: str, known: Definition, given: Filling) -> Iterator[Problem]:
    """All cards of the definition are told."""
    for position, card in enumerate(known.cards):
        if position in given.cards:
            yield from _whole(f"{place}[{position}]", card, given.cards[position])
        else:
            yield Problem("missing", f"{place}[{position}]")
    yield from _beyond(place, len(known.cards), given.cards)
