"""A reaction is one emoji under one message; an empty one takes it away."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_needs_words, assert_refused

THUMB = {"message_id": "wamid.7", "emoji": "👍"}


@pytest.mark.parametrize("emoji", ["👍", "", "👩🏽‍🔧"])
def test_one_emoji_or_none_passes(emoji: str) -> None:
    assert outbound.check("reaction", THUMB | {"emoji": emoji}) == THUMB | {"emoji": emoji}


@pytest.mark.parametrize("emoji", ["👍👍", "ok", " ", "👍 "])
def test_anything_else_is_refused(emoji: str) -> None:
    assert_refused("reaction", THUMB | {"emoji": emoji}, "not_an_emoji", "emoji")


@pytest.mark.parametrize("field", sorted(THUMB))
def test_both_the_message_and_the_emoji_are_needed(field: str) -> None:
    without = {key: value for key, value in THUMB.items() if key != field}

    assert_refused("reaction", without, "missing", field)
    assert_refused("reaction", THUMB | {field: 7}, "not_a_text", field)


def test_the_message_has_an_id() -> None:
    assert_needs_words("reaction", THUMB, "message_id")
