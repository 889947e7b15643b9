"""Products: one without header, or up to thirty under a header of text."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import CATALOG, PRODUCT, PRODUCTS
from tests.unit.meta.outbound.refusing import assert_longest, assert_refused, put, refusal, take

SHELF = "action.sections[0]"


def shelves(*sizes: int) -> Any:
    made = [
        {"title": f"S{n}", "product_items": [{"product_retailer_id": f"{n}.{item}"} for item in range(size)]}
        for n, size in enumerate(sizes)
    ]
    return put(PRODUCTS, "action.sections", made)


@pytest.mark.parametrize("sizes", [(1,), (30,), (15, 15), (3,) * 10])
def test_thirty_products_fit_in_up_to_ten_sections(sizes: tuple[int, ...]) -> None:
    assert outbound.check("interactive", shelves(*sizes)) == shelves(*sizes)


@pytest.mark.parametrize(
    ("sizes", "code", "field", "limit", "count"),
    [
        ((), "too_few", "sections", 1, 0),
        ((31,), "too_many", "sections", 30, 31),
        ((1,) * 11, "too_many", "sections", 10, 11),
        ((1, 0), "too_few", "sections[1].product_items", 1, 0),
    ],
)
def test_more_or_less_is_refused(
    sizes: tuple[int, ...], code: str, field: str, limit: int, count: int
) -> None:
    refused = refusal("interactive", shelves(*sizes))

    assert (refused.code, refused.field) == (code, f"interactive.action.{field}")
    assert (refused.limit, refused.count) == (limit, count)


def test_titles_have_at_most_24_units_and_are_needed_from_two_sections_on() -> None:
    alone = take(shelves(1), f"{SHELF}.title")

    assert_longest("interactive", PRODUCTS, f"{SHELF}.title", 24)
    assert_refused("interactive", take(PRODUCTS, f"{SHELF}.title"), "missing", f"{SHELF}.title")
    assert outbound.check("interactive", alone) == alone


def test_several_products_need_a_header() -> None:
    assert_refused("interactive", take(PRODUCTS, "header"), "missing", "header")


@pytest.mark.parametrize(
    ("asking", "field"),
    [
        (PRODUCT, "action.catalog_id"),
        (PRODUCT, "action.product_retailer_id"),
        (PRODUCTS, "action.catalog_id"),
        (PRODUCTS, f"{SHELF}.product_items[0].product_retailer_id"),
        (CATALOG, "action.parameters.thumbnail_product_retailer_id"),
    ],
)
def test_ids_are_needed_and_may_be_numbers(asking: Any, field: str) -> None:
    assert_refused("interactive", take(asking, field), "missing", field)
    assert_refused("interactive", put(asking, field, ""), "empty", field)
    numbered = outbound.check("interactive", put(asking, field, 7))
    assert numbered == outbound.check("interactive", put(asking, field, "7"))
