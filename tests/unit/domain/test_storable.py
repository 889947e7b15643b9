"""Whatever comes in, PostgreSQL can hold what comes out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import storable

hostile = st.text(alphabet=st.characters(exclude_categories=[]))
"""Any text that Python can hold: surrogates without a pair and NUL included."""

scalars = st.none() | st.booleans() | st.integers() | st.floats() | hostile
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile, inner, max_size=4)
)


class TestText:
    @given(hostile)
    def test_it_is_always_utf_8_without_nul(self, value: str) -> None:
        stored = storable.text(value)

        assert "\x00" not in stored
        assert stored.encode().decode() == stored

    @given(hostile)
    def test_doing_it_twice_changes_nothing_more(self, value: str) -> None:
        once = storable.text(value)

        assert storable.text(once) == once

    @given(st.text().filter(lambda value: "\x00" not in value))
    def test_what_could_be_stored_already_is_left_alone(self, value: str) -> None:
        assert storable.text(value) == value

    @pytest.mark.parametrize(
        ("value", "stored"),
        [
            ("a\x00b", "a\ufffdb"),
            ("ñ\x00", "ñ\ufffd"),
            ("\ud83d", "\ufffd"),
            ("\udc00\ud800x", "\ufffd\ufffdx"),
            ("\ud83d\ude00", "😀"),
        ],
    )
    def test_each_bad_character_becomes_a_replacement(self, value: str, stored: str) -> None:
        assert storable.text(value) == stored


class TestTree:
    @given(documents)
    def test_every_text_of_a_document_is_storable(self, value: Any) -> None:
        stored = storable.tree(value)

        written = json.dumps(stored, ensure_ascii=False, allow_nan=False)
        assert written.encode()
        assert "\\u0000" not in written

    @given(documents)
    def test_doing_it_twice_changes_nothing_more(self, value: Any) -> None:
        once = storable.tree(value)

        assert storable.tree(once) == once

    def test_a_number_that_json_does_not_know_becomes_null(self) -> None:
        assert storable.tree([float("inf"), float("-inf"), float("nan"), 1.5]) == [None, None, None, 1.5]

    def test_keys_are_cleaned_too(self) -> None:
        assert storable.tree({"\x00": [{"a\ud800": 1}]}) == {"\ufffd": [{"a\ufffd": 1}]}
