"""A flow is named once, by id or by name, and its button has no emoji."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import FLOW
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

AT = "action.parameters"


def test_a_flow_may_go_by_its_name() -> None:
    named = put(take(FLOW, f"{AT}.flow_id"), f"{AT}.flow_name", "reserva")

    assert outbound.check("interactive", named) == named


def test_neither_or_both_are_refused() -> None:
    assert_refused("interactive", take(FLOW, f"{AT}.flow_id"), "missing", f"{AT}.flow_id")
    assert_refused("interactive", put(FLOW, f"{AT}.flow_name", "reserva"), "both", f"{AT}.flow_name")


def test_the_button_has_at_most_30_units_and_no_emoji() -> None:
    field = f"{AT}.flow_cta"

    assert outbound.check("interactive", put(FLOW, field, "x" * 30))
    refused = refusal("interactive", put(FLOW, field, "x" * 31))
    assert (refused.code, refused.field) == ("too_long", f"interactive.{field}")
    assert (refused.limit, refused.count) == (30, 31)
    assert_refused("interactive", put(FLOW, field, "Ver 👍"), "emoji", field)
    assert_needs_words("interactive", FLOW, field)


@pytest.mark.parametrize("version", ["3", 3])
def test_the_version_is_three(version: object) -> None:
    checked = outbound.check("interactive", put(FLOW, f"{AT}.flow_message_version", version))

    assert checked["action"]["parameters"]["flow_message_version"] == "3"
    for other in ("2", 4, "", None):
        field = f"{AT}.flow_message_version"
        assert refusal("interactive", put(FLOW, field, other)).field == f"interactive.{field}"


@pytest.mark.parametrize(
    ("field", "values"),
    [("mode", ("draft", "published")), ("flow_action", ("navigate", "data_exchange"))],
)
def test_words_of_metas_are_those_of_metas(field: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert outbound.check("interactive", put(FLOW, f"{AT}.{field}", value))
    assert_refused("interactive", put(FLOW, f"{AT}.{field}", "other"), "unknown_value", f"{AT}.{field}")


@pytest.mark.parametrize("field", ["flow_token", "flow_action_payload.screen"])
def test_texts_say_something_or_are_missing(field: str) -> None:
    assert_needs_words("interactive", FLOW, f"{AT}.{field}")
    assert outbound.check("interactive", take(FLOW, f"{AT}.{field}"))


def test_a_name_says_something() -> None:
    assert_needs_words("interactive", take(FLOW, f"{AT}.flow_id"), f"{AT}.flow_name")


def test_data_is_left_out_rather_than_empty() -> None:
    field = f"{AT}.flow_action_payload.data"

    assert_refused("interactive", put(FLOW, field, {}), "empty", field)
    assert outbound.check("interactive", take(FLOW, field))


def test_data_is_as_deep_as_any_form_needs_and_no_deeper() -> None:
    field = f"{AT}.flow_action_payload.data"
    deep: object = "x"
    for _ in range(31):
        deep = {"a": [deep]} if not isinstance(deep, dict) else {"a": deep}

    assert outbound.check("interactive", put(FLOW, field, {"a": {"b": [{"c": 1}]}}))
    refused = refusal("interactive", put(FLOW, field, {"a": deep}))
    assert (refused.code, refused.limit) == ("too_deep", 32)


def test_what_is_optional_may_be_missing() -> None:
    least = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Ver"}

    assert outbound.check("interactive", put(FLOW, AT, least)) == put(FLOW, AT, least)
    assert_longest("interactive", FLOW, "body.text", 1024)
