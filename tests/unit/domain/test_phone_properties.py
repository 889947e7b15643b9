"""Properties of the phone rules, over every area code and any text."""

from typing import Final

from hypothesis import assume, example, given
from hypothesis import strategies as st

from campotech_wa.domain.area_codes import AREA_CODES
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phones import (
    PhoneKind,
    PhoneReading,
    accept_from_meta,
    display,
    match_key,
    read_typed,
)

MOBILE: Final = PhoneKind.AR_MOBILE
UNKNOWN: Final = PhoneKind.AR_UNKNOWN
FOREIGN: Final = PhoneKind.FOREIGN


def ids_of(reading: PhoneReading) -> str:
    return " / ".join([reading.wa_id or "", *reading.alternatives])


def read(text: str, area: str | None = None) -> PhoneReading:
    return read_typed(text, default_area=area)


SPELLINGS: Final = [
    "+54 9 {area} {subscriber}",
    "+54 9 0{area} {subscriber}",
    "+54 9 {area} 15 {subscriber}",
    "+54 9 0{area} 15 {subscriber}",
    "+54 9 15 {subscriber}",
    "+54 {area} 15 {subscriber}",
    "+54 0{area} 15 {subscriber}",
    "00 54 9 {area} {subscriber}",
    "0054 {area} 15 {subscriber}",
    "54 9 {area} {subscriber}",
    "54 {area} 15 {subscriber}",
    "54 9 {area} 15 {subscriber}",
    "54 9 0{area} 15 {subscriber}",
    "(0{area}) 15-{subscriber}",
    "({area}) 15-{subscriber}",
    "0 9 {area} {subscriber}",
    "9 {area} {subscriber}",
    "15 {subscriber}",
]

NOISE: Final = ["", "", "", " ", "-", ".", "(", ")", "\u00a0", "\u2011", "\u200e", "\u202a", "\ufeff", "\t"]

ZEROS: Final = ["0", "\u0660", "\u0966", "\uff10", "\U0001d7ce"]
"""The zero of ASCII, Arabic, Devanagari, full-width and bold mathematical digits; the rest follow it."""

NSNS: Final = st.sampled_from(sorted(AREA_CODES)).flatmap(
    lambda area: st.tuples(
        st.just(area), st.text("0123456789", min_size=10 - len(area), max_size=10 - len(area))
    )
)


@st.composite
def spelt_mobiles(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a mobile's area, its subscriber, and one of the ways people and programs write the two."""
    area, subscriber = draw(NSNS)
    assume(len(set(area + subscriber)) > 1)
    plain = draw(st.sampled_from(SPELLINGS)).format(area=area, subscriber=subscriber)
    zero = draw(st.sampled_from(ZEROS))
    written = [chr(ord(zero) + int(char)) if char.isdecimal() else char for char in plain]
    noise = draw(st.lists(st.sampled_from(NOISE), min_size=len(written), max_size=len(written)))
    return area, subscriber, "".join(a + b for a, b in zip(noise, written, strict=True))


@given(spelt_mobiles())
def test_every_spelling_of_a_mobile_has_one_id(spelt: tuple[str, str, str]) -> None:
    area, subscriber, text = spelt

    reading = read(text, area)

    assert (reading.kind, ids_of(reading)) == (MOBILE, f"549{area}{subscriber}")


@given(NSNS)
def test_ten_bare_digits_may_be_a_mobile_or_a_fixed_line(nsn: tuple[str, str]) -> None:
    digits = "".join(nsn)
    assume(len(set(digits)) > 1)

    reading = read(digits)

    assert (reading.kind, ids_of(reading)) == (UNKNOWN, f"549{digits} / 54{digits}")


ANY_TEXT: Final = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=400),
    st.text("0123456789+ -()/15@.*#x", max_size=30),
    st.from_regex(r"\+?(54|52|55|1|44|49|39|351|598)?[0-9]{4,15}", fullmatch=True),
)


@given(ANY_TEXT, st.none() | st.text(max_size=6) | st.sampled_from(sorted(AREA_CODES)))
@example("+52 1 55 1234 5678", None)
def test_any_text_is_read_and_every_id_could_have_come_from_meta(text: str, area: str | None) -> None:
    reading = read(text, area)

    ids = [*([reading.wa_id] if reading.wa_id else []), *reading.alternatives]
    assert [accept_from_meta(wa_id) for wa_id in ids] == ids
    assert len({match_key(wa_id) for wa_id in ids}) == len(ids[:1])
    assert len(set(ids)) == len(ids)
    assert bool(ids) == (reading.kind in {MOBILE, UNKNOWN, FOREIGN})
    assert all(wa_id.startswith("54") == (reading.kind is not FOREIGN) for wa_id in ids)


@given(ANY_TEXT | st.from_regex(r"[0-9]{6,16}", fullmatch=True))
def test_meta_s_ids_are_taken_byte_for_byte_or_not_at_all(raw: str) -> None:
    assert accept_from_meta(raw) in {raw, None}


@given(st.from_regex(r"(549|54|521|52|55[1-9]{2}9|)[0-9]{7,10}", fullmatch=True))
def test_a_match_key_is_its_own_match_key(digits: str) -> None:
    key = match_key(WaId(digits))

    assert match_key(WaId(key)) == key


@given(
    spelt_mobiles().map(lambda spelt: spelt[2])
    | st.from_regex(r"\+(54|5255|5531|1202|44|49|39|351|598)[1-9][0-9]{6,9}", fullmatch=True)
)
@example("+54 9 2966 41-2345")
@example("+52 1 55 1234 5678")
@example("+39 06 1234 5678")
def test_what_is_shown_reads_back_as_the_same_id(text: str) -> None:
    wa_id = read(text, "11").wa_id
    assume(wa_id is not None)

    assert wa_id is not None
    assert read(display(wa_id)).wa_id == wa_id


@given(st.from_regex(r"[0-9]{7,15}", fullmatch=True))
def test_showing_an_id_changes_none_of_its_digits(digits: str) -> None:
    assert "".join(filter(str.isdecimal, display(WaId(digits)))) == digits
