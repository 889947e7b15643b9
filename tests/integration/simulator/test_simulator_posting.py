"""Tests post webhooks that they have written themselves, and customers come without a number."""

import pytest
from simulator_driver import (
    ACCOUNT,
    ANA,
    NUMBER,
    Receiver,
    Simulator,
    eventually,
    signature_is_good,
    text,
)

HIDDEN = "AR.13491208655302741918"


def test_a_webhook_of_any_field_is_signed_and_its_delivery_answered(
    simulator: Simulator, receiver: Receiver
) -> None:
    value = {"user_preferences": [{"wa_id": ANA, "category": "marketing_messages", "value": "stop"}]}
    order = {"phone_number_id": NUMBER, "field": "user_preferences", "value": value}

    delivery = simulator.control("/webhook", order).json()

    (headers, body), *_ = receiver.received
    (change,) = receiver.payloads[0]["entry"][0]["changes"]
    assert signature_is_good(headers, body)
    assert change["field"] == "user_preferences"
    assert change["value"]["metadata"]["phone_number_id"] == NUMBER
    assert change["value"] | value == change["value"]
    assert (delivery["field"], delivery["kind"], delivery["outcome"]) == (
        "user_preferences",
        "webhook",
        "accepted",
    )
    assert delivery["attempts"][0]["status"] == 200


def test_an_account_field_tells_its_time_and_no_number(simulator: Simulator, receiver: Receiver) -> None:
    order = {"phone_number_id": NUMBER, "field": "account_update", "value": {"event": "ACCOUNT_DELETED"}}

    simulator.control("/webhook", order)

    (entry,) = receiver.payloads[0]["entry"]
    assert (entry["id"], isinstance(entry["time"], int)) == (ACCOUNT, True)
    assert entry["changes"] == [{"value": {"event": "ACCOUNT_DELETED"}, "field": "account_update"}]


@pytest.mark.parametrize(
    "payload", [{}, {"entry": []}, {"entry": [{"changes": [{"field": "x"}]}], "object": 5}]
)
def test_a_whole_body_is_posted_as_it_stands(
    simulator: Simulator, receiver: Receiver, payload: dict[str, object]
) -> None:
    delivery = simulator.control("/webhook", {"phone_number_id": NUMBER, "payload": payload}).json()

    assert receiver.payloads == [payload]
    assert delivery["attempts"][0]["status"] == 200


def test_a_refused_webhook_says_so(simulator: Simulator, receiver: Receiver) -> None:
    receiver.answers.append(503)

    delivery = simulator.control("/webhook", {"phone_number_id": NUMBER, "payload": {}}).json()

    assert delivery["attempts"][0]["status"] == 503


@pytest.mark.parametrize(
    "order",
    [
        {"phone_number_id": "1", "payload": {}},
        {"phone_number_id": NUMBER},
        {"phone_number_id": NUMBER, "field": "messages"},
        {"phone_number_id": NUMBER, "field": "messages", "value": []},
        {"phone_number_id": NUMBER, "payload": "x"},
    ],
)
def test_a_webhook_that_makes_no_sense_is_refused(simulator: Simulator, order: dict[str, object]) -> None:
    answer = simulator.control("/webhook", order)

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def write_hidden(simulator: Simulator) -> None:
    message = {"type": "text", "text": {"body": "Hola"}}
    order = {"phone_number_id": NUMBER, "user_id": HIDDEN, "username": "ana.gomez", "profile_name": "Ana"}
    assert simulator.control("/inbound", {**order, "message": message, "wait": True}).status_code == 200


def test_somebody_writes_without_a_number(simulator: Simulator, receiver: Receiver) -> None:
    write_hidden(simulator)

    (value,) = receiver.values
    profile = {"name": "Ana", "username": "ana.gomez"}
    assert value["contacts"] == [{"profile": profile, "user_id": HIDDEN}]
    assert value["messages"][0]["from_user_id"] == HIDDEN
    assert "from" not in value["messages"][0]


def test_somebody_without_a_number_is_answered_by_user_id(simulator: Simulator, receiver: Receiver) -> None:
    write_hidden(simulator)

    answer = simulator.post({**text(), "to": None, "recipient": HIDDEN}).json()

    wamid = answer["messages"][0]["id"]
    assert answer["contacts"] == [{"input": HIDDEN, "user_id": HIDDEN}]
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])
    assert all("recipient_id" not in each for each in receiver.status_objects(wamid))
    assert {each["recipient_user_id"] for each in receiver.status_objects(wamid)} == {HIDDEN}
    read = simulator.control("/read", {"phone_number_id": NUMBER, "user_id": HIDDEN}).json()
    assert read == {"read": [wamid]}


def test_a_number_that_is_known_can_be_answered_by_user_id_too(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write(wait=True)
    user_id = receiver.values[0]["contacts"][0]["user_id"]

    wamid = simulator.post({**text(), "to": None, "recipient": user_id}).json()["messages"][0]["id"]

    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])
    assert receiver.status_objects(wamid)[0]["recipient_id"] == ANA


def test_somebody_who_gets_a_number_later_is_the_same_person(
    simulator: Simulator, receiver: Receiver
) -> None:
    write_hidden(simulator)
    simulator.write(user_id=HIDDEN, wait=True)

    wamid = simulator.post({**text(), "to": None, "recipient": HIDDEN}).json()["messages"][0]["id"]

    assert receiver.values[1]["contacts"][0] | {"profile": {}} == {
        "profile": {},
        "wa_id": ANA,
        "user_id": HIDDEN,
    }
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])
    assert receiver.status_objects(wamid)[0]["recipient_id"] == ANA
