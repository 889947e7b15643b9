"""Ids that look like Meta's."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.simulator.identifiers import Author, fbtrace_id, is_user_id, user_id, wamid

numbers = st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True)


@given(numbers, st.sampled_from(Author))
def test_a_wamid_contains_the_counterparts_number(number: str, author: Author) -> None:
    raw = base64.b64decode(wamid(number, author).removeprefix("wamid."))

    assert raw.startswith(bytes([0x1C, 0x18, len(number)]) + number.encode())
    assert (b"\x11\x18" in raw) == (author is Author.BUSINESS)


def test_no_two_wamids_are_alike() -> None:
    assert len({wamid("5491131234567", Author.BUSINESS) for _ in range(1000)}) == 1000


def test_a_user_id_belongs_to_one_business_and_one_number() -> None:
    ana = user_id("1", "5491131234567")

    assert re.fullmatch(r"AR\.[0-9]{20}", ana)
    assert user_id("1", "5491131234567") == ana
    assert user_id("2", "5491131234567") != ana
    assert user_id("1", "5491131234568") != ana


def test_a_user_id_begins_with_the_numbers_country() -> None:
    assert user_id("1", "59899123456").startswith("UY.")
    assert user_id("1", "14155550100").startswith("US.")


def test_every_error_has_its_own_trace() -> None:
    assert fbtrace_id() != fbtrace_id()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AR.13491208655302741918", True),
        ("AR.ENT.11815799212886844830", True),
        ("5491131234567", False),
        ("ar.13491", False),
        ("AR.", False),
        ("AR." + "1" * 129, False),
    ],
)
def test_a_user_id_is_told_from_a_number(text: str, told: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_user_id(text) is told
