"""What a provider answers is an acceptance, or the one failure that says what to do about it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.errors import SmsBusy, SmsError, SmsRefused, SmsUnconfirmed
from campotech_wa.sms import Accepted, answers


def test_an_acceptance_names_the_sms_and_its_parts() -> None:
    body = json.dumps({"sid": "SM1", "num_segments": "2", "status": "queued"}).encode()

    assert answers.read(201, body) == Accepted("SM1", segments=2)


@pytest.mark.parametrize("segments", [None, "", "x", "-1", "99999", True, [1]])
def test_a_count_of_parts_that_is_none_is_zero(segments: object) -> None:
    body = json.dumps({"sid": "SM1", "num_segments": segments}).encode()

    assert answers.read(200, body).segments == 0


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, b'{"code": 21211, "message": "Invalid"}', SmsRefused, "21211"),
        (400, b'{"code": "21610"}', SmsRefused, "21610"),
        (400, b'{"code": true}', SmsRefused, ""),
        (400, b'{"code": "+5491131234567"}', SmsRefused, ""),
        (400, b'{"code": 5491131234567}', SmsRefused, ""),
        (400, b"<html>", SmsRefused, ""),
        (401, b"", SmsRefused, "20003"),
        (403, b"[]", SmsRefused, "20003"),
        (404, b"null", SmsRefused, "20404"),
        (302, b"", SmsRefused, "address"),
        (429, b"", SmsBusy, ""),
        (429, b'{"code": 20429}', SmsBusy, "20429"),
        (400, b'{"code": 14107}', SmsBusy, "14107"),
        (500, b'{"code": 20500}', SmsUnconfirmed, "20500"),
        (503, b"", SmsUnconfirmed, ""),
        (201, b"{}", SmsUnconfirmed, ""),
        (201, b'{"sid": ""}', SmsUnconfirmed, ""),
        (201, b"[" * 200_000, SmsUnconfirmed, ""),
        (201, b'{"sid": "SM1", "status": "failed", "error_code": 30002}', SmsRefused, "30002"),
    ],
)
def test_a_failure_says_what_to_do(status: int, body: bytes, kind: type[SmsError], code: str) -> None:
    with pytest.raises(SmsError) as failed:
        answers.read(status, body)

    assert (type(failed.value), failed.value.code) == (kind, code)


@given(st.integers(100, 999), st.binary(max_size=40))
def test_no_answer_is_beyond_reading(status: int, body: bytes) -> None:
    try:
        accepted = answers.read(status, body)
    except SmsError:
        return
    assert accepted.sid
