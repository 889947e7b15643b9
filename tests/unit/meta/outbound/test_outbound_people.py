"""Cards of people: at most 257, each with a whole name and a part of it."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_needs_words, assert_refused, put, refusal, take

ANA: dict[str, Any] = {
    "name": {"formatted_name": "Ana Gómez", "first_name": "Ana", "last_name": ""},
    "phones": [{"phone": "+54 9 11 3123-4567", "wa_id": "5491131234567", "type": "CELL"}],
    "emails": [{"email": "ana@example.com", "type": "HOME"}],
    "urls": [{"url": "https://example.com"}],
    "addresses": [{"street": "Mitre 1", "zip": "1000", "country_code": "AR"}],
    "org": {"company": "Clima Sur"},
    "birthday": "1990-02-28",
}


def check(card: object) -> Any:
    return outbound.check("contacts", [card])["contacts"][0]


def test_a_whole_card_passes_as_it_is() -> None:
    assert check(ANA) == ANA


def test_numbers_may_be_numbers() -> None:
    assert check(put(ANA, "phones[0].wa_id", 5491131234567))["phones"][0]["wa_id"] == "5491131234567"
    assert check(put(ANA, "phones[0].phone", 1131234567))["phones"][0]["phone"] == "1131234567"
    assert check(put(ANA, "addresses[0].zip", 1000))["addresses"][0]["zip"] == "1000"


def test_one_to_257_fit_into_a_message() -> None:
    assert len(outbound.check("contacts", [ANA] * 257)["contacts"]) == 257
    for count, code, limit in ((0, "too_few", 1), (258, "too_many", 257)):
        refused = refusal("contacts", [ANA] * count)
        assert (refused.code, refused.field) == (code, "contacts")
        assert (refused.limit, refused.count) == (limit, count)


@pytest.mark.parametrize("part", ["first_name", "last_name", "middle_name", "prefix", "suffix"])
def test_any_part_of_the_name_will_do(part: str) -> None:
    named = {"name": {"formatted_name": "Ana", part: "Ana"}}

    assert check(named) == named


def test_a_name_without_parts_is_refused() -> None:
    for name in ({"formatted_name": "Ana"}, {"formatted_name": "Ana", "first_name": ""}):
        assert_refused("contacts", [{"name": name}], "missing", "[0].name.first_name")


@pytest.mark.parametrize(
    "field", ["name", "name.formatted_name", "phones[0].phone", "emails[0].email", "urls[0].url"]
)
def test_what_is_needed_is_missed(field: str) -> None:
    assert_refused("contacts", [ANA, take(ANA, field)], "missing", f"[1].{field}")


@pytest.mark.parametrize(
    "field", ["name.formatted_name", "phones[0].phone", "phones[0].wa_id", "emails[0].email", "urls[0].url"]
)
def test_what_stands_for_somebody_says_something(field: str) -> None:
    assert_needs_words("contacts", [ANA], f"[0].{field}")


def test_everything_else_may_be_missing() -> None:
    least: dict[str, Any] = {
        "name": {"formatted_name": "Ana", "first_name": "Ana"},
        "phones": [{"phone": "11"}],
        "emails": [{"email": "ana@example.com"}],
        "urls": [{"url": "https://example.com"}],
        "addresses": [{}],
        "org": {},
    }

    assert check(least) == least


@pytest.mark.parametrize("day", ["1990-02-30", "28/02/1990", "19900228", "", "1990-2-8", "1990-W01-1"])
def test_a_birthday_is_a_day_that_exists(day: str) -> None:
    assert_refused("contacts", [put(ANA, "birthday", day)], "not_a_date", "[0].birthday")


@pytest.mark.parametrize("field", ["phones", "emails", "urls", "addresses"])
def test_lists_are_lists(field: str) -> None:
    assert_refused("contacts", [put(ANA, field, ANA[field][0])], "not_a_list", f"[0].{field}")
