"""Tests of the phone rules: the reference's vectors and pairs."""

import time
from typing import Final

import pytest

from campotech_wa.domain.area_codes import AREA_CODES
from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.domain.phones import (
    Identity,
    Match,
    PhoneKind,
    PhoneReading,
    PhoneReason,
    ScopedUser,
    accept_from_meta,
    confirmed,
    display,
    match_key,
    read_typed,
    same_person,
    typed,
)

MOBILE: Final = PhoneKind.AR_MOBILE
UNKNOWN: Final = PhoneKind.AR_UNKNOWN
SERVICE: Final = PhoneKind.AR_SERVICE
NEEDS_AREA: Final = PhoneKind.NEEDS_AREA
FOREIGN: Final = PhoneKind.FOREIGN
BSUID: Final = PhoneKind.BSUID
INVALID: Final = PhoneKind.INVALID

# phones-ar.md, section 6: number there, input, default area, kind, "wa_id / alternative".
VECTORS: Final = [
    (1, "+54 9 11 3123-4567", None, MOBILE, "5491131234567"),
    (2, "5491131234567", None, MOBILE, "5491131234567"),
    (3, "549 11 3123 4567", None, MOBILE, "5491131234567"),
    (4, "011 15 3123-4567", None, MOBILE, "5491131234567"),
    (6, "11 15 3123-4567", None, MOBILE, "5491131234567"),
    (8, "+54 11 15 3123 4567", None, MOBILE, "5491131234567"),
    (10, "+54 9 11 15 3123 4567", None, MOBILE, "5491131234567"),
    (12, "+54 9 011 3123 4567", None, MOBILE, "5491131234567"),
    (14, "00 54 9 11 3123 4567", None, MOBILE, "5491131234567"),
    (16, "11 3123-4567", None, UNKNOWN, "5491131234567 / 541131234567"),
    (18, "+54 11 3123-4567", None, UNKNOWN, "5491131234567 / 541131234567"),
    (20, "11 4312-3456", None, UNKNOWN, "5491143123456 / 541143123456"),
    (22, "3123-4567", None, NEEDS_AREA, ""),
    (24, "15 3123-4567", None, NEEDS_AREA, ""),
    (26, "15 512-3456", "351", MOBILE, "5493515123456"),
    (28, "+54 9 15 3123 4567", "11", MOBILE, "5491131234567"),
    (30, "0351 15 512-3456", None, MOBILE, "5493515123456"),
    (32, "351 512-3456", None, UNKNOWN, "5493515123456 / 543515123456"),
    (34, "+54 9 351 512 3456", None, MOBILE, "5493515123456"),
    (36, "0351 15 123-4567", None, MOBILE, "5493511234567"),
    (38, "02966 15 412345", None, MOBILE, "5492966412345"),
    (40, "2966 412345", None, UNKNOWN, "5492966412345 / 542966412345"),
    (42, "+54 9 2966 41-2345", None, MOBILE, "5492966412345"),
    (44, "0221 15 412-3456", None, MOBILE, "5492214123456"),
    (46, "0341 15 612-3456", None, MOBILE, "5493416123456"),
    (48, "03482 15 412345", None, MOBILE, "5493482412345"),
    (50, "0294 15 441-2345", None, MOBILE, "5492944412345"),
    (52, "02320 15 412345", None, MOBILE, "5492320412345"),
    (54, "+54 9 11 9123 4567", None, MOBILE, "5491191234567"),
    (56, "\u202a+54\u00a09\u00a011\u00a03123\u20114567\u202c", None, MOBILE, "5491131234567"),
    (
        58,
        "+\uff15\uff14\uff19\uff11\uff11\uff13\uff11\uff12\uff13\uff14\uff15\uff16\uff17",
        None,
        MOBILE,
        "5491131234567",
    ),
    (60, "+11 3123 4567", None, UNKNOWN, "5491131234567 / 541131234567"),
    (62, "tel:+5491131234567", None, MOBILE, "5491131234567"),
    (64, "11 3123 4567 int. 12", None, UNKNOWN, "5491131234567 / 541131234567"),
    (66, "0800 333 1234", None, SERVICE, ""),
    (68, "0600 123 4567", None, SERVICE, ""),
    (70, "911", None, INVALID, ""),
    (72, "#31#1131234567", None, INVALID, ""),
    (74, "hola", None, INVALID, ""),
    (76, "11-3123-4567 / 11-3123-4568", None, INVALID, ""),
    (78, "000000000", None, INVALID, ""),
    (80, "11 3123 45678", None, INVALID, ""),
    (82, "123456789012345678", None, INVALID, ""),
    (84, "US.13491208655302741918", None, BSUID, ""),
    (86, "+1 202 555 0143", None, FOREIGN, "12025550143"),
    (88, "+598 99 123 456", None, FOREIGN, "59899123456"),
    (90, "+56 9 6123 4567", None, FOREIGN, "56961234567"),
    (92, "+34 612 345 678", None, FOREIGN, "34612345678"),
    (94, "+52 1 55 1234 5678", None, FOREIGN, "5215512345678 / 525512345678"),
    (96, "5215512345678", None, FOREIGN, "5215512345678 / 525512345678"),
    (98, "+55 31 9876 5432", None, FOREIGN, "5531998765432 / 553198765432"),
    (100, "+55 11 3123 4567", None, FOREIGN, "551131234567"),
    (102, "(54) 9 11 3123 4567", None, MOBILE, "5491131234567"),
    (104, "O11 3123 4567", None, INVALID, ""),
    (106, "15412345", "11", NEEDS_AREA, ""),
    (108, "+54 11 1531234567", None, MOBILE, "5491131234567"),
    (110, "+55 51 8123 4567", None, FOREIGN, "5551981234567 / 555181234567"),
    (112, "+44 7400 123456", None, FOREIGN, "447400123456"),
    (114, "0299 154-123456", None, MOBILE, "5492994123456"),
]


