"""A health check asks about the number, the account, the subscription and the token."""

from typing import Any

import httpx
import pytest
from simulator_driver import ACCOUNT, NUMBER, TOKEN, Receiver, Simulator, receiving


def ask(simulator: Simulator, path: str, **query: str) -> httpx.Response:
    return simulator.http.get(path, params=query, headers={"Authorization": f"Bearer {TOKEN}"})


def call(simulator: Simulator, method: str, address: str, body: object = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return simulator.http.request(method, f"/v25.0/{address}", json=body, headers=headers)


def test_a_number_tells_its_name_and_state(simulator: Simulator) -> None:
    fields = "display_phone_number,verified_name,status,quality_score{score},health_status"

    number = ask(simulator, f"/v25.0/{NUMBER}", fields=fields).json()

    assert number["id"] == NUMBER
    assert number["verified_name"] == "Empresa 1"
    assert number["status"] == "CONNECTED"
    assert number["quality_score"] == {"score": "GREEN"}
    assert number["health_status"]["can_send_message"] == "AVAILABLE"


def test_without_fields_a_small_set_is_answered(simulator: Simulator) -> None:
    number = ask(simulator, f"/v25.0/{NUMBER}").json()

    assert number["quality_rating"] == "GREEN"
    assert "health_status" not in number


def test_a_field_that_does_not_exist_is_refused(simulator: Simulator) -> None:
    answer = ask(simulator, f"/v25.0/{NUMBER}", fields="mood")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_an_account_lists_its_numbers_and_apps(simulator: Simulator) -> None:
    account = ask(simulator, f"/v25.0/{ACCOUNT}", fields="name,currency").json()
    numbers = ask(simulator, f"/v25.0/{ACCOUNT}/phone_numbers").json()
    apps = ask(simulator, f"/v25.0/{ACCOUNT}/subscribed_apps").json()

    assert account == {"name": "Empresa 1", "currency": "ARS", "id": ACCOUNT}
    assert [number["id"] for number in numbers["data"]] == [NUMBER]
    assert apps["data"][0]["whatsapp_business_api_data"]["id"]


def test_an_account_that_is_not_subscribed_is_not_heard_of(simulator: Simulator, receiver: Receiver) -> None:
    assert call(simulator, "DELETE", f"{ACCOUNT}/subscribed_apps").json() == {"success": True}
    simulator.write(wait=True)
    (unheard,) = simulator.look("/webhooks")
    apps = ask(simulator, f"/v25.0/{ACCOUNT}/subscribed_apps").json()

    assert call(simulator, "POST", f"{ACCOUNT}/subscribed_apps").json() == {"success": True}
    simulator.write(wait=True)

    assert (apps, unheard["outcome"], len(receiver.messages)) == ({"data": []}, "unheard", 1)


@pytest.mark.parametrize(
    ("address", "inside"), [(f"{ACCOUNT}/subscribed_apps", ""), (NUMBER, "webhook_configuration")]
)
def test_messages_can_be_sent_to_another_address_and_account_news_not(
    simulator: Simulator, receiver: Receiver, address: str, inside: str
) -> None:
    def put(override: dict[str, str]) -> Any:
        return call(simulator, "POST", address, {inside: override} if inside else override).json()

    with receiving() as elsewhere:
        override = {"override_callback_uri": elsewhere.url, "verify_token": "verify-token-1"}
        assert put(override) == {"success": True}
        simulator.write(wait=True)
        simulator.control(
            "/webhook", {"phone_number_id": NUMBER, "field": "account_update", "value": {"event": "X"}}
        )
        told = ask(simulator, f"/v25.0/{NUMBER}", fields="webhook_configuration").json()[
            "webhook_configuration"
        ]
        assert put({"override_callback_uri": ""}) == {"success": True}
        simulator.write(wait=True)

        assert len(elsewhere.messages) == 1
        assert elsewhere.url in told.values()
        assert told["application"] == receiver.url
    assert [len(receiver.messages), len(receiver.payloads)] == [1, 2]


def test_a_reset_brings_the_app_and_its_address_back(simulator: Simulator, receiver: Receiver) -> None:
    override = {"override_callback_uri": receiver.url, "verify_token": "verify-token-1"}
    call(simulator, "POST", NUMBER, {"webhook_configuration": override})
    call(simulator, "DELETE", f"{ACCOUNT}/subscribed_apps")

    simulator.control("/reset", {})

    told = ask(simulator, f"/v25.0/{NUMBER}", fields="webhook_configuration").json()["webhook_configuration"]
    assert told == {"application": receiver.url}
    assert len(ask(simulator, f"/v25.0/{ACCOUNT}/subscribed_apps").json()["data"]) == 1


def test_an_address_that_does_not_verify_is_refused(simulator: Simulator, receiver: Receiver) -> None:
    receiver.handshake_answer = "no"
    override = {"override_callback_uri": receiver.url, "verify_token": "verify-token-1"}

    answer = call(simulator, "POST", f"{ACCOUNT}/subscribed_apps", override)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


@pytest.mark.parametrize("path", ["/v25.0/100000000000002", "/v25.0/200000000000002/phone_numbers"])
def test_what_belongs_to_another_token_does_not_exist(simulator: Simulator, path: str) -> None:
    answer = ask(simulator, path)

    assert (answer.status_code, answer.json()["error"]["error_subcode"]) == (400, 33)


@pytest.mark.parametrize("path", [f"/v25.0/{NUMBER}", f"/v25.0/{ACCOUNT}/subscribed_apps", "/nothing/at/all"])
def test_every_graph_address_wants_a_token_first(simulator: Simulator, path: str) -> None:
    assert simulator.http.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/v25.0/1/2/3", f"/latest/{NUMBER}"])
def test_an_address_outside_the_graph_api_is_a_graph_error(simulator: Simulator, path: str) -> None:
    answer = ask(simulator, path)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 2500)


