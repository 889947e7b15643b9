"""A path into JSON ends in what stands there, or in nothing; it never raises."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import walk

TREE = {"a": {"b": [{"c": "x"}, 2, {"c": 1.5}]}, "n": None, "t": True}
STEPS = st.sampled_from(["a", "b", "c", 0, 1, -1, 99, -99])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("a", "b", 0, "c"), "x"),
        (("a", "b", 1), ""),
        (("a", "b", 7, "c"), ""),
        (("n", "b"), ""),
        (("a", 0), ""),
    ],
)
def test_a_text_is_found_or_is_empty(path: tuple[str | int, ...], found: str) -> None:
    assert walk.text(TREE, *path) == found


def test_numbers_are_words_too_and_truths_are_not() -> None:
    assert [walk.words(TREE, *path) for path in [("a", "b", 1), ("a", "b", 2, "c"), ("t",)]] == [
        "2",
        "1.5",
        "",
    ]


def test_only_objects_are_items() -> None:
    assert walk.items(TREE, "a", "b") == [{"c": "x"}, {"c": 1.5}]
    assert walk.items(TREE, "a") == []


def test_only_an_object_is_a_mapping() -> None:
    assert walk.mapping(TREE, "a", "b", 0) == {"c": "x"}
    assert walk.mapping(TREE, "a", "b") == {}


@given(JSON, st.lists(STEPS, max_size=5))
def test_no_path_through_anything_raises(tree: Any, path: list[str | int]) -> None:
    assert isinstance(walk.text(tree, *path), str)
    assert isinstance(walk.words(tree, *path), str)
    assert all(isinstance(each, dict) for each in walk.items(tree, *path))
