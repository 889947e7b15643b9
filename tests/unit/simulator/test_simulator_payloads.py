"""The webhook bodies and their signature."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from campotech_wa.simulator import payloads
from campotech_wa.simulator.identifiers import Author, user_id
from campotech_wa.simulator.payloads import Report
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.state import ChatKey, Message, State

AT = datetime(2026, 11, 23, 12, 0, 0, 500_000, UTC)


def sent_message(number: str = "5491131234567", kind: str = "text", **changes: object) -> Message:
    key = ChatKey("100000000000001", number)
    message = Message(f"wamid.{number}", key, Author.BUSINESS, kind, {"to": number}, AT)
    for name, value in changes.items():
        setattr(message, name, value)
    return message


def status_of(channel: Channel, report: Report) -> JsonObject:
    value = value_of(payloads.statuses(channel, [report]))
    return json.loads(json.dumps(value))["statuses"][0]


def value_of(payload: JsonObject) -> JsonObject:
    return json.loads(json.dumps(payload))["entry"][0]["changes"][0]["value"]


def test_the_body_is_ascii_with_escaped_slashes_and_reads_back_the_same() -> None:
    payload: JsonObject = {"text": "¿Qué tal? 👍", "mime_type": "audio/ogg"}

    body = payloads.encode(payload)

    assert body == rb'{"text":"\u00bfQu\u00e9 tal? \ud83d\udc4d","mime_type":"audio\/ogg"}'
    assert json.loads(body) == payload


def test_the_signature_is_the_hmac_of_the_raw_bytes() -> None:
    expected = hmac.new(b"secret", b"body", hashlib.sha256).hexdigest()

    assert payloads.signature(b"body", "secret") == f"sha256={expected}"


def test_an_inbound_message_comes_in_metas_envelope(channel: Channel) -> None:
    message: JsonObject = {"from": "5491131234567", "id": "wamid.x", "type": "text", "text": {"body": "Hola"}}

    payload = payloads.inbound(channel, message, wa_id="5491131234567", profile_name="Ana")

    value = value_of(payload)
    assert payload["object"] == "whatsapp_business_account"
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {
        "display_phone_number": "5491140000001",
        "phone_number_id": "100000000000001",
    }
    assert value["messages"] == [message]
    ana = user_id(channel.waba_id, "5491131234567")
    assert value["contacts"] == [{"profile": {"name": "Ana"}, "wa_id": "5491131234567", "user_id": ana}]


def test_a_status_has_its_time_as_a_string_and_echoes_the_callback_data(channel: Channel) -> None:
    message = sent_message(payload={"biz_opaque_callback_data": "m:1"})

    status = status_of(channel, Report(message, State.SENT, AT))

    assert status["timestamp"] == "1795435200"
    assert status["status"] == "sent"
    assert status["recipient_id"] == "5491131234567"
    assert status["biz_opaque_callback_data"] == "m:1"


@pytest.mark.parametrize(
    ("kind", "in_window", "category", "billable"),
    [
        ("text", True, "service", False),
        ("template", True, "utility", False),
        ("template", False, "utility", True),
    ],
)
def test_only_a_template_outside_the_window_is_billed(
    channel: Channel, kind: str, category: str, *, in_window: bool, billable: bool
) -> None:
    message = sent_message(kind=kind, in_window=in_window)

    pricing = status_of(channel, Report(message, State.DELIVERED, AT))["pricing"]

    price_type = "regular" if billable else "free_customer_service"
    assert pricing == {"billable": billable, "pricing_model": "PMP", "type": price_type, "category": category}


def test_a_read_status_has_no_price_for_delivered_had_it(channel: Channel) -> None:
    assert "pricing" not in status_of(channel, Report(sent_message(), State.READ, AT))


def test_a_failure_has_errors_and_names_nobody(channel: Channel) -> None:
    report = Report(sent_message(), State.FAILED, AT, "Ana", error_code=131026)

    value = value_of(payloads.statuses(channel, [report]))

    status = status_of(channel, report)
    assert "contacts" not in value
    assert "recipient_user_id" not in status
    errors = status["errors"]
    assert isinstance(errors, list)
    assert errors[0]["code"] == 131026


def test_a_batch_has_one_change_per_customer_and_all_statuses_in_order(channel: Channel) -> None:
    ana, bruno = sent_message(), sent_message("5493515123456")
    reports = [Report(ana, State.SENT, AT), Report(bruno, State.SENT, AT), Report(ana, State.DELIVERED, AT)]

    payload = json.loads(payloads.encode(payloads.statuses(channel, reports)))

    changes = payload["entry"][0]["changes"]
    told = [[(each["id"], each["status"]) for each in change["value"]["statuses"]] for change in changes]
    assert told == [[(ana.id, "sent"), (ana.id, "delivered")], [(bruno.id, "sent")]]
