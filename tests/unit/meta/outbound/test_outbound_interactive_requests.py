"""Buttons that open a page or ask for something."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.asking import ADDRESS, PAGE
from tests.unit.meta.outbound.refusing import assert_longest, assert_needs_words, assert_refused, put, take

LABEL, URL = "action.parameters.display_text", "action.parameters.url"
COUNTRY = "action.parameters.country"


def test_a_page_needs_a_label_of_at_most_20_units_and_an_address() -> None:
    assert_longest("interactive", PAGE, LABEL, 20)
    assert_needs_words("interactive", PAGE, LABEL)
    assert_refused("interactive", take(PAGE, LABEL), "missing", LABEL)
    assert_refused("interactive", take(PAGE, URL), "missing", URL)


@pytest.mark.parametrize("url", ["example.com", "tel:5491131234567", "javascript:alert(1)"])
def test_a_page_has_an_address_of_the_web(url: str) -> None:
    assert_refused("interactive", put(PAGE, URL, url), "not_a_link", URL)


@pytest.mark.parametrize("country", ["", "ar", "Argentina", "A1"])
def test_a_country_is_two_capital_letters(country: str) -> None:
    assert outbound.check("interactive", put(ADDRESS, COUNTRY, "SG"))
    assert_refused("interactive", put(ADDRESS, COUNTRY, country), "not_a_country", COUNTRY)


def test_what_is_known_of_an_address_may_be_nothing() -> None:
    least = put(ADDRESS, "action.parameters", {"country": "IN"})

    assert outbound.check("interactive", least) == least
    assert_refused("interactive", take(ADDRESS, COUNTRY), "missing", COUNTRY)
