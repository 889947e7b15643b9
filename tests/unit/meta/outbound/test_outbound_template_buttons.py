"""Each kind of button takes its own parameter, at its position in the definition."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

SHELVES = [{"title": "S", "product_items": [{"product_retailer_id": "sku"}]}]
BUTTONS: dict[str, list[dict[str, Any]]] = {
    "quick_reply": [{"type": "payload", "payload": "si"}],
    "url": [{"type": "text", "text": "abc"}],
    "copy_code": [{"type": "coupon_code", "coupon_code": "25OFF"}],
    "flow": [{"type": "action", "action": {"flow_token": "t", "flow_action_data": {"k": "v"}}}],
    "catalog": [{"type": "action", "action": {"thumbnail_product_retailer_id": "sku"}}],
    "mpm": [{"type": "action", "action": {"thumbnail_product_retailer_id": "sku", "sections": SHELVES}}],
    "voice_call": [{"type": "ttl_minutes", "ttl_minutes": 100}, {"type": "payload", "payload": "x"}],
}
each_kind = pytest.mark.parametrize("kind", sorted(BUTTONS))
FIRST = "components[0]"
PARAMETER = f"{FIRST}.parameters[0]"


def button(kind: str, *, index: object = "0") -> dict[str, Any]:
    return {"type": "button", "sub_type": kind, "index": index, "parameters": BUTTONS[kind]}


def template(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"name": "turno", "language": {"code": "es"}, "components": list(buttons)}


@each_kind
class TestEachKind:
    def test_it_passes_as_it_is(self, kind: str) -> None:
        assert outbound.check("template", template(button(kind))) == template(button(kind))

    def test_it_may_be_written_in_capitals(self, kind: str) -> None:
        shouted = button(kind) | {"type": "BUTTON", "sub_type": kind.upper()}

        assert outbound.check("template", template(shouted)) == template(button(kind))

    @pytest.mark.parametrize(("written", "meant"), [(0, "0"), ("9", "9"), (9, "9")])
    def test_its_index_may_be_a_number(self, kind: str, written: object, meant: str) -> None:
        checked = outbound.check("template", template(button(kind, index=written)))

        assert checked["components"][0]["index"] == meant

    @pytest.mark.parametrize("index", [10, -1, "10", "", "x", "01"])
    def test_its_index_is_one_of_ten(self, kind: str, index: object) -> None:
        assert_refused("template", template(button(kind, index=index)), "out_of_range", f"{FIRST}.index")
        assert refusal("template", template(button(kind, index=index))).limit == 9

    def test_its_index_is_needed_and_its_own(self, kind: str) -> None:
        bare = take(template(button(kind)), f"{FIRST}.index")

        assert_refused("template", bare, "missing", f"{FIRST}.index")
        assert_refused("template", template(button(kind), button(kind)), "duplicate", "components[1]")
        assert outbound.check("template", template(button(kind), button(kind, index=1)))

    def test_its_parameters_are_needed_save_for_a_flow(self, kind: str) -> None:
        bare = take(template(button(kind)), f"{FIRST}.parameters")

        if kind == "flow":
            assert outbound.check("template", bare) == bare
        else:
            assert_refused("template", bare, "missing", f"{FIRST}.parameters")
        none = put(template(button(kind)), f"{FIRST}.parameters", [])
        assert_refused("template", none, "too_few", f"{FIRST}.parameters")

    def test_a_second_parameter_is_one_too_many(self, kind: str) -> None:
        twice = put(template(button(kind)), f"{FIRST}.parameters", [BUTTONS[kind][0]] * 2)

        refused = refusal("template", twice)
        where = "parameters[1].type" if kind == "voice_call" else "parameters"
        code = "duplicate" if kind == "voice_call" else "too_many"
        assert (refused.code, refused.field) == (code, f"template.{FIRST}.{where}")

    def test_a_parameter_of_another_kind_is_refused(self, kind: str) -> None:
        other = put(template(button(kind)), f"{PARAMETER}.type", "image")

        code = "unknown_type" if kind == "voice_call" else "unknown_value"
        assert_refused("template", other, code, f"{PARAMETER}.type")


@pytest.mark.parametrize("kind", ["phone_number", "spm", "", 7])
def test_buttons_that_take_nothing_have_no_component(kind: object) -> None:
    other = put(template(button("url")), f"{FIRST}.sub_type", kind)

    assert_refused("template", other, "unknown_type", f"{FIRST}.sub_type")
    assert_refused("template", take(other, f"{FIRST}.sub_type"), "missing", f"{FIRST}.sub_type")


@pytest.mark.parametrize(
    ("kind", "below", "limit"),
    [
        ("quick_reply", "payload", 128),
        ("copy_code", "coupon_code", 15),
        ("mpm", "action.sections[0].title", 24),
    ],
)
def test_texts_have_their_lengths(kind: str, below: str, limit: int) -> None:
    assert_longest("template", template(button(kind)), f"{PARAMETER}.{below}", limit)


@pytest.mark.parametrize(
    ("kind", "below"),
    [
        ("quick_reply", "payload"),
        ("copy_code", "coupon_code"),
        ("url", "text"),
        ("flow", "action.flow_token"),
    ],
)
def test_texts_say_something(kind: str, below: str) -> None:
    assert_needs_words("template", template(button(kind)), f"{PARAMETER}.{below}")


@pytest.mark.parametrize(
    ("minutes", "code"), [(0, "too_small"), (43_201, "too_big"), ("soon", "not_a_number")]
)
def test_a_call_works_for_a_minute_to_thirty_days(minutes: object, code: str) -> None:
    field = f"{PARAMETER}.ttl_minutes"

    for edge in (1, 43_200, "7"):
        assert outbound.check("template", put(template(button("voice_call")), field, edge))
    assert_refused("template", put(template(button("voice_call")), field, minutes), code, field)


def test_a_flow_may_be_told_nothing() -> None:
    told = put(template(button("flow")), f"{PARAMETER}.action", {})

    assert outbound.check("template", told) == told


def test_a_calls_payload_says_something() -> None:
    assert_needs_words("template", template(button("voice_call")), f"{FIRST}.parameters[1].payload")


@pytest.mark.parametrize("parameter", BUTTONS["voice_call"])
def test_a_call_takes_one_of_its_parameters_too(parameter: dict[str, Any]) -> None:
    alone = put(template(button("voice_call")), f"{FIRST}.parameters", [parameter])

    assert outbound.check("template", alone) == alone


def test_several_products_fit_thirty_times() -> None:
    field = f"{PARAMETER}.action.sections"
    many = [{"title": "S", "product_items": [{"product_retailer_id": f"{n}"} for n in range(31)]}]

    assert_refused("template", put(template(button("mpm")), field, many), "too_many", field)
