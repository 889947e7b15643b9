"""The SMS provider accepts, reports with signed callbacks, refuses, and suffers faults."""

from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from simulator_driver import ANA, SMS_ACCOUNT, SMS_NUMBER, SMS_TOKEN, Receiver, Simulator, eventually

from campotech_wa.simulator.sms.reporting import signature


def reported(receiver: Receiver) -> list[dict[str, str]]:
    return [dict(parse_qsl(body.decode())) for _, body in tuple(receiver.received)]


def statuses(receiver: Receiver) -> list[str]:
    return [each["MessageStatus"] for each in reported(receiver)]


def on_the_phone(simulator: Simulator) -> list[Any]:
    return list(simulator.http.get("/_phone/sms", params={"from": ANA}).json())


def test_an_sms_is_accepted_reported_and_arrives(simulator: Simulator, receiver: Receiver) -> None:
    answer = simulator.send_sms(StatusCallback=f"{receiver.url}/sms?x=1")

    resource = answer.json()
    assert (answer.status_code, resource["status"], resource["num_segments"]) == (201, "queued", "1")
    eventually(lambda: statuses(receiver) == ["queued", "sent", "delivered"])
    assert {each["MessageSid"] for each in reported(receiver)} == {resource["sid"]}
    (listed,) = eventually(lambda: simulator.look("/sms"))
    assert (listed["status"], listed["body"]) == ("delivered", "Su turno es mañana.")
    eventually(lambda: [each["http_status"] for each in simulator.look("/sms")[0]["callbacks"]] == [200] * 3)
    assert [each["from"] for each in on_the_phone(simulator)] == [SMS_NUMBER]


def test_a_callback_is_signed_over_its_address_and_parameters(
    simulator: Simulator, receiver: Receiver
) -> None:
    url = f"{receiver.url}/sms?x=1"
    simulator.send_sms(StatusCallback=url)

    eventually(lambda: receiver.received)
    headers, body = receiver.received[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert headers["x-twilio-signature"] == signature(url, dict(parse_qsl(body.decode())), SMS_TOKEN)


def test_an_sms_can_be_asked_for(simulator: Simulator) -> None:
    sid = simulator.send_sms().json()["sid"]
    address = f"/2010-04-01/Accounts/{SMS_ACCOUNT}/Messages/{{}}.json"

    def status(wanted: str) -> httpx.Response:
        return simulator.http.get(address.format(wanted), auth=(SMS_ACCOUNT, SMS_TOKEN))

    eventually(lambda: status(sid).json()["status"] == "delivered")
    assert status("SM0").json()["code"] == 20404


def test_without_the_right_credentials_nothing_is_sent(simulator: Simulator) -> None:
    address = "/2010-04-01/Accounts/ACother/Messages.json"

    wrong = simulator.send_sms(token="guess")
    other = simulator.http.post(address, data={}, auth=(SMS_ACCOUNT, SMS_TOKEN))
    none = simulator.http.post(address, data={}, headers={"Authorization": "Basic %%%"})

    codes = [(each.status_code, each.json()["code"]) for each in (wrong, other, none)]
    assert codes == [(401, 20003), (404, 20404), (401, 20003)]


def test_who_answered_stop_gets_nothing_until_they_answer_start(simulator: Simulator) -> None:
    simulator.control("/sms/unsubscribe", {"from": "11 3123-4567"})
    refused = simulator.send_sms()
    simulator.control("/sms/unsubscribe", {"from": "11 3123-4567", "unsubscribed": False})

    assert (refused.status_code, refused.json()["code"]) == (400, 21610)
    assert simulator.send_sms().status_code == 201


@pytest.mark.parametrize(("code", "status"), [(20429, 429), (21211, 400), (99999, 400)])
def test_an_ordered_error_is_a_refusal_by_the_provider_alone(
    simulator: Simulator, code: int, status: int
) -> None:
    simulator.control("/faults", {"error_code": code, "match": {"route": "sms"}})

    answer = simulator.send_sms()

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert simulator.look("/sms") == []
    assert simulator.send()


@pytest.mark.parametrize(
    ("code", "expected"),
    [(30003, ["queued", "sent", "undelivered"]), (30001, ["queued", "failed"])],
)
def test_an_ordered_failure_is_reported_with_its_code(
    simulator: Simulator, receiver: Receiver, code: int, expected: list[str]
) -> None:
    simulator.control("/faults", {"status_failed_code": code, "match": {"route": "sms", "to": ANA}})

    simulator.send_sms(StatusCallback=receiver.url)

    eventually(lambda: statuses(receiver) == expected)
    assert reported(receiver)[-1]["ErrorCode"] == str(code)
    assert on_the_phone(simulator) == []


def test_a_dropped_response_is_an_sms_whose_answer_never_comes(simulator: Simulator) -> None:
    simulator.control("/faults", {"drop_response": True, "times": 1, "match": {"route": "sms"}})

    with pytest.raises(httpx.RemoteProtocolError):
        simulator.send_sms()

    assert len(simulator.look("/sms")) == 1
    assert simulator.send_sms(Body="").json()["code"] == 21602


def test_an_http_status_and_a_delay_can_be_ordered_too(simulator: Simulator) -> None:
    simulator.control("/faults", {"http_status": 503, "latency_ms": 50, "match": {"route": "sms"}})

    assert simulator.send_sms().status_code == 503


def test_an_address_that_nobody_answers_is_tried_once(simulator: Simulator) -> None:
    simulator.send_sms(StatusCallback="http://127.0.0.1:9/sms")

    errors = eventually(lambda: [each["error"] for each in simulator.look("/sms")[0]["callbacks"]])
    assert errors[0] == "ConnectError"


def test_a_reset_empties_the_mailbox(simulator: Simulator) -> None:
    simulator.send_sms()

    simulator.control("/reset", {})

    assert simulator.look("/sms") == []
    assert on_the_phone(simulator) == []
