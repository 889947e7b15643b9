"""One to three answers to tap, all different."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import BUTTONS
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

TITLE, ID = "action.buttons[1].reply.title", "action.buttons[1].reply.id"


def buttons(count: int) -> Any:
    return put(
        BUTTONS,
        "action.buttons",
        [{"type": "reply", "reply": {"id": f"{n}", "title": f"Turno {n}"}} for n in range(count)],
    )


@pytest.mark.parametrize("count", [1, 3])
def test_one_to_three_fit(count: int) -> None:
    assert outbound.check("interactive", buttons(count)) == buttons(count)


@pytest.mark.parametrize(("count", "code", "limit"), [(0, "too_few", 1), (4, "too_many", 3)])
def test_none_or_a_fourth_are_refused(count: int, code: str, limit: int) -> None:
    refused = refusal("interactive", buttons(count))

    assert (refused.code, refused.field) == (code, "interactive.action.buttons")
    assert (refused.limit, refused.count) == (limit, count)


def test_a_title_has_at_most_20_units_and_an_id_256() -> None:
    assert_longest("interactive", BUTTONS, TITLE, 20)
    assert_longest("interactive", BUTTONS, ID, 256)
    assert_needs_words("interactive", BUTTONS, TITLE)


@pytest.mark.parametrize("field", [TITLE, ID])
def test_both_are_needed_and_differ_from_the_others(field: str) -> None:
    first = "Sí" if field == TITLE else "yes"

    assert_refused("interactive", take(BUTTONS, field), "missing", field)
    assert_refused("interactive", put(BUTTONS, field, first), "duplicate", field)


@pytest.mark.parametrize("id_", [" no", "no ", "no\n"])
def test_an_id_has_no_space_around_it(id_: str) -> None:
    assert_refused("interactive", put(BUTTONS, ID, id_), "outer_space", ID)


def test_only_replies_are_buttons() -> None:
    field = "action.buttons[0].type"

    assert_refused("interactive", put(BUTTONS, field, "url"), "unknown_value", field)
