"""What the SMS provider accepts, counts, signs and says."""

import pytest

from campotech_wa.simulator.settings import SmsAccount
from campotech_wa.simulator.sms.checks import check
from campotech_wa.simulator.sms.errors import SmsError
from campotech_wa.simulator.sms.mailbox import Mailbox, Sms
from campotech_wa.simulator.sms.reporting import callback_form, signature
from campotech_wa.simulator.sms.segments import segments

ACCOUNT = SmsAccount("ACdemo1", "secret", ("+541140000001", "+541140000002"))
FORM = {"To": "+5491131234567", "From": "+541140000002", "Body": "Hola"}
SERVICE = f"MG{'0' * 32}"


def test_a_form_becomes_an_sms_with_an_id_of_its_own() -> None:
    sms = check({**FORM, "StatusCallback": "https://example.com/sms"}, ACCOUNT)

    assert (sms.to, sms.sender, sms.body) == tuple(FORM.values())
    assert sms.sid.startswith("SM")
    assert len(sms.sid) == 34
    assert sms.resource()["from"] == "+541140000002"


def test_a_messaging_service_chooses_the_number_afterwards() -> None:
    sms = check({"To": FORM["To"], "Body": "Hola", "MessagingServiceSid": SERVICE}, ACCOUNT)

    assert sms.sender == "+541140000001"
    assert (sms.resource()["from"], sms.resource()["num_segments"]) == (None, "0")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "1131234567"}, 21211),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"From": ""}, 21603),
        ({"From": "+5491100000000"}, 21606),
        ({"MessagingServiceSid": "MG1"}, 20404),
        ({"StatusCallback": "sms"}, 21609),
    ],
)
def test_a_form_that_is_wrong_is_refused_with_twilios_code(change: dict[str, str], code: int) -> None:
    with pytest.raises(SmsError) as refused:
        check({**FORM, **change}, ACCOUNT)

    body = refused.value.body()
    assert (body["code"], body["more_info"]) == (code, f"https://www.twilio.com/docs/errors/{code}")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ñ" * 160, 1),
        ("ó" * 70, 1),
        ("ó" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments_are_counted_in_gsm_7_and_else_in_ucs_2(text: str, count: int) -> None:
    assert segments(text) == count


def test_the_signature_is_that_of_twilios_own_example() -> None:
    url = "https://example.com/myapp.php?foo=1&bar=2"
    form = {
        "To": "+18005551212",
        "Digits": "1234",
        "CallSid": "CA1234567890ABCDE",
        "From": "+14158675310",
        "Caller": "+14158675310",
    }

    assert signature(url, form, "12345") == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_a_status_callback_names_the_error_only_where_there_is_one() -> None:
    sms = Sms("ACdemo1", FORM["To"], FORM["From"], "Hola")
    assert "ErrorCode" not in callback_form(sms)

    sms.error_code = 30003
    assert callback_form(sms)["ErrorCode"] == "30003"


def test_an_argentine_number_is_found_with_its_9_and_without() -> None:
    mailbox = Mailbox()
    mailbox.accepted += [
        Sms("ACdemo1", to, FORM["From"], "Hola") for to in ("+541131234567", "+5493511234567")
    ]

    assert [sms.to for sms in mailbox.of("5491131234567")] == ["+541131234567"]
