"""A list has up to ten rows in all, in up to ten sections."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import LIST
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

ROW = "action.sections[0].rows[0]"


def sections(*sizes: int) -> Any:
    """Build a list with sections of these sizes."""
    made = [
        {"title": f"Día {n}", "rows": [{"id": f"{n}.{row}", "title": "10:00"} for row in range(size)]}
        for n, size in enumerate(sizes)
    ]
    return put(LIST, "action.sections", made)


@pytest.mark.parametrize("sizes", [(1,), (10,), (5, 5), (1,) * 10])
def test_ten_rows_fit_in_any_number_of_sections(sizes: tuple[int, ...]) -> None:
    assert outbound.check("interactive", sections(*sizes)) == sections(*sizes)


@pytest.mark.parametrize(
    ("sizes", "code", "field", "limit", "count"),
    [
        ((), "too_few", "sections", 1, 0),
        ((11,), "too_many", "sections", 10, 11),
        ((5, 6), "too_many", "sections", 10, 11),
        ((1,) * 11, "too_many", "sections", 10, 11),
        ((1, 0), "too_few", "sections[1].rows", 1, 0),
    ],
)
def test_more_or_less_is_refused(
    sizes: tuple[int, ...], code: str, field: str, limit: int, count: int
) -> None:
    refused = refusal("interactive", sections(*sizes))

    assert (refused.code, refused.field) == (code, f"interactive.action.{field}")
    assert (refused.limit, refused.count) == (limit, count)


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("action.button", 20),
        ("action.sections[1].title", 24),
        (f"{ROW}.id", 200),
        (f"{ROW}.title", 24),
        (f"{ROW}.description", 72),
    ],
)
def test_every_text_has_its_length(field: str, limit: int) -> None:
    assert_longest("interactive", LIST, field, limit)
    assert_needs_words("interactive", LIST, field)


@pytest.mark.parametrize("field", ["action.button", "action.sections", f"{ROW}.id", f"{ROW}.title"])
def test_what_is_needed_is_missed(field: str) -> None:
    assert_refused("interactive", take(LIST, field), "missing", field)


def test_titles_are_needed_from_two_sections_on() -> None:
    untitled = take(sections(1), "action.sections[0].title")

    assert outbound.check("interactive", untitled) == untitled
    assert_refused(
        "interactive", take(sections(1, 1), "action.sections[1].title"), "missing", "action.sections[1].title"
    )


def test_ids_differ_across_sections() -> None:
    field = "action.sections[1].rows[0].id"

    assert_refused("interactive", put(LIST, field, "r1"), "duplicate", field)