def ids_of(reading: PhoneReading) -> str:
    return " / ".join([reading.wa_id or "", *reading.alternatives])


def read(text: str, area: str | None = None) -> PhoneReading:
    return read_typed(text, default_area=area)


def typed_as(text: str) -> Identity:
    return typed(read(text))


def meta(digits: str) -> Identity:
    return confirmed(WaId(digits))


@pytest.mark.parametrize(
    ("text", "area", "kind", "ids"),
    [pytest.param(*vector, id=str(number)) for number, *vector in VECTORS],
)
def test_the_reference_s_vectors_read_as_they_say(
    text: str, area: str | None, kind: PhoneKind, ids: str
) -> None:
    reading = read(text, area)

    assert (reading.kind, ids_of(reading)) == (kind, ids)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Cel.: 011 15 3123-4567", "5491131234567"),
        ("(celular) 011 15 3123-4567", "5491131234567"),
        ("WhatsApp:+5491131234567", "5491131234567"),
        ("n\u00ba 011 15 3123-4567", "5491131234567"),
        ("te\u0301l. 011 15 3123-4567", ""),
        ("https://wa.me/5491131234567?text=Hola%20Juan", "5491131234567"),
        ("https://api.whatsapp.com/send?phone=%2B5491131234567&text=x", "5491131234567"),
        ("whatsapp://send?phone=5491131234567", "5491131234567"),
        ("wa.me/message/ABCDEFGH", ""),
        ("tel:+5491131234567;ext=12", "5491131234567"),
        ("++54 9 11 3123 4567", "5491131234567"),
        ("+54 (0) 11 15 3123-4567", "5491131234567"),
        ("54 9 011 15 3123-4567", "5491131234567"),
        ("9 11 3123 4567", "5491131234567"),
        ("0351/15/512-3456", "5493515123456"),
        ("02944 15 412345", "5492944412345"),
        ("\U0001f4f1 011\t15\n3123-4567", "5491131234567"),
        ("\u0660\u0661\u0661 15 3123-4567", "5491131234567"),
        ("+44 (0) 7400 123456", "447400123456"),
        ("+351 512 3456", "5493515123456 / 543515123456"),
        ("+52 55 1234 5678", "525512345678 / 5215512345678"),
        ("+55 31 99876-5432", "5531998765432 / 553198765432"),
        ("+55 11 93123-4567", "5511931234567"),
        ("12025550143", "12025550143"),
        ("553198765432", "5531998765432 / 553198765432"),
        ("5491131234567@s.whatsapp.net", "5491131234567"),
        ("5491131234567:12@c.us", "5491131234567"),
        ("541143123456@c.us", "541143123456"),
        ("5215512345678@c.us", "5215512345678"),
    ],
)
def test_other_ways_to_write_a_number_are_understood(text: str, ids: str) -> None:
    assert ids_of(read(text)) == ids


