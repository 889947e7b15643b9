"""Both languages say the same things, and every word that a drawing asks for is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.ui import components
from campotech_wa.ui.text import english, spanish, talk

BROWSER = Path(next(iter(components.__path__))) / "browser"
ASKED = re.compile(r"(?<!/)\bwords\.([a-z_]+)\b")
IN_GROUP = re.compile(r"\bwords\.(file_states|upload_errors|groups|faults|fields)\.([a-z_]+)")
NAMED = re.compile(r'name: "([a-z_]+)"')
FAULTS = re.compile(r'"((?:bad|needs|too|no)_[a-z_]+|repeated)"')


def files() -> list[Path]:
    return sorted(BROWSER.glob("*.js*"))


def asked() -> Iterator[str]:
    for file in files():
        yield from ASKED.findall(file.read_text())


def test_the_pages_say_the_same_in_both_languages() -> None:
    assert english.ENGLISH.keys() == spanish.SPANISH.keys()


@pytest.mark.parametrize("locale", [SPANISH, ENGLISH])
def test_every_word_that_is_asked_for_is_there(locale: str) -> None:
    there = talk.words(locale)

    assert set(asked()) - there.keys() == set()
    assert all(there[word] for word in asked())


def test_every_member_of_a_group_that_is_asked_for_is_there() -> None:
    there = talk.words(SPANISH)
    wanted = {found for file in files() for found in IN_GROUP.findall(file.read_text())}

    assert {(group, name) for group, name in wanted if name not in str(there[group])} == set()


def test_every_field_and_every_fault_of_a_form_has_words() -> None:
    specs = (BROWSER / "form_specs.js").read_text()
    actions = {"send_location", "cta_url", "flow", "catalog_message"}

    assert set(NAMED.findall(specs)) - actions == keys("fields") | keys("groups")
    assert set(FAULTS.findall(specs)) == keys("faults")


def keys(group: str) -> set[str]:
    words: Any = talk.words(SPANISH)[group]
    return set(words)


def test_no_word_is_left_that_nobody_asks_for() -> None:
    built = ("attach_", "mark_", "state_")
    said = {*asked(), "see_product", "see_products", "see_catalog"}
    unasked = {key for key in talk.words(SPANISH) if key not in said and not key.startswith(built)}

    assert unasked == set()
