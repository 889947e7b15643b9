"""What is typed into a form is a number, or refused as too small by whoever knows the limits."""

import pytest

from campotech_wa.ui import typed


@pytest.mark.parametrize(("given", "number"), [("15", 15), (" 0 ", 0), (7, 7), ("999999999", 999_999_999)])
def test_digits_are_a_number(given: object, number: int) -> None:
    assert typed.number(given) == number


@pytest.mark.parametrize("given", ["", "doce", "-3", "1.5", "٣", "²", None, "9" * 400])
def test_anything_else_is_below_every_limit(given: object) -> None:
    assert typed.number(given) == -1
