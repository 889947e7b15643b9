"""There is one component of each kind; offers, cards and tap targets have their own."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_needs_words, assert_refused, put, refusal, take

BODY = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}
PICTURE = {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}
REPLY = {
    "type": "button",
    "sub_type": "quick_reply",
    "index": "0",
    "parameters": [{"type": "payload", "payload": "si"}],
}
OFFER: dict[str, Any] = {
    "type": "limited_time_offer",
    "parameters": [
        {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1764000000000}}
    ],
}
TARGET: dict[str, Any] = {
    "type": "tap_target_configuration",
    "parameters": [
        {
            "type": "tap_target_configuration",
            "tap_target_configuration": [{"url": "https://example.com", "title": "Turnos"}],
        }
    ],
}


def cards(count: int) -> dict[str, Any]:
    made = [{"card_index": min(index, 9), "components": [PICTURE, BODY, REPLY]} for index in range(count)]
    return {"type": "carousel", "cards": made}


def template(*components: Any) -> dict[str, Any]:
    return {"name": "turno", "language": {"code": "es"}, "components": list(components)}


def test_all_may_stand_together() -> None:
    whole = template(PICTURE, BODY, OFFER, cards(2), TARGET, REPLY)

    assert outbound.check("template", whole) == whole


@pytest.mark.parametrize("component", [PICTURE, BODY, OFFER, cards(2), TARGET, REPLY])
def test_a_second_one_of_a_kind_is_refused(component: Any) -> None:
    assert_refused("template", template(component, component), "duplicate", "components[1]")


@pytest.mark.parametrize("kind", ["footer", "buttons", "", 7])
def test_components_that_take_nothing_are_left_out(kind: object) -> None:
    other = template({"type": kind, "parameters": []})

    refused = refusal("template", other)
    assert (refused.code, refused.field) == ("unknown_type", "template.components[0].type")
    assert "tap_target_configuration" in refused.detail
    assert_refused("template", take(other, "components[0].type"), "missing", "components[0].type")


@pytest.mark.parametrize("component", [7, None, "x", []])
def test_what_is_no_component_is_refused(component: object) -> None:
    assert_refused("template", template(component), "not_an_object", "components[0]")


@pytest.mark.parametrize("component", [OFFER, TARGET])
@pytest.mark.parametrize(("count", "code"), [(0, "too_few"), (2, "too_many")])
def test_offers_and_tap_targets_take_exactly_one_parameter(component: Any, count: int, code: str) -> None:
    changed = {**component, "parameters": component["parameters"] * count}

    refused = refusal("template", template(changed))
    assert (refused.code, refused.limit, refused.count) == (code, 1, count)


class TestOffer:
    FIELD = "components[0].parameters[0].limited_time_offer.expiration_time_ms"

    def test_its_end_may_be_written_as_a_text(self) -> None:
        assert outbound.check("template", put(template(OFFER), self.FIELD, "1764000000000")) == template(
            OFFER
        )

    def test_its_end_may_be_long_ago(self) -> None:
        assert outbound.check("template", put(template(OFFER), self.FIELD, 1))

    @pytest.mark.parametrize(("end", "code"), [(0, "too_small"), ("tomorrow", "not_a_number")])
    def test_its_end_is_a_moment(self, end: object, code: str) -> None:
        assert_refused("template", put(template(OFFER), self.FIELD, end), code, self.FIELD)


class TestTapTarget:
    PLACE = "components[0].parameters[0].tap_target_configuration"

    def test_it_leads_to_one_page_with_a_title(self) -> None:
        assert_needs_words("template", template(TARGET), f"{self.PLACE}[0].title")
        assert_refused(
            "template",
            put(template(TARGET), f"{self.PLACE}[0].url", "x"),
            "not_a_link",
            f"{self.PLACE}[0].url",
        )
        one = TARGET["parameters"][0]["tap_target_configuration"]
        assert_refused("template", put(template(TARGET), self.PLACE, []), "too_few", self.PLACE)
        assert_refused("template", put(template(TARGET), self.PLACE, one * 2), "too_many", self.PLACE)


class TestCarousel:
    @pytest.mark.parametrize("count", [2, 10])
    def test_two_to_ten_cards_fit(self, count: int) -> None:
        assert outbound.check("template", template(cards(count))) == template(cards(count))

    @pytest.mark.parametrize(("count", "code", "limit"), [(1, "too_few", 2), (11, "too_many", 10)])
    def test_more_or_less_is_refused(self, count: int, code: str, limit: int) -> None:
        refused = refusal("template", template(cards(count)))

        assert (refused.code, refused.field) == (code, "template.components[0].cards")
        assert (refused.limit, refused.count) == (limit, count)

    @pytest.mark.parametrize(("index", "code"), [(0, "duplicate"), (10, "too_big"), (-1, "too_small")])
    def test_a_card_has_an_index_of_its_own_within_ten(self, index: int, code: str) -> None:
        field = "components[0].cards[1].card_index"

        assert_refused("template", put(template(cards(2)), field, index), code, field)

    def test_a_card_has_no_components_but_header_body_and_buttons(self) -> None:
        field = "components[0].cards[1].components"

        assert_refused("template", put(template(cards(2)), field, []), "too_few", field)
        assert_refused(
            "template", put(template(cards(2)), field, [OFFER]), "unknown_type", f"{field}[0].type"
        )
        assert_refused("template", put(template(cards(2)), field, [BODY, BODY]), "duplicate", f"{field}[1]")

    @pytest.mark.parametrize("parameter", [{"type": "text", "text": "Ana"}, {"type": "document"}])
    def test_above_a_card_stands_a_picture_a_video_or_a_product(self, parameter: dict[str, str]) -> None:
        field = "components[0].cards[0].components[0].parameters[0]"

        assert_refused("template", put(template(cards(2)), field, parameter), "unknown_type", f"{field}.type")
