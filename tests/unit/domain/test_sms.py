"""When a message may go by SMS: for every case, whatever else is true of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import meta_errors, sms, sms_number
from campotech_wa.domain.ids import WaId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.meta_errors import Sms
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.domain.sms import Case, WhyNot, is_still_needed, why_not
from campotech_wa.domain.sms_state import SmsReason

USUAL = Case(SmsReason.UNDELIVERABLE, 131026, Priority.NORMAL, "UTILITY", "+5491131234567")

cases = st.builds(
    Case,
    reason=st.sampled_from(SmsReason),
    code=st.none() | st.sampled_from([entry.code for entry in meta_errors.TABLE]),
    priority=st.sampled_from(Priority),
    category=st.none() | st.sampled_from(["UTILITY", "AUTHENTICATION", "MARKETING", "NEWS"]),
    number=st.none() | st.just("+5491131234567"),
    is_on=st.booleans(),
    has_opted_out=st.booleans(),
)


def test_the_usual_case_goes() -> None:
    assert why_not(USUAL) is None


@given(cases)
def test_nothing_goes_that_must_not(case: Case) -> None:
    if why_not(case) is not None:
        return
    assert case.is_on
    assert case.number
    assert not case.has_opted_out
    assert case.code not in sms.OPT_OUTS
    assert case.category in {"UTILITY", "AUTHENTICATION"}
    if case.reason is SmsReason.UNDELIVERABLE:
        assert case.code is not None
        assert meta_errors.find(case.code).sms is not Sms.NO


@given(cases)
def test_a_higher_priority_never_loses_an_sms(case: Case) -> None:
    if why_not(case) is None:
        assert why_not(replace(case, priority=Priority.HIGH)) is None


@pytest.mark.parametrize(
    ("change", "against"),
    [
        ({"code": None}, WhyNot.FORBIDDEN),
        ({"code": 132000}, WhyNot.NOT_URGENT),
        ({"code": 132000, "priority": Priority.HIGH}, None),
        ({"reason": SmsReason.PANIC, "code": None}, WhyNot.NOT_URGENT),
        ({"reason": SmsReason.PANIC, "code": None, "priority": Priority.HIGH}, None),
        ({"reason": SmsReason.EXPIRED, "code": None, "priority": Priority.LOW}, None),
        ({"reason": SmsReason.NOT_DELIVERED, "code": None}, None),
        ({"reason": SmsReason.NOT_DELIVERED, "code": None, "priority": Priority.LOW}, WhyNot.NOT_URGENT),
        ({"category": None}, WhyNot.NO_TEXT),
        ({"category": "MARKETING"}, WhyNot.MARKETING),
        ({"number": None}, WhyNot.NO_NUMBER),
        ({"is_on": False}, WhyNot.OFF),
    ],
)
def test_what_speaks_against_it_is_named(change: dict[str, object], against: WhyNot | None) -> None:
    assert why_not(replace(USUAL, **change)) is against  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("reason", list(SmsReason))
@pytest.mark.parametrize("state", [MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED])
def test_what_the_customer_has_needs_no_sms(reason: SmsReason, state: MessageState) -> None:
    assert not is_still_needed(reason, state)


@pytest.mark.parametrize("reason", list(SmsReason))
def test_what_somebody_took_back_needs_no_sms(reason: SmsReason) -> None:
    assert not is_still_needed(reason, MessageState.CANCELLED)


@pytest.mark.parametrize(
    ("wa_id", "number"),
    [
        ("5491131234567", "+5491131234567"),
        ("541143123456", None),
        ("5215512345678", "+525512345678"),
        ("525512345678", "+525512345678"),
        ("553198765432", "+5531998765432"),
        ("5511987654321", "+5511987654321"),
        ("12025550143", "+12025550143"),
    ],
)
def test_the_number_is_the_one_that_is_dialled_today(wa_id: str, number: str | None) -> None:
    assert sms_number.of(WaId(wa_id)) == number
