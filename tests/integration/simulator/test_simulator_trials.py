"""Tests set things against a sender: chance, disorder, conditions and limits; and count what it did."""

from collections import Counter
from typing import Any

import httpx
import pytest
from simulator_driver import (
    ACCOUNT,
    ANA,
    NUMBER,
    OTHER_NUMBER,
    TOKEN,
    Receiver,
    Simulator,
    eventually,
    template,
)


def error_code(answer: httpx.Response) -> int:
    return int(answer.json()["error"]["code"])


def node(simulator: Simulator, path: str, **query: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return simulator.http.get(f"/v25.0/{path}", params=query, headers=headers)


def test_shares_of_several_faults_strike_together_and_repeat_with_the_seed(simulator: Simulator) -> None:
    def outcomes() -> list[int]:
        simulator.control("/reset", {"seed": 11})
        simulator.control("/faults", {"http_status": 500, "share": 0.3})
        simulator.control("/faults", {"error_code": 130429, "share": 0.3})
        return [simulator.post(template()).status_code for _ in range(60)]

    first = outcomes()

    assert first == outcomes()
    assert set(first) == {200, 400, 500}
    hits = [rule["hits"] for rule in simulator.look("/faults")]
    assert hits == [Counter(first)[500], Counter(first)[400]]


def test_one_fault_is_lifted_by_its_id(simulator: Simulator) -> None:
    ids = [simulator.control("/faults", {"error_code": code}).json()["id"] for code in (4, 131016)]

    assert simulator.http.delete(f"/_sim/faults/{ids[0]}").json() == {"cleared": True}
    assert error_code(simulator.post(template())) == 131016


def test_a_doubled_status_comes_in_two_webhooks(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/disorder", {"duplicate_share": 1, "reorder_ms": 100})

    wamid = simulator.post(template()).json()["messages"][0]["id"]

    eventually(lambda: sorted(receiver.statuses(wamid)) == ["delivered", "delivered", "sent", "sent"])
    assert simulator.look("/disorder")["hits"] == {"lost": 0, "duplicated": 2, "reordered": 0}


def test_a_lost_status_never_comes_though_the_message_does(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/disorder", {"lose_share": 1})

    simulator.post(template())

    eventually(lambda: [each["state"] for each in simulator.look("/messages")] == ["delivered"])
    assert receiver.received == []


def test_statuses_of_one_message_overtake_each_other(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/reset", {"seed": 1})
    simulator.control("/disorder", {"reorder_share": 0.5, "reorder_ms": 300})

    ids = [simulator.post(template()).json()["messages"][0]["id"] for _ in range(20)]

    eventually(lambda: all(len(receiver.statuses(wamid)) == 2 for wamid in ids))
    orders = {tuple(receiver.statuses(wamid)) for wamid in ids}
    assert orders == {("sent", "delivered"), ("delivered", "sent")}


def test_a_revoked_token_opens_nothing_until_it_is_restored(simulator: Simulator) -> None:
    simulator.control("/conditions", {"phone_number_id": NUMBER, "token_revoked": True})

    answer = simulator.post(template())
    inspected = node(simulator, "debug_token", input_token=TOKEN, access_token="1|app-secret-1").json()

    assert (answer.status_code, error_code(answer)) == (401, 190)
    assert error_code(node(simulator, NUMBER)) == 190
    assert inspected["data"]["is_valid"] is False
    assert simulator.post(template(), number=OTHER_NUMBER, token="access-token-2").status_code == 200

    simulator.control("/conditions", {"phone_number_id": NUMBER, "token_revoked": False})
    assert simulator.post(template()).status_code == 200


@pytest.mark.parametrize(("account", "code"), [("locked", 131031), ("restricted", 368)])
def test_a_stopped_account_refuses_sends_and_says_so_in_its_health(
    simulator: Simulator, account: str, code: int
) -> None:
    simulator.control("/conditions", {"account": account})

    assert error_code(simulator.post(template())) == code
    for path in (NUMBER, ACCOUNT):
        health: dict[str, Any] = node(simulator, path, fields="health_status").json()["health_status"]
        assert health["can_send_message"] == "BLOCKED"

    simulator.http.delete("/_sim/adversity")
    assert simulator.post(template()).status_code == 200


def test_in_an_outage_nothing_is_answered_and_nothing_accepted(simulator: Simulator) -> None:
    simulator.control("/conditions", {"outage": "unavailable"})
    assert [simulator.post(template()).status_code, node(simulator, NUMBER).status_code] == [503, 503]

    simulator.control("/conditions", {"outage": "dropped"})
    with pytest.raises(httpx.RemoteProtocolError):
        simulator.post(template())

    simulator.control("/conditions", {"outage": "none"})
    assert simulator.post(template()).status_code == 200
    assert len(simulator.look("/messages")) == 1
    assert simulator.look("/conditions")[0]["hits"] == {"outage": 3}


def test_throughput_and_pair_limit_refuse_and_the_messaging_limit_fails_later(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.control("/conditions", {"throughput": 1000, "pair_limit": True})
    codes = [simulator.post(template()).status_code for _ in range(46)]
    assert codes == [200] * 45 + [400]
    assert error_code(simulator.post(template())) == 131056

    simulator.control("/conditions", {"throughput": 1, "pair_limit": False})
    answers = [simulator.post(template()) for _ in range(3)]
    assert 130429 in [error_code(each) for each in answers if each.status_code == 400]

    simulator.control("/conditions", {"throughput": 0, "messaging_limit": 1})
    ids = [simulator.post(template(to)).json()["messages"][0]["id"] for to in (ANA, "5491131234568")]
    eventually(lambda: receiver.statuses(ids[1]) == ["failed"])
    assert receiver.status_objects(ids[1])[0]["errors"][0]["code"] == 131048
    eventually(lambda: receiver.statuses(ids[0]) == ["sent", "delivered"])


def test_what_a_customer_writes_takes_throughput_too(simulator: Simulator) -> None:
    simulator.control("/conditions", {"throughput": 1})

    simulator.write()

    assert error_code(simulator.post(template())) == 130429


def test_the_accounting_tells_what_was_accepted_and_what_twice(simulator: Simulator) -> None:
    for data in ("m1.1", "m2.1", "m1.2"):
        simulator.post({**template(), "biz_opaque_callback_data": data})

    account = simulator.look("/accounting")[NUMBER]

    assert (account["accepted"], account["max_in_any_60s"]) == (3, 3)
    assert account["accepted_twice"] == [{"id": "m1", "times": 2, "attempts": ["1", "2"]}]


def test_where_only_counts_are_kept_messages_leave_nothing_else(
    simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write()
    simulator.control("/keeping", {"keep": "counts"})

    wamid = simulator.send()

    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])
    assert simulator.look("/messages") == []
    assert [each["kind"] for each in simulator.look("/webhooks")] == ["message"]
    assert simulator.look("/accounting")[NUMBER]["accepted"] == 1


def test_statuses_can_be_left_out(simulator: Simulator, receiver: Receiver) -> None:
    simulator.control("/keeping", {"statuses": False})

    simulator.post(template())
    simulator.control("/keeping", {"statuses": True})
    reported = simulator.post(template()).json()["messages"][0]["id"]

    eventually(lambda: receiver.statuses(reported) == ["sent", "delivered"])
    assert {status["id"] for value in receiver.values for status in value["statuses"]} == {reported}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/disorder", {"lose_share": 2}),
        ("/conditions", {"phone_number_id": "7"}),
        ("/conditions", {"account": "asleep"}),
        ("/keeping", {"keep": "half"}),
        ("/faults", {"error_code": 4, "share": 0}),
        ("/reset", {"seed": "x"}),
    ],
)
def test_a_trial_that_makes_no_sense_is_answered_with_a_sentence(
    simulator: Simulator, path: str, body: object
) -> None:
    answer = simulator.control(path, body)

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
