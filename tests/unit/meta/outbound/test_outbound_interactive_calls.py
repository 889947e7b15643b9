"""A button to call works for a minute to thirty days."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import CALL
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

TTL = "action.parameters.ttl_minutes"


@pytest.mark.parametrize(("written", "meant"), [(1, 1), (43_200, 43_200), ("100", 100)])
def test_minutes_may_be_written_as_a_text(written: object, meant: int) -> None:
    assert (
        outbound.check("interactive", put(CALL, TTL, written))["action"]["parameters"]["ttl_minutes"] == meant
    )


@pytest.mark.parametrize(("minutes", "code", "limit"), [(0, "too_small", 1), (43_201, "too_big", 43_200)])
def test_less_or_more_is_refused(minutes: int, code: str, limit: int) -> None:
    refused = refusal("interactive", put(CALL, TTL, minutes))

    assert (refused.code, refused.field, refused.limit) == (code, f"interactive.{TTL}", limit)


@pytest.mark.parametrize("minutes", ["soon", 1.5, True, "", "1" * 19])
def test_what_is_no_whole_number_is_refused(minutes: object) -> None:
    assert_refused("interactive", put(CALL, TTL, minutes), "not_a_number", TTL)


def test_the_button_has_at_most_20_units_and_needs_no_words() -> None:
    assert_longest("interactive", CALL, "action.parameters.display_text", 20)
    assert_needs_words("interactive", CALL, "action.parameters.payload")
    for field in ("display_text", "payload", "ttl_minutes"):
        assert outbound.check("interactive", take(CALL, f"action.parameters.{field}"))
    assert outbound.check("interactive", take(CALL, "action.parameters"))
