"""Tests steer the world: they let the customer read, order misfortune, and begin anew."""

import time

import httpx
import pytest
from simulator_driver import ANA, NUMBER, Receiver, Simulator, eventually, template, text


def test_read_is_reported_once_for_everything_that_was_delivered(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write()
    ids = [simulator.send(), simulator.send()]
    eventually(lambda: all(receiver.statuses(wamid) == ["sent", "delivered"] for wamid in ids))

    first = simulator.control("/read", {"phone_number_id": NUMBER, "from": ANA}).json()
    second = simulator.control("/read", {"phone_number_id": NUMBER, "from": ANA}).json()

    assert (first, second) == ({"read": ids}, {"read": []})
    eventually(lambda: all(receiver.statuses(wamid) == ["sent", "delivered", "read"] for wamid in ids))


def test_read_at_once_still_comes_after_delivered(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()
    wamid = simulator.send()

    simulator.control("/read", {"phone_number_id": NUMBER, "from": ANA})

    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered", "read"])


def test_what_will_fail_can_not_be_read(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write()
    simulator.control("/faults", {"status_failed_code": 131049, "times": 1})
    failing, delivered = simulator.send(), simulator.send()

    answer = simulator.control("/read", {"phone_number_id": NUMBER, "from": ANA})

    assert answer.json() == {"read": [delivered]}
    eventually(lambda: receiver.statuses(delivered) == ["sent", "delivered", "read"])
    assert receiver.statuses(failing) == ["sent", "failed"]


def test_an_ordered_error_is_a_refusal_and_nothing_is_accepted(simulator: Simulator) -> None:
    simulator.control("/faults", {"error_code": 131016, "times": 1})

    refused, accepted = simulator.post(text()), simulator.post(text())

    assert (refused.status_code, refused.json()["error"]["code"]) == (500, 131016)
    assert accepted.status_code == 200
    assert len(simulator.look("/messages")) == 1


def test_an_ordered_http_status_has_a_page_for_a_body(simulator: Simulator) -> None:
    simulator.control("/faults", {"http_status": 502, "times": 1})

    answer = simulator.post(text())

    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert simulator.look("/messages") == []


def test_a_dropped_response_is_an_acceptance_whose_answer_never_comes(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write()
    simulator.control("/faults", {"drop_response": True, "times": 1})

    with pytest.raises(httpx.RemoteProtocolError):
        simulator.post(text(body="¿Llegó?"))

    (accepted,) = simulator.look("/messages")
    assert accepted["payload"]["text"]["body"] == "¿Llegó?"
    eventually(lambda: receiver.statuses(accepted["id"]) == ["sent", "delivered"])
    assert simulator.post(text()).status_code == 200


def test_latency_delays_the_answer_and_not_the_acceptance(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/faults", {"latency_ms": 400, "times": 1})
    started = time.monotonic()

    wamid = simulator.post(template()).json()["messages"][0]["id"]

    assert time.monotonic() - started >= 0.4
    assert receiver.statuses(wamid) == ["sent", "delivered"]


def test_an_ordered_failure_comes_after_sent(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/faults", {"status_failed_code": 131049, "match": {"type": "template"}, "times": 1})
    simulator.write()

    untouched = simulator.send()
    failed = simulator.post(template()).json()["messages"][0]["id"]

    eventually(lambda: receiver.statuses(failed) == ["sent", "failed"])
    assert receiver.status_objects(failed)[1]["errors"][0]["code"] == 131049
    eventually(lambda: receiver.statuses(untouched) == ["sent", "delivered"])


def test_faults_are_listed_and_lifted(simulator: Simulator) -> None:
    simulator.control("/faults", {"error_code": 4, "match": {"to": ANA}})

    (rule,) = simulator.look("/faults")
    assert (rule["error_code"], rule["match"], rule["remaining"]) == (4, {"to": ANA}, None)

    simulator.http.delete("/_sim/faults")

    assert simulator.look("/faults") == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/inbound", b"{"),
        ("/inbound", b"[]"),
        ("/inbound", b'{"phone_number_id": "1", "from": "5491131234567", "message": {"type": "text"}}'),
        ("/inbound", b'{"phone_number_id": "100000000000001", "message": {"type": "text"}}'),
        ("/read", b'{"phone_number_id": "100000000000001"}'),
        ("/read", b'{"phone_number_id": "1", "from": "5491131234567"}'),
        ("/faults", b"{}"),
        ("/verify", b"{}"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(simulator: Simulator, path: str, body: bytes) -> None:
    answer = simulator.http.post(f"/_sim{path}", content=body)

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_a_list_wants_a_number_to_begin_after(simulator: Simulator) -> None:
    assert simulator.http.get("/_sim/messages?after=x").status_code == 422


def test_a_control_route_that_is_none_is_not_the_graph_api(simulator: Simulator) -> None:
    assert simulator.http.post("/_sim/nothing", json={}).status_code == 404


def test_a_reset_forgets_the_statuses_to_come(simulator: Simulator, receiver: Receiver) -> None:
    simulator.post(template())

    simulator.control("/reset", {})
    time.sleep(0.4)

    assert receiver.values == []


def test_a_reset_empties_the_world_and_cancels_what_is_pending(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.control("/faults", {"error_code": 4})
    receiver.answers.extend([500] * 100)
    simulator.write()
    eventually(lambda: len(receiver.received) == 2)

    simulator.control("/reset", {})
    receiver.reset()
    time.sleep(1.2)  # longer than the pause before the third attempt

    assert receiver.received == []
    assert [simulator.look(path) for path in ("/messages", "/webhooks", "/faults")] == [[], [], []]