@pytest.mark.parametrize(
    ("text", "area", "kind", "reason"),
    [
        ("011 15 3123-4567", None, MOBILE, PhoneReason.MOBILE_MARK),
        ("15 3123-4567", "11", MOBILE, PhoneReason.DEFAULT_AREA),
        ("5491131234567@c.us", None, MOBILE, PhoneReason.WHATSAPP_ADDRESS),
        ("11 3123-4567", None, UNKNOWN, PhoneReason.NO_MOBILE_MARK),
        ("3123-4567", "011", UNKNOWN, PhoneReason.DEFAULT_AREA),
        ("541143123456@c.us", None, UNKNOWN, PhoneReason.WHATSAPP_ADDRESS),
        ("0810 333 1234", None, SERVICE, PhoneReason.NON_GEOGRAPHIC),
        ("+0800 333 1234", None, SERVICE, PhoneReason.NON_GEOGRAPHIC),
        ("3123-4567", None, NEEDS_AREA, PhoneReason.AREA_MISSING),
        ("3123-4567", "999", NEEDS_AREA, PhoneReason.AREA_MISSING),
        ("3123-4567", "351", NEEDS_AREA, PhoneReason.AREA_MISMATCH),
        ("15 3123-4567", "", NEEDS_AREA, PhoneReason.AREA_MISSING),
        ("15 3123-4567", "351", NEEDS_AREA, PhoneReason.AREA_MISMATCH),
        ("+54 9 15 3123 4567", None, NEEDS_AREA, PhoneReason.AREA_MISSING),
        ("+598 99 123 456", None, FOREIGN, PhoneReason.COUNTRY_CODE),
        ("59899123456", None, FOREIGN, PhoneReason.COUNTRY_CODE_ASSUMED),
        ("+1 555 123 4567", None, FOREIGN, PhoneReason.UNASSIGNED_BLOCK),
        ("59899123456@c.us", None, FOREIGN, PhoneReason.WHATSAPP_ADDRESS),
        ("AR.1A2B", None, BSUID, PhoneReason.USER_ID),
        ("\u200eAR.1A2B\u200e", None, BSUID, PhoneReason.USER_ID),
        ("AR.ENT.1A2B", None, BSUID, PhoneReason.USER_ID),
        ("", None, INVALID, PhoneReason.EMPTY),
        (" \t", None, INVALID, PhoneReason.EMPTY),
        ("11 3123 4567 Juan", None, INVALID, PhoneReason.HAS_LETTERS),
        ("11 3123 4567 \u1369", None, INVALID, PhoneReason.HAS_LETTERS),
        ("*31*1131234567", None, INVALID, PhoneReason.HAS_SYMBOLS),
        ("juan@clima.test", None, INVALID, PhoneReason.HAS_AT_SIGN),
        ("120363025555555555@g.us", None, INVALID, PhoneReason.HAS_AT_SIGN),
        ("123@c.us", None, INVALID, PhoneReason.HAS_AT_SIGN),
        ("11 3123 4567 +54", None, INVALID, PhoneReason.PLUS_INSIDE),
        ("11 4312-3456/57", None, INVALID, PhoneReason.TWO_NUMBERS),
        ("911", None, INVALID, PhoneReason.TOO_SHORT),
        ("12345678901234567", None, INVALID, PhoneReason.TOO_LONG),
        ("1" * 301, None, INVALID, PhoneReason.TOO_LONG),
        ("+54 9 11 3123 456", None, INVALID, PhoneReason.WRONG_LENGTH),
        ("54 11 3123 456", None, INVALID, PhoneReason.WRONG_LENGTH),
        ("511 15 3123 4567", None, INVALID, PhoneReason.WRONG_LENGTH),
        ("5131 15 412345", None, INVALID, PhoneReason.WRONG_LENGTH),
        ("+54 9 711 312 4567", None, INVALID, PhoneReason.UNKNOWN_AREA),
        ("711 312 4567", None, INVALID, PhoneReason.UNKNOWN_AREA),
        ("1111111111", None, INVALID, PhoneReason.REPEATED_DIGIT),
        ("+54 9 11 1111-1111", None, INVALID, PhoneReason.REPEATED_DIGIT),
        ("+999 123 4567", None, INVALID, PhoneReason.NO_SUCH_NUMBER),
        ("+49 3011", None, INVALID, PhoneReason.NO_SUCH_NUMBER),
        ("+49 30 123456789012", None, INVALID, PhoneReason.NO_SUCH_NUMBER),
        ("+3123 4567", "11", INVALID, PhoneReason.NO_SUCH_NUMBER),
    ],
)
def test_a_reading_says_why(text: str, area: str | None, kind: PhoneKind, reason: PhoneReason) -> None:
    reading = read(text, area)

    assert (reading.kind, reading.reason) == (kind, reason)


def test_reading_takes_well_under_a_millisecond() -> None:
    for _, text, area, *_ in VECTORS:
        read(text, area)  # libphonenumber loads a country's data on first use

    started = time.perf_counter()
    for _ in range(20):
        for _, text, area, *_ in VECTORS:
            read(text, area)
    elapsed = time.perf_counter() - started

    assert elapsed / (20 * len(VECTORS)) < 0.001


