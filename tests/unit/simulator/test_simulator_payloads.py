"""The webhook bodies and their signature."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from campotech_wa.simulator.identifiers import Author, user_id
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.webhooks import payloads
from campotech_wa.simulator.webhooks.payloads import Report
from campotech_wa.simulator.world.state import Chat, ChatKey, Message, State

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


def report(
    message: Message, state: State, error_code: int | None = None, *, name: str = "", username: str = ""
) -> Report:
    person = user_id("200000000000001", message.chat.customer)
    chat = Chat(message.chat, person, profile_name=name, username=username)
    return Report(message, state, AT, chat, error_code)


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

    ana = user_id(channel.waba_id, "5491131234567")
    key = ChatKey(channel.phone_number_id, "5491131234567")

    payload = payloads.inbound(channel, message, Chat(key, ana, profile_name="Ana"))

    value = value_of(payload)
    assert payload["object"] == "whatsapp_business_account"
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {
        "display_phone_number": "5491140000001",
        "phone_number_id": "100000000000001",
    }
    assert value["messages"] == [message]
    assert value["contacts"] == [{"profile": {"name": "Ana"}, "wa_id": "5491131234567", "user_id": ana}]


def test_a_status_has_its_time_as_a_string_and_echoes_the_callback_data(channel: Channel) -> None:
    message = sent_message(payload={"biz_opaque_callback_data": "m:1"})

    status = status_of(channel, report(message, State.SENT))

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

    pricing = status_of(channel, report(message, State.DELIVERED))["pricing"]

    price_type = "regular" if billable else "free_customer_service"
    assert pricing == {"billable": billable, "pricing_model": "PMP", "type": price_type, "category": category}


def test_a_read_status_has_no_price_for_delivered_had_it(channel: Channel) -> None:
    assert "pricing" not in status_of(channel, report(sent_message(), State.READ))


def test_a_failure_has_errors_and_names_nobody(channel: Channel) -> None:
    failed = report(sent_message(), State.FAILED, 131026, name="Ana")

    value = value_of(payloads.statuses(channel, [failed]))

    status = status_of(channel, failed)
    assert "contacts" not in value
    assert "recipient_user_id" not in status
    errors = status["errors"]
    assert isinstance(errors, list)
    assert errors[0]["code"] == 131026


def test_a_batch_has_one_change_per_customer_and_all_statuses_in_order(channel: Channel) -> None:
    ana, bruno = sent_message(), sent_message("5493515123456")
    reports = [report(ana, State.SENT), report(bruno, State.SENT), report(ana, State.DELIVERED)]

    payload = json.loads(payloads.encode(payloads.statuses(channel, reports)))

    changes = payload["entry"][0]["changes"]
    told = [[(each["id"], each["status"]) for each in change["value"]["statuses"]] for change in changes]
    assert told == [[(ana.id, "sent"), (ana.id, "delivered")], [(bruno.id, "sent")]]


def test_somebody_without_a_number_is_named_by_user_id_alone(channel: Channel) -> None:
    message = sent_message("AR.13491")
    person = report(message, State.SENT).chat.user_id

    sent = value_of(payloads.statuses(channel, [report(message, State.SENT, username="ana")]))
    read = value_of(payloads.statuses(channel, [report(message, State.READ, username="ana")]))
    failed = status_of(channel, report(message, State.FAILED, 131026))

    assert sent["contacts"] == [{"user_id": person}]
    assert read["contacts"] == [{"profile": {"username": "ana"}, "user_id": person}]
    assert "recipient_id" not in failed
    assert failed["recipient_user_id"] == person


def test_a_system_message_has_no_contacts(channel: Channel) -> None:
    chat = Chat(ChatKey(channel.phone_number_id, "5491131234567"), "AR.1")

    assert "contacts" not in value_of(payloads.inbound(channel, {"type": "system"}, chat))


def test_a_message_field_names_its_number_and_another_its_time(channel: Channel) -> None:
    preference = payloads.of_field(channel, "user_preferences", {"user_preferences": []}, at=AT)
    template = payloads.of_field(channel, "message_template_status_update", {"event": "APPROVED"}, at=AT)

    assert value_of(preference)["messaging_product"] == "whatsapp"
    assert value_of(template) == {"event": "APPROVED"}
    assert "time" not in json.dumps(preference)
    assert json.loads(json.dumps(template))["entry"][0]["time"] == 1795435200


def test_what_a_written_value_says_of_itself_stays(channel: Channel) -> None:
    value: JsonObject = {"metadata": {"phone_number_id": "7"}}

    assert value_of(payloads.of_field(channel, "messages", value, at=AT))["metadata"] == value["metadata"]
