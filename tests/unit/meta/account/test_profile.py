"""A profile is checked before it leaves: the error names the field and its limit."""

from typing import Any

import pytest

from campotech_wa.errors import InvalidInput
from campotech_wa.meta.account.profile import LONGEST, VERTICALS, check


def refusal(changes: dict[str, Any]) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        check(changes)
    return refused.value


@pytest.mark.parametrize(("field", "limit"), LONGEST.items())
def test_each_text_has_its_limit(field: str, limit: int) -> None:
    assert check({field: "ñ" * limit}) == {field: "ñ" * limit}

    refused = refusal({field: "ñ" * (limit + 1)})

    assert (refused.code, refused.field, refused.limit, refused.count) == (
        "too_long",
        field,
        limit,
        limit + 1,
    )
    assert str(limit) in refused.detail


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({}, "nothing", ""),
        ({"about": ""}, "empty", "about"),
        ({"about": "  "}, "empty", "about"),
        ({"about": None}, "not_a_text", "about"),
        ({"about": 7}, "not_a_text", "about"),
        ({"colour": "red"}, "not_allowed", "colour"),
        ({"profile_picture_url": "https://a"}, "not_allowed", "profile_picture_url"),
        ({"profile_picture_handle": ""}, "empty", "profile_picture_handle"),
        ({"vertical": "PLUMBER"}, "unknown_value", "vertical"),
        ({"vertical": ["AUTO"]}, "not_a_text", "vertical"),
        ({"websites": "https://a"}, "not_a_list", "websites"),
        ({"websites": None}, "not_a_list", "websites"),
        ({"websites": ["https://a", "https://b", "https://c"]}, "too_many", "websites"),
        ({"websites": ["https://a", "b.com"]}, "not_a_link", "websites[1]"),
        ({"websites": ["javascript:alert(1)"]}, "not_a_link", "websites[0]"),
        ({"websites": ["https://[x"]}, "not_a_link", "websites[0]"),
        ({"websites": [7]}, "not_a_link", "websites[0]"),
        ({"websites": ["https://a/" + "x" * 247]}, "too_long", "websites[0]"),
    ],
)
def test_what_meta_would_refuse_is_refused_here(changes: dict[str, Any], code: str, field: str) -> None:
    refused = refusal(changes)

    assert (refused.code, refused.field) == (code, field)
    assert refused.detail.endswith(".")


def test_what_meta_takes_is_left_as_it_is() -> None:
    changes = {
        "about": "Aire",
        "address": "",
        "email": "",
        "description": "",
        "websites": ["https://a/" + "x" * 246, "http://b"],
        "vertical": VERTICALS[3],
        "profile_picture_handle": "4::aW",
    }

    assert check(changes) == changes


def test_websites_may_be_cleared() -> None:
    assert check({"websites": []}) == {"websites": []}
