"""Two to ten cards of one kind, each with its index."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import CAROUSEL, carousel, page_card, product_card, reply_card
from tests.unit.meta.outbound.refusing import (
    assert_longest,
    assert_needs_words,
    assert_refused,
    put,
    refusal,
    take,
)

CARD = "action.cards[1]"
REPLIES = carousel(reply_card(0), reply_card(1))
PRODUCTS = carousel(product_card(0), product_card(1))


@pytest.mark.parametrize("kind", [page_card, reply_card, product_card])
class TestCount:
    @pytest.mark.parametrize("count", [2, 10])
    def test_two_to_ten_fit(self, kind: Any, count: int) -> None:
        whole = carousel(*map(kind, range(count)))

        assert outbound.check("interactive", whole) == whole

    @pytest.mark.parametrize(("count", "code", "limit"), [(1, "too_few", 2), (11, "too_many", 10)])
    def test_more_or_less_is_refused(self, kind: Any, count: int, code: str, limit: int) -> None:
        cards = [kind(index) | {"card_index": min(index, 9)} for index in range(count)]

        refused = refusal("interactive", carousel(*cards))

        assert (refused.code, refused.field) == (code, "interactive.action.cards")
        assert (refused.limit, refused.count) == (limit, count)


class TestIndex:
    def test_it_may_be_written_as_a_text(self) -> None:
        assert outbound.check("interactive", put(CAROUSEL, f"{CARD}.card_index", "1")) == CAROUSEL

    @pytest.mark.parametrize(("index", "code"), [(0, "duplicate"), (10, "too_big"), (-1, "too_small")])
    def test_it_is_its_own_and_within_ten(self, index: int, code: str) -> None:
        assert_refused("interactive", put(CAROUSEL, f"{CARD}.card_index", index), code, f"{CARD}.card_index")

    def test_it_is_needed(self) -> None:
        assert_refused("interactive", take(CAROUSEL, f"{CARD}.card_index"), "missing", f"{CARD}.card_index")


class TestOneKind:
    @pytest.mark.parametrize(
        "other",
        [
            reply_card(1),
            product_card(1),
            page_card(1) | {"header": {"type": "video", "video": {"id": "1"}}},
        ],
    )
    def test_cards_differ_in_neither_header_nor_buttons(self, other: dict[str, Any]) -> None:
        assert_refused("interactive", carousel(page_card(0), other), "mixed", CARD)

    def test_they_have_the_same_number_of_buttons(self) -> None:
        more = reply_card(1)
        more["action"]["buttons"] *= 2

        assert_refused("interactive", carousel(reply_card(0), more), "mixed", CARD)

    def test_products_are_of_one_catalog(self) -> None:
        assert_refused("interactive", put(PRODUCTS, f"{CARD}.action.catalog_id", "2"), "mixed", CARD)


class TestCard:
    def test_its_body_has_at_most_160_units_and_two_line_breaks(self) -> None:
        field = f"{CARD}.body.text"

        assert_longest("interactive", CAROUSEL, field, 160)
        assert_needs_words("interactive", CAROUSEL, field)
        assert outbound.check("interactive", put(CAROUSEL, field, "a\nb\nc"))
        refused = refusal("interactive", put(CAROUSEL, field, "a\nb\nc\nd"))
        assert (refused.code, refused.field) == ("too_many_breaks", f"interactive.{field}")
        assert (refused.limit, refused.count) == (2, 3)

    def test_its_body_and_its_type_may_be_missing(self) -> None:
        least = [take(take(reply_card(index), "body"), "type") for index in range(2)]

        assert outbound.check("interactive", carousel(*least)) == carousel(*least)

    def test_a_picture_or_video_is_needed(self) -> None:
        field = f"{CARD}.header"

        assert_refused("interactive", take(CAROUSEL, field), "missing", field)
        text = {"type": "text", "text": "Hola"}
        assert_refused("interactive", put(CAROUSEL, field, text), "unknown_type", f"{field}.type")

    @pytest.mark.parametrize("part", ["id", "title"])
    def test_a_quick_reply_has_at_most_20_units(self, part: str) -> None:
        field = f"{CARD}.action.buttons[0].quick_reply.{part}"

        assert_longest("interactive", REPLIES, field, 20)
        assert_refused("interactive", take(REPLIES, field), "missing", field)

    def test_a_quick_replys_id_has_no_space_around_it(self) -> None:
        field = f"{CARD}.action.buttons[0].quick_reply.id"

        assert_refused("interactive", put(REPLIES, field, " want"), "outer_space", field)

    def test_a_page_has_at_most_20_units(self) -> None:
        assert_longest("interactive", CAROUSEL, f"{CARD}.action.parameters.display_text", 20)

    def test_a_button_is_needed(self) -> None:
        assert_refused("interactive", take(CAROUSEL, f"{CARD}.action"), "missing", f"{CARD}.action")
        none = put(REPLIES, f"{CARD}.action.buttons", [])
        assert_refused("interactive", none, "too_few", f"{CARD}.action.buttons")

    def test_a_product_has_neither_picture_nor_words(self) -> None:
        worded = put(PRODUCTS, f"{CARD}.body", {"text": "Hola"})

        assert_refused("interactive", worded, "not_allowed", f"{CARD}.body")
        bare = take(PRODUCTS, f"{CARD}.action.product_retailer_id")
        assert_refused("interactive", bare, "missing", f"{CARD}.action.product_retailer_id")

    @pytest.mark.parametrize("card", [7, None, "x", []])
    def test_what_is_no_card_is_refused(self, card: object) -> None:
        assert_refused("interactive", put(CAROUSEL, CARD, card), "not_an_object", CARD)
