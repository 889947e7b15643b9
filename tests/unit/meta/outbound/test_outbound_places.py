"""A point on the map is two numbers, as texts; Meta takes both forms, and so do we."""

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_needs_words, assert_refused, refusal

OBELISCO = {"latitude": "-34.6037", "longitude": "-58.3816"}


def test_a_point_may_have_a_name_and_an_address() -> None:
    whole = OBELISCO | {"name": "Obelisco", "address": "Av. 9 de Julio"}

    assert outbound.check("location", OBELISCO) == OBELISCO
    assert outbound.check("location", whole) == whole


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (-34.6037, "-34.6037"),
        (-34, "-34"),
        (0.0, "0"),
        (1e-7, "0.0000001"),
        (" -34.6 ", "-34.6"),
        ("90", "90"),
    ],
)
def test_numbers_become_texts(written: object, meant: str) -> None:
    assert outbound.check("location", OBELISCO | {"latitude": written})["latitude"] == meant


@pytest.mark.parametrize(("field", "limit"), [("latitude", 90), ("longitude", 180)])
class TestRange:
    @pytest.mark.parametrize("sign", [1, -1])
    def test_the_edge_itself_is_on_the_globe(self, field: str, limit: int, sign: int) -> None:
        for edge in (sign * limit, str(sign * limit), float(sign * limit)):
            assert outbound.check("location", OBELISCO | {field: edge})

    @pytest.mark.parametrize("sign", [1, -1])
    def test_beyond_it_is_refused(self, field: str, limit: int, sign: int) -> None:
        for beyond in (sign * (limit + 1), f"{sign * limit}.0001", sign * (limit + 0.0001), sign * 10**400):
            refused = refusal("location", OBELISCO | {field: beyond})
            assert (refused.code, refused.field) == ("out_of_range", f"location.{field}")
            assert refused.limit == limit


@pytest.mark.parametrize("field", sorted(OBELISCO))
class TestNumber:
    @pytest.mark.parametrize(
        "value", ["", "north", "34,6", "1e2", "0x1", "nan", float("nan"), True, [], "\u0661", ".1"]
    )
    def test_what_is_no_number_is_refused(self, field: str, value: object) -> None:
        assert_refused("location", OBELISCO | {field: value}, "not_a_number", field)

    def test_both_are_needed(self, field: str) -> None:
        without = {key: value for key, value in OBELISCO.items() if key != field}

        assert_refused("location", without, "missing", field)


@pytest.mark.parametrize("field", ["name", "address"])
def test_a_name_that_is_there_says_something(field: str) -> None:
    assert_needs_words("location", OBELISCO, field)
