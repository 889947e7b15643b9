"""Webhooks arrive signed, whole, and again until they are answered 200."""

import time

import pytest
from simulator_driver import (
    ANA,
    NUMBER,
    OTHER_NUMBER,
    Receiver,
    Simulator,
    eventually,
    signature_is_good,
    template,
)


def test_an_inbound_message_arrives_signed_over_its_raw_bytes(
    simulator: Simulator, receiver: Receiver
) -> None:
    wamid = simulator.write(body="¿Qué tal? a/b", wait=True)

    headers, body = receiver.received[0]
    assert signature_is_good(headers, body)
    assert not signature_is_good(headers, body + b" ")
    assert headers["content-type"] == "application/json"
    assert rb"\u00bfQu\u00e9 tal? a\/b" in body
    message = receiver.messages[0]
    assert (message["id"], message["from"], message["text"]) == (wamid, ANA, {"body": "¿Qué tal? a/b"})
    assert abs(int(message["timestamp"]) - time.time()) < 5


def test_what_the_test_gives_is_kept_and_what_it_leaves_out_is_filled_in(
    simulator: Simulator, receiver: Receiver
) -> None:
    given = {
        "type": "interactive",
        "id": "wamid.mine",
        "timestamp": "1764000000",
        "context": {"id": "wamid.q"},
    }

    assert simulator.write(message=given, wait=True) == "wamid.mine"

    message = receiver.messages[0]
    assert {key: message[key] for key in given} == given
    assert message["from"] == ANA


@pytest.mark.parametrize("answer", [500, 404, 302, 204])
def test_a_webhook_is_posted_again_until_it_is_answered_200(
    simulator: Simulator, receiver: Receiver, answer: int
) -> None:
    receiver.answers.extend([answer, answer])

    simulator.write()
    eventually(lambda: len(receiver.received) == 3)

    assert len({body for _, body in receiver.received}) == 1
    delivery = eventually(
        lambda: [each for each in simulator.look("/webhooks") if each["outcome"] == "accepted"]
    )[0]
    assert [attempt["status"] for attempt in delivery["attempts"]] == [answer, answer, 200]
    assert delivery["url"] == receiver.url
    assert delivery["field"] == "messages"


def test_waiting_ends_with_the_first_attempt_even_if_it_is_refused(
    simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers.append(503)
    message = {"type": "text", "text": {"body": "Hola"}}

    answer = simulator.control(
        "/inbound", {"phone_number_id": NUMBER, "from": ANA, "message": message, "wait": True}
    )

    assert answer.json()["webhook"]["attempts"][0]["status"] == 503


def test_a_slow_endpoint_gets_at_most_sixteen_webhooks_at_a_time(
    simulator: Simulator, receiver: Receiver
) -> None:
    receiver.delay = 0.5

    for number in range(40):
        simulator.write(f"54911312345{number:02}")
    eventually(lambda: len(receiver.received) == 40)

    assert 1 < receiver.busiest <= 16


def test_many_statuses_share_a_webhook_and_none_is_lost(simulator: Simulator, receiver: Receiver) -> None:
    ids = [
        simulator.post(template(f"54911312{number:05}")).json()["messages"][0]["id"]
        for number in range(1, 101)
    ]

    eventually(lambda: all(len(receiver.statuses(wamid)) == 2 for wamid in (ids[-1], *ids)))

    assert all(receiver.statuses(wamid) == ["sent", "delivered"] for wamid in ids)
    assert len(receiver.received) < 200


def test_the_same_message_id_is_delivered_again_but_stands_once_in_the_chat(
    simulator: Simulator, receiver: Receiver
) -> None:
    given = {"type": "text", "text": {"body": "Hola"}, "id": "wamid.twice"}

    simulator.write(message=given, wait=True)
    simulator.write(message=given, wait=True)

    chat = simulator.http.get("/_phone/chat", params={"phone_number_id": NUMBER, "from": ANA}).json()
    assert [message["id"] for message in receiver.messages] == ["wamid.twice", "wamid.twice"]
    assert [message["id"] for message in chat] == ["wamid.twice"]


def test_the_endpoint_can_be_verified_as_metas_dashboard_does(
    simulator: Simulator, receiver: Receiver
) -> None:
    ours, others = {"phone_number_id": NUMBER}, {"phone_number_id": OTHER_NUMBER}

    assert simulator.control("/verify", ours).json() == {"verified": True}
    assert simulator.control("/verify", others).json() == {"verified": False}

    receiver.handshake_answer = "hello"

    assert simulator.control("/verify", ours).json() == {"verified": False}