def test_a_pasted_novel_is_not_even_folded() -> None:
    novel = "\ufdfa" * 1_000_000  # NFKC makes 18 characters of each: seconds of work

    started = time.perf_counter()
    read(novel)

    assert time.perf_counter() - started < 0.1


def test_there_are_300_area_codes_and_no_shorter_one_of_two_digits_but_11() -> None:
    assert len(AREA_CODES) == 300
    assert {code for code in AREA_CODES if len(code) == 2} == {"11"}
    assert sum(len(code) == 3 for code in AREA_CODES) == 38
    assert all(code == "11" or code[0] in "23" for code in AREA_CODES)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (typed_as("11 3123-4567"), meta("5491131234567"), Match.SAME),
        (typed_as("011 15 3123 4567"), meta("5491131234567"), Match.SAME),
        (typed_as("+54 9 351 512 3456"), typed_as("0351 155123456"), Match.SAME),
        (meta("5491143123456"), meta("541143123456"), Match.POSSIBLE_DUPLICATE),
        (typed_as("+54 9 11 4312 3456"), meta("541143123456"), Match.POSSIBLE_DUPLICATE),
        (typed_as("11 4312-3456"), meta("541143123456"), Match.SAME),
        (meta("5215512345678"), typed_as("+52 55 1234 5678"), Match.SAME),
        (meta("553198765432"), typed_as("+55 31 99876-5432"), Match.SAME),
        (meta("551131234567"), typed_as("+55 11 93123-4567"), Match.DIFFERENT),
        (meta("5491131234567"), meta("5493515123456"), Match.DIFFERENT),
        (meta("5491131234567"), typed_as("hola"), Match.DIFFERENT),
    ],
)
def test_the_reference_s_pairs_match_as_they_say(one: Identity, other: Identity, expected: Match) -> None:
    assert same_person(one, other) is expected
    assert same_person(other, one) is expected


def test_an_equal_user_id_is_one_person_even_without_a_number() -> None:
    user = ScopedUser("portfolio-1", BusinessScopedUserId("AR.1A2B"))

    match = same_person(confirmed(None, user), confirmed(WaId("5491131234567"), user))

    assert match is Match.SAME


def test_the_same_user_id_in_another_portfolio_means_nothing() -> None:
    here = ScopedUser("portfolio-1", BusinessScopedUserId("AR.1A2B"))
    there = ScopedUser("portfolio-2", BusinessScopedUserId("AR.1A2B"))

    assert same_person(confirmed(None, here), confirmed(None, there)) is Match.DIFFERENT


def test_two_people_without_any_id_are_not_one() -> None:
    assert same_person(confirmed(None), confirmed(None)) is Match.DIFFERENT


def test_a_key_that_two_confirmed_records_hold_links_nobody() -> None:
    match = same_person(typed_as("11 4312-3456"), meta("541143123456"), confirmed_holders=2)

    assert match is Match.POSSIBLE_DUPLICATE


@pytest.mark.parametrize(
    ("wa_id", "key"),
    [
        ("5491131234567", "541131234567"),
        ("541131234567", "541131234567"),
        ("5215512345678", "525512345678"),
        ("5531998765432", "553198765432"),
        ("5511931234567", "5511931234567"),
        ("551131234567", "551131234567"),
        ("12025550143", "12025550143"),
    ],
)
def test_a_match_key_leaves_out_the_digit_that_an_id_may_lack(wa_id: str, key: str) -> None:
    assert match_key(WaId(wa_id)) == key


@pytest.mark.parametrize(
    ("wa_id", "shown"),
    [
        ("5491131234567", "+54 9 11 3123-4567"),
        ("5493515123456", "+54 9 351 512-3456"),
        ("5492966412345", "+54 9 2966 41-2345"),
        ("5492942412345", "+54 9 2942 41-2345"),
        ("5492944412345", "+54 9 294 441-2345"),
        ("541143123456", "+54 11 4312-3456"),
        ("12025550143", "+1 202-555-0143"),
        ("59899123456", "+598 99 123 456"),
        ("5499999999999", "+5499999999999"),
        ("9999999", "+9999999"),
        ("440740012345", "+440740012345"),
    ],
)
def test_an_id_is_shown_as_people_write_it(wa_id: str, shown: str) -> None:
    assert display(WaId(wa_id)) == shown


@pytest.mark.parametrize(
    "raw", ["123456", "1" * 16, "+5491131234567", "549113123456\u0667", "5491131234567\n", ""]
)
def test_what_is_no_id_is_not_accepted_from_meta(raw: str) -> None:
    assert accept_from_meta(raw) is None