@pytest.mark.parametrize("asker", ["300000000000000|app-secret-1", TOKEN])
def test_a_good_token_tells_its_scopes_and_accounts(simulator: Simulator, asker: str) -> None:
    query = {"input_token": TOKEN, "access_token": asker}

    data = simulator.http.get("/v25.0/debug_token", params=query).json()["data"]

    assert data["is_valid"] is True
    assert data["expires_at"] == 0
    assert "whatsapp_business_messaging" in data["scopes"]
    assert data["granular_scopes"][0]["target_ids"] == [ACCOUNT]


def test_a_bad_token_is_told_to_be_invalid(simulator: Simulator) -> None:
    data = ask(simulator, "/debug_token", input_token="wrong").json()["data"]

    assert (data["is_valid"], data["error"]["code"]) == (False, 190)


def test_a_stranger_may_not_ask_about_a_token(simulator: Simulator) -> None:
    query = {"input_token": TOKEN, "access_token": "1|wrong"}

    assert simulator.http.get("/debug_token", params=query).status_code == 401
    assert ask(simulator, "/debug_token").status_code == 400


def test_a_number_can_be_made_to_stand_otherwise(simulator: Simulator) -> None:
    fields = {"quality_rating": "RED", "health_status": {"can_send_message": "BLOCKED"}}

    simulator.control("/numbers", {"phone_number_id": NUMBER, "fields": fields})

    told = ask(simulator, f"/v25.0/{NUMBER}", fields="quality_rating,health_status").json()
    assert told == {**fields, "id": NUMBER}


def test_a_fault_strikes_management_calls_too(simulator: Simulator) -> None:
    match = {"route": "account", "type": "whatsapp_business_profile"}
    simulator.control("/faults", {"error_code": 80007, "match": match, "times": 1})

    struck = ask(simulator, f"/v25.0/{NUMBER}/whatsapp_business_profile")

    assert ask(simulator, f"/v25.0/{NUMBER}").status_code == 200
    assert (struck.status_code, struck.json()["error"]["code"]) == (400, 80007)
