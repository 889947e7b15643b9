"""Which account a spelling reaches."""

import pytest

from campotech_wa.simulator.world.spellings import argentine_mobile, siblings


@pytest.mark.parametrize(
    ("digits", "reached"),
    [
        ("5491131234567", "5491131234567"),
        ("541131234567", "5491131234567"),
        ("54111531234567", "5491131234567"),
        ("54351155123456", "5493515123456"),
        ("54296615412345", "5492966412345"),
        ("5491115123456", "5491115123456"),
        ("14155550100", "14155550100"),
    ],
)
def test_a_test_number_reaches_an_argentine_mobile_by_any_of_its_spellings(digits: str, reached: str) -> None:
    assert argentine_mobile(digits) == reached


@pytest.mark.parametrize(
    ("digits", "others"),
    [
        ("5215512345678", ("525512345678",)),
        ("525512345678", ("5215512345678",)),
        ("5531998765432", ("553198765432",)),
        ("553198765432", ("5531998765432",)),
        ("551131234567", ()),
        ("5491131234567", ()),
    ],
)
def test_an_extra_digit_makes_no_other_person(digits: str, others: tuple[str, ...]) -> None:
    assert siblings(digits) == others
