"""Headers take one parameter of any kind, bodies take words: all by position or all by name."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_needs_words, assert_refused, put, refusal, take

ANA = {"type": "text", "text": "Ana"}
MONEY = {"type": "currency", "currency": {"fallback_value": "$ 100", "code": "ARS", "amount_1000": 100_000}}
DAY = {"type": "date_time", "date_time": {"fallback_value": "lunes", "day_of_week": "MONDAY", "year": 2026}}
WORDS = {
    "text": (ANA, "text"),
    "currency": (MONEY, "currency.fallback_value"),
    "date_time": (DAY, "date_time.fallback_value"),
}
FILES: list[dict[str, Any]] = [
    {"type": "image", "image": {"id": "1"}},
    {"type": "video", "video": {"link": "https://example.com/1.mp4"}},
    {"type": "gif", "gif": {"id": "1"}},
    {"type": "document", "document": {"id": "1", "filename": "factura.pdf"}},
    {"type": "location", "location": {"latitude": "-34.6", "longitude": "-58.38", "name": "Taller"}},
    {"type": "product", "product": {"product_retailer_id": "sku", "catalog_id": "1"}},
]
FIRST = "components[0].parameters[0]"


def filled(component: str, *parameters: Any) -> dict[str, Any]:
    return {
        "name": "turno",
        "language": {"code": "es"},
        "components": [{"type": component, "parameters": list(parameters)}],
    }


class TestHeader:
    @pytest.mark.parametrize("parameter", [ANA, MONEY, DAY, *FILES])
    def test_it_takes_one_of_any_kind(self, parameter: dict[str, Any]) -> None:
        whole = filled("header", parameter)

        assert outbound.check("template", whole) == whole

    @pytest.mark.parametrize(("count", "code"), [(0, "too_few"), (2, "too_many")])
    def test_it_takes_exactly_one(self, count: int, code: str) -> None:
        refused = refusal("template", filled("header", *[ANA] * count))

        assert (refused.code, refused.field) == (code, "template.components[0].parameters")
        assert (refused.limit, refused.count) == (1, count)

    @pytest.mark.parametrize("kind", sorted(WORDS))
    def test_its_words_have_at_most_60_units(self, kind: str) -> None:
        parameter, below = WORDS[kind]
        field = f"{FIRST}.{below}"
        whole = filled("header", parameter)

        assert outbound.check("template", put(whole, field, "x" * 60))
        refused = refusal("template", put(whole, field, "x" * 61))
        assert (refused.code, refused.field) == ("too_long", f"template.{field}")
        assert (refused.limit, refused.count) == (60, 61)

    @pytest.mark.parametrize("parameter", FILES)
    def test_a_parameter_carries_what_its_type_says(self, parameter: dict[str, Any]) -> None:
        kind = parameter["type"]

        assert_refused("template", filled("header", {"type": kind}), "missing", f"{FIRST}.{kind}")

    def test_a_files_faults_are_told(self) -> None:
        captioned = filled("header", {"type": "image", "image": {"id": "1", "caption": "Hola"}})

        assert_refused("template", captioned, "not_allowed", f"{FIRST}.image.caption")


class TestBody:
    def test_words_go_by_position_or_by_name(self) -> None:
        by_name = [ANA | {"parameter_name": "nombre"}, MONEY | {"parameter_name": "total"}]

        for whole in (filled("body", ANA, MONEY, DAY), filled("body", *by_name)):
            assert outbound.check("template", whole) == whole

    def test_both_ways_at_once_are_refused(self) -> None:
        mixed = filled("body", ANA | {"parameter_name": "nombre"}, ANA)

        assert_refused("template", mixed, "mixed", "components[0].parameters[1].parameter_name")

    def test_a_name_comes_once(self) -> None:
        twice = filled("body", *[ANA | {"parameter_name": "nombre"}] * 2)

        assert_refused("template", twice, "duplicate", "components[0].parameters[1].parameter_name")

    @pytest.mark.parametrize("name", ["", "Nombre", "el nombre", "ñ"])
    def test_a_name_has_plain_lowercase_letters_digits_and_underscores(self, name: str) -> None:
        named = filled("body", ANA | {"parameter_name": name})

        assert_refused("template", named, "bad_name", f"{FIRST}.parameter_name")

    @pytest.mark.parametrize("kind", sorted(WORDS))
    @pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\rb", "a     b"])
    def test_words_stand_in_one_line_without_wide_gaps(self, kind: str, text: str) -> None:
        parameter, below = WORDS[kind]
        field = f"{FIRST}.{below}"

        assert outbound.check("template", put(filled("body", parameter), field, "a    b"))
        assert_refused("template", put(filled("body", parameter), field, text), "white_space", field)

    @pytest.mark.parametrize("kind", sorted(WORDS))
    def test_words_say_something(self, kind: str) -> None:
        parameter, below = WORDS[kind]

        assert_needs_words("template", filled("body", parameter), f"{FIRST}.{below}")

    def test_all_words_together_have_at_most_1024_units(self) -> None:
        half = ANA | {"text": "x" * 512}

        assert outbound.check("template", filled("body", half, half))
        refused = refusal("template", filled("body", half, half, ANA))
        assert (refused.code, refused.field) == ("too_long", "template.components[0].parameters")
        assert (refused.limit, refused.count) == (1024, 1027)

    @pytest.mark.parametrize("parameter", FILES)
    def test_files_are_not_for_the_body(self, parameter: dict[str, Any]) -> None:
        assert_refused("template", filled("body", parameter), "unknown_type", f"{FIRST}.type")

    def test_a_component_without_variables_is_left_out(self) -> None:
        assert_refused("template", filled("body"), "too_few", "components[0].parameters")
        bare = take(filled("body"), "components[0].parameters")
        assert_refused("template", bare, "missing", "components[0].parameters")

    def test_a_date_may_be_told_in_numbers(self) -> None:
        numbers = put(filled("body", DAY), f"{FIRST}.date_time.day_of_week", 5)

        checked = outbound.check("template", numbers)
        assert checked["components"][0]["parameters"][0]["date_time"]["day_of_week"] == "5"

    def test_an_amount_is_whole(self) -> None:
        field = f"{FIRST}.currency.amount_1000"

        assert outbound.check("template", put(filled("body", MONEY), field, "100000")) == filled(
            "body", MONEY
        )
        assert_refused("template", put(filled("body", MONEY), field, 1.5), "not_a_number", field)


def test_types_may_be_written_in_capitals() -> None:
    shouted = filled("BODY", {"type": "TEXT", "text": "Ana"})

    assert outbound.check("template", shouted) == filled("body", ANA)
