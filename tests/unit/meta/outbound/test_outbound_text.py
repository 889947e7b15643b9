"""A text is its body, and perhaps the wish for a preview of its link."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_longest, assert_needs_words, assert_refused

HOLA = {"body": "Hola"}


def test_a_text_is_kept_as_it_was_typed() -> None:
    assert outbound.check("text", {"body": " Hola\n"}) == {"body": " Hola\n"}


def test_a_preview_may_be_wished_or_not() -> None:
    for wish in (True, False):
        assert outbound.check("text", HOLA | {"preview_url": wish}) == HOLA | {"preview_url": wish}


@pytest.mark.parametrize("wish", [1, "true", [], {}])
def test_a_wish_that_is_neither_yes_nor_no_is_refused(wish: object) -> None:
    assert_refused("text", HOLA | {"preview_url": wish}, "not_a_boolean", "preview_url")


def test_a_text_has_at_most_4096_units() -> None:
    assert_longest("text", HOLA, "body", 4096)


def test_a_text_says_something() -> None:
    assert_needs_words("text", HOLA, "body")
    assert_refused("text", {}, "missing", "body")
