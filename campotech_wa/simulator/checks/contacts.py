"""Check contact cards."""

import re

from campotech_wa.simulator.checks.part import Part, missing
from campotech_wa.simulator.errors import refusal

MOST_CARDS = 257
"""Contacts in one message (sending.md, 1.4)."""

_NAME_PARTS = ("first_name", "last_name", "middle_name", "prefix", "suffix")
_LISTS = {
    "phones": ("phone", "type", "wa_id"),
    "emails": ("email", "type"),
    "urls": ("url", "type"),
    "addresses": ("street", "city", "state", "zip", "country", "country_code", "type"),
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check(body: Part, kind: str) -> None:
    """Check one card or more, each with a name."""
    for card in body.parts(kind, least=1, most=MOST_CARDS):
        card.only("name", "org", "birthday", *_LISTS)
        _check_name(card.part("name"))
        _check_lists(card)
        if card.has("org"):
            _check_texts(card.part("org"), "company", "department", "title")
        if not _DATE.fullmatch(card.optional_text("birthday") or "1970-01-01"):
            raise refusal(131009, f"Param {card.name('birthday')} must be written YYYY-MM-DD.")


def _check_name(name: Part) -> None:
    name.text("formatted_name")
    _check_texts(name, "formatted_name", *_NAME_PARTS)
    if not any(name.has(key) for key in _NAME_PARTS):
        raise missing(f"{name.name('first_name')}, or another part of the name,")


def _check_lists(card: Part) -> None:
    for key, fields in _LISTS.items():
        if card.has(key):
            for each in card.parts(key):
                _check_texts(each, *fields)


def _check_texts(part: Part, *keys: str) -> None:
    part.only(*keys)
    for key in keys:
        if part.values.get(key) != "":
            part.optional_text(key)
