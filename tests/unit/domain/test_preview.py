"""A preview is one visible line, never longer than its limit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.preview import PREVIEW_LENGTH, bearable, one_line

JOINER = "\u200d"


class TestOneLine:
    @given(st.text(max_size=300), st.integers(min_value=1, max_value=150))
    def test_it_is_one_line_within_its_limit(self, text: str, limit: int) -> None:
        line = one_line(text, limit=limit)

        assert len(line) <= limit
        assert len(line.splitlines()) <= 1

    @given(st.text(max_size=300))
    def test_nothing_invisible_reorders_it(self, text: str) -> None:
        line = one_line(text)

        assert all(unicodedata.category(char)[0] != "C" or char in "\u200c\u200d" for char in line)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("Hola\n\n  ¿qué\ttal? ", "Hola ¿qué tal?"),
            ("\u202eGol", "Gol"),
            (f"👩{JOINER}🔧", f"👩{JOINER}🔧"),
            ("a\x00b\x07", "ab"),
            ("", ""),
            ("   ", ""),
        ],
    )
    def test_white_space_folds_and_controls_go(self, text: str, line: str) -> None:
        assert one_line(text) == line

    def test_what_fits_stays_whole(self) -> None:
        text = "x" * PREVIEW_LENGTH

        assert one_line(text) == text

    def test_what_is_too_long_ends_in_an_ellipsis(self) -> None:
        line = one_line("x" * (PREVIEW_LENGTH + 1))

        assert line == "x" * (PREVIEW_LENGTH - 1) + "…"

    def test_no_space_stands_before_the_ellipsis(self) -> None:
        assert one_line("hola chau", limit=6) == "hola…"


def test_marks_that_would_freeze_a_screen_are_taken_off() -> None:
    assert bearable("n\u0303andú " + "a" + "\u0300" * 60_000) == "n\u0303andú a" + "\u0300" * 8
    assert bearable("hola") == "hola"
