"""Lengths are counted in UTF-16 units: never fewer than code points, so whichever Meta counts, it is not more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.units import units


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Hola", 4), ("ñandú", 5), ("😀", 2), ("❤️", 2), ("🇦🇷", 4), ("👩🏽‍🔧", 7), ("\ud800", 1)],
)
def test_emoji_count_as_two_or_more(text: str, count: int) -> None:
    assert units(text) == count


@given(st.text(st.characters()))
def test_it_is_never_less_than_code_points(text: str) -> None:
    assert len(text) <= units(text) <= 2 * len(text)
