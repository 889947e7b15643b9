"""What a test number's panel may have stored, and every way to write a number of a neighbour."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.area_codes import AREA_CODES
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phone_spellings import spellings
from campotech_wa.domain.phones import PhoneKind, PhoneReason, match_key, read_typed
from tests.unit.domain.test_phones import VECTORS


@pytest.mark.parametrize(
    ("wa_id", "tried"),
    [
        ("5491131234567", ["5491131234567", "541131234567", "54111531234567"]),
        ("541143123456", ["541143123456", "54111543123456"]),
        ("5493515123456", ["5493515123456", "543515123456", "54351155123456"]),
        ("5492966412345", ["5492966412345", "542966412345", "54296615412345"]),
        ("5215512345678", ["5215512345678", "525512345678"]),
        ("5531998765432", ["5531998765432", "553198765432"]),
        ("12025550143", ["12025550143"]),
        ("5499999999999", ["5499999999999", "549999999999"]),
    ],
)
def test_a_test_number_is_tried_in_the_spellings_its_panel_may_hold(wa_id: str, tried: list[str]) -> None:
    assert list(spellings(WaId(wa_id))) == tried


@given(st.from_regex(r"[0-9]{7,15}", fullmatch=True))
def test_the_id_itself_comes_first_and_none_twice(digits: str) -> None:
    tried = spellings(WaId(digits))

    assert tried[0] == digits
    assert len(set(tried)) == len(tried)


COMPLETE: Final = [
    vector for vector in VECTORS if vector[3] is not PhoneKind.NEEDS_AREA and vector[2] is None
]


@pytest.mark.parametrize("area", ["11", "351", "2966", "0294"])
@pytest.mark.parametrize(("text", "kind", "ids"), [(text, kind, ids) for _, text, _, kind, ids in COMPLETE])
def test_the_organizations_area_changes_no_number_that_is_complete(
    text: str, kind: PhoneKind, ids: str, area: str
) -> None:
    reading = read_typed(text, default_area=area)

    assert (reading.kind, " / ".join([reading.wa_id or "", *reading.alternatives])) == (kind, ids)


@given(
    st.sampled_from(sorted(AREA_CODES)).flatmap(
        lambda area: st.tuples(
            st.just(area), st.from_regex(rf"[2-9][0-9]{{{9 - len(area)}}}", fullmatch=True)
        )
    )
)
def test_the_organizations_area_completes_a_local_number(number: tuple[str, str]) -> None:
    area, subscriber = number

    plain = read_typed(subscriber, default_area=area)
    marked = read_typed(f"15 {subscriber}", default_area=area)

    assert plain.reason is marked.reason is PhoneReason.DEFAULT_AREA
    assert plain.wa_id == marked.wa_id == f"549{area}{subscriber}"
    assert (plain.alternatives, marked.alternatives) == ((f"54{area}{subscriber}",), ())


MEXICAN: Final = st.tuples(
    st.sampled_from(["55", "33", "81", "222", "664", "998"]),
    st.text("0123456789", min_size=8, max_size=8),
).map(lambda parts: (parts[0] + "2" + parts[1])[:10])

BRAZILIAN: Final = st.tuples(
    st.sampled_from(["11", "21", "27", "31", "51", "85"]), st.from_regex(r"[6-9][0-9]{7}", fullmatch=True)
)


@given(MEXICAN, st.sampled_from(["+52 {}", "+52 1 {}", "0052 {}", "00 52 1 {}", "tel:+521{}", "wa.me/+52{}"]))
def test_every_spelling_of_a_mexican_number_stands_for_the_same_two_ids(nsn: str, form: str) -> None:
    reading = read_typed(form.format(nsn), default_area="11")

    assert {reading.wa_id, *reading.alternatives} == {f"52{nsn}", f"521{nsn}"}
    assert match_key(WaId(reading.wa_id or "")) == f"52{nsn}"


@given(BRAZILIAN, st.sampled_from(["+55 {} {}", "+55 ({}) 9{}", "0055 {} {}", "55{}9{}", "+55{}9{}"]))
def test_every_spelling_of_a_brazilian_mobile_has_one_canonical_form(
    number: tuple[str, str], form: str
) -> None:
    reading = read_typed(form.format(*number), default_area="11")

    ddd, old = number
    assert (reading.wa_id, reading.alternatives) == (f"55{ddd}9{old}", (f"55{ddd}{old}",))
