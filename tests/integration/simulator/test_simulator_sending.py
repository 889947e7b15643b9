"""A business sends through the simulated Graph API, and hears what became of it."""

import base64
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from simulator_driver import (
    ANA,
    NUMBER,
    OTHER_NUMBER,
    Receiver,
    Simulator,
    configuration,
    eventually,
    running,
    template,
    text,
)

DAY = timedelta(hours=24).total_seconds()


def test_an_accepted_message_is_answered_as_meta_does(simulator: Simulator) -> None:
    answer = simulator.post(text("54 9 11 3123-4567"))

    body = answer.json()
    assert answer.status_code == 200
    assert body["messaging_product"] == "whatsapp"
    assert body["contacts"] == [{"input": "+54 9 11 3123-4567", "wa_id": ANA}]
    wamid = body["messages"][0]["id"]
    assert ANA.encode() in base64.b64decode(wamid.removeprefix("wamid."))


def test_a_template_is_answered_with_its_message_status(simulator: Simulator) -> None:
    assert simulator.post(template()).json()["messages"][0]["message_status"] == "accepted"


@pytest.mark.parametrize("version", ["v18.0", "v25.0", "v26.0"])
def test_any_version_of_the_graph_api_will_do(simulator: Simulator, version: str) -> None:
    headers = {"Authorization": "Bearer access-token-1"}

    answer = simulator.http.post(f"/{version}/{NUMBER}/messages", json=template(), headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", "Basic access-token-1"])
def test_without_a_good_token_nothing_else_is_looked_at(
    simulator: Simulator, authorization: str | None
) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    answer = simulator.http.post("/v25.0/1/messages", content=b"{", headers=headers)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["type"]) == (401, 190, "OAuthException")
    assert error["fbtrace_id"]


def test_another_ones_number_does_not_exist(simulator: Simulator) -> None:
    answer = simulator.post(text(), number=OTHER_NUMBER)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)


def test_a_faulty_body_is_refused_and_nothing_is_accepted(simulator: Simulator) -> None:
    answer = simulator.post({"messaging_product": "whatsapp", "type": "text", "text": {"body": "Hola"}})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 131008)
    assert simulator.look("/messages") == []


def test_the_sender_can_not_be_the_recipient(simulator: Simulator) -> None:
    assert simulator.post(template("5491140000001")).json()["error"]["code"] == 131021


def test_sent_and_delivered_are_reported_in_order_within_a_quarter_of_a_second(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write(wait=True)
    started = time.monotonic()

    wamid = simulator.send()
    eventually(lambda: len(receiver.statuses(wamid)) == 2)

    assert receiver.statuses(wamid) == ["sent", "delivered"]
    assert time.monotonic() - started < 1.0  # a quarter of a second, and what a busy machine adds


def test_every_status_echoes_the_callback_data(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()

    wamid = simulator.send(biz_opaque_callback_data="m:1")
    eventually(lambda: len(receiver.statuses(wamid)) == 2)

    assert [each["biz_opaque_callback_data"] for each in receiver.status_objects(wamid)] == ["m:1", "m:1"]


def test_a_customer_who_never_wrote_can_not_be_written_to_freely(
    simulator: Simulator, receiver: Receiver
) -> None:
    wamid = simulator.send()
    eventually(lambda: receiver.statuses(wamid))

    assert receiver.statuses(wamid) == ["failed"]
    assert receiver.status_objects(wamid)[0]["errors"][0]["code"] == 131047


def test_the_window_closes_a_day_after_the_customers_last_message(
    simulator: Simulator, receiver: Receiver
) -> None:
    yesterday = str(int(time.time() - DAY - 5))
    simulator.write(message={"type": "text", "text": {"body": "Hola"}, "timestamp": yesterday})

    wamid = simulator.send()
    eventually(lambda: receiver.statuses(wamid))

    assert receiver.statuses(wamid) == ["failed"]


def test_a_template_goes_out_without_a_window(simulator: Simulator, receiver: Receiver) -> None:
    wamid = simulator.post(template()).json()["messages"][0]["id"]

    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])


def test_a_number_that_ends_in_0000_is_not_on_whatsapp(simulator: Simulator, receiver: Receiver) -> None:
    wamid = simulator.post(template("5491131230000")).json()["messages"][0]["id"]
    eventually(lambda: receiver.statuses(wamid))

    assert receiver.status_objects(wamid)[0]["errors"][0]["code"] == 131026


def test_a_closed_window_can_be_refused_at_once(receiver: Receiver, tmp_path: Path) -> None:
    with running(tmp_path, configuration(receiver.url, closed_window="refuse")) as simulator:
        answer = simulator.post(text())

        assert (answer.status_code, answer.json()["error"]["code"]) == (400, 131047)
        assert simulator.look("/messages") == []


def test_marking_as_read_is_a_success_and_shows_on_the_phone(simulator: Simulator) -> None:
    first, second = simulator.write(wait=True), simulator.write(wait=True)
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": second}

    answer = simulator.post({**receipt, "typing_indicator": {"type": "text"}})

    chat = simulator.http.get("/_phone/chat", params={"phone_number_id": NUMBER, "from": ANA}).json()
    assert answer.json() == {"success": True}
    assert {each["id"]: each["state"] for each in chat} == {first: "read", second: "read"}


def test_a_message_of_another_number_can_not_be_marked_as_read(simulator: Simulator) -> None:
    message = simulator.write()
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": message}

    answer = simulator.post(receipt, number=OTHER_NUMBER, token="access-token-2")

    assert answer.json()["error"]["code"] == 131009


def test_accepted_messages_are_listed_in_order_with_their_payload(simulator: Simulator) -> None:
    ids = [simulator.send(body=f"Hola {number}") for number in range(5)]

    listed = simulator.look("/messages")

    assert [each["id"] for each in listed] == ids
    assert [each["id"] for each in simulator.look("/messages?after=3")] == ids[3:]
    assert listed[0]["to"] == ANA
    assert listed[0]["payload"] == text(body="Hola 0")
    assert datetime.fromisoformat(listed[0]["received_at"]).tzinfo is not None
