"""A callback's form becomes a report, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.sms_state import SmsState
from campotech_wa.sms import callbacks
from campotech_wa.sms.callbacks import Malformed, Report


@pytest.mark.parametrize(
    ("body", "report"),
    [
        (b"MessageSid=SM1&MessageStatus=delivered", Report("SM1", SmsState.DELIVERED)),
        (b"SmsSid=SM1&SmsStatus=sent", Report("SM1", SmsState.SENT)),
        (b"MessageSid=SM1&MessageStatus=queued", Report("SM1", SmsState.SENT)),
        (
            b"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005",
            Report("SM1", SmsState.FAILED, "30005"),
        ),
        (b"MessageSid=SM1&MessageStatus=resting", None),
        (b"MessageStatus=sent", None),
        (b"", None),
    ],
)
def test_what_a_form_says(body: bytes, report: Report | None) -> None:
    assert callbacks.read(callbacks.fields(body)) == report


def test_a_form_without_end_is_none() -> None:
    with pytest.raises(Malformed):
        callbacks.fields(b"&".join([b"a=b"] * 101))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_form_or_refused(body: bytes) -> None:
    try:
        form = callbacks.fields(body)
    except Malformed:
        return
    report = callbacks.read(form)
    assert report is None or report.sid.encode()
