"""Other products manage the organization's numbers with a key of the role admin, in problems where it fails."""

from typing import Any

import httpx
import pytest

from tests.integration.desk import ANA, NUMBER, change
from tests.integration.web.caller import KEY, OTHER_KEY, call

PROBLEM = "application/problem+json"
OURS = f"/api/v1/channels/{NUMBER}"

ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "info", None),
    ("POST", "refresh", None),
    ("GET", "profile", None),
    ("PATCH", "profile", {"about": "Aire"}),
    ("GET", "subscription", None),
    ("POST", "subscription", None),
    ("DELETE", "subscription", None),
    ("GET", "token", None),
    ("POST", "register", {"pin": "123456"}),
    ("POST", "deregister", None),
    ("POST", "pin", {"pin": "123456"}),
    ("GET", "blocks", None),
    ("POST", "blocks", {"users": [ANA]}),
    ("DELETE", "blocks", {"users": [ANA]}),
    ("GET", "qr", None),
    ("POST", "qr", {"prefilled_message": "Hola"}),
    ("POST", "qr/AB2", {"prefilled_message": "Hola"}),
    ("DELETE", "qr/AB2", None),
    ("GET", "username", None),
    ("POST", "username", {"username": "climasur"}),
    ("DELETE", "username", None),
]


def ask(method: str, path: str, body: Any = None, *, key: dict[str, str] = KEY) -> httpx.Response:
    return call(method, f"{OURS}/{path}", headers=key, json=body)


pytestmark = pytest.mark.usefixtures("simulator")


class TestWhoMay:
    def test_a_key_of_another_organization_finds_nothing(self) -> None:
        for method, path, body in ROUTES:
            answer = ask(method, path, body, key=OTHER_KEY)
            assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM), path

    def test_an_agents_key_may_do_nothing_of_it(self) -> None:
        change("update api_key set role = 'agent'")

        for method, path, body in ROUTES:
            assert ask(method, path, body).status_code == 403, path
        assert call("GET", "/api/v1/account", headers=KEY).status_code == 403

    def test_without_a_key_nothing_is_told(self) -> None:
        for method, path, body in ROUTES:
            assert ask(method, path, body, key={}).status_code == 401, path

    def test_every_route_is_in_the_contract(self) -> None:
        paths = call("GET", "/api/openapi.json").json()["paths"]

        described = {
            f"{method.upper()} {path.removeprefix('/api/v1/channels/{phone_number_id}/')}"
            for path, methods in paths.items()
            for method in methods
        }
        assert {f"{method} {path.replace('AB2', '{code}')}" for method, path, _ in ROUTES} <= described


class TestAnswers:
    def test_a_look_fills_the_overview(self) -> None:
        assert ask("POST", "refresh").status_code == 204

        [card] = call("GET", "/api/v1/account", headers=KEY).json()["cards"]
        info = ask("GET", "info").json()
        assert card["phone_number_id"] == NUMBER
        assert {fact["key"] for fact in card["facts"]} >= {"status", "quality", "limit", "webhook", "token"}
        assert info["number"]["status"] == "CONNECTED"

    def test_the_profile_is_changed(self) -> None:
        assert ask("PATCH", "profile", {"about": "Aire", "websites": ["https://a.test"]}).status_code == 204

        profile = ask("GET", "profile").json()
        assert (profile["about"], profile["websites"]) == ("Aire", ["https://a.test"])

    def test_the_webhook_ends_and_comes_back(self) -> None:
        assert ask("GET", "subscription").json()["reaches_us"] is True
        assert ask("DELETE", "subscription").json()["is_subscribed"] is False
        assert ask("POST", "subscription").json()["reaches_us"] is True

    def test_the_token_is_told_about_and_not_told(self) -> None:
        answer = ask("GET", "token")

        assert (answer.json()["is_valid"], answer.json()["missing_scopes"]) == (True, [])
        assert "demo-access-token-1" not in answer.text

    def test_a_number_is_registered_with_its_pin_only(self) -> None:
        assert ask("POST", "pin", {"pin": "123456"}).status_code == 204
        assert ask("POST", "register", {"pin": "123456"}).status_code == 204

        refused = ask("POST", "register", {"pin": "654321"})

        assert (refused.status_code, refused.json()["code"]) == (502, "meta_133005")
        assert "two-step verification PIN is wrong" in refused.json()["detail"]

    def test_links_are_made_reworded_listed_and_deleted(self) -> None:
        made = ask("POST", "qr", {"prefilled_message": "Hola"})
        code = made.json()["code"]

        assert made.status_code == 201
        assert ask("POST", f"qr/{code}", {"prefilled_message": "Chau"}).json()["prefilled_message"] == "Chau"
        assert [link["code"] for link in ask("GET", "qr").json()["data"]] == [code]
        assert ask("DELETE", f"qr/{code}").status_code == 204
        assert ask("GET", "qr").json()["data"] == []

    def test_who_can_not_be_blocked_is_told_with_the_reason(self) -> None:
        answer = ask("POST", "blocks", {"users": [ANA]}).json()

        assert answer["changed"] == []
        assert answer["failed"][0]["code"]
        assert ask("GET", "blocks").json() == {"data": []}

    def test_a_username_is_claimed_and_given_up(self) -> None:
        assert ask("POST", "username", {"username": "climasur"}).json()["username"] == "climasur"
        assert ask("DELETE", "username").status_code == 204


class TestProblems:
    @pytest.mark.parametrize(
        ("method", "path", "body", "field"),
        [
            ("PATCH", "profile", {"about": "x" * 140}, "about"),
            ("PATCH", "profile", {"websites": ["nowhere"]}, "websites[0]"),
            ("PATCH", "profile", {"colour": "red"}, "colour"),
            ("PATCH", "profile", [], "body"),
            ("POST", "pin", {"pin": "12"}, "pin"),
            ("POST", "pin", {"pin": "123456", "more": 1}, "body.more"),
            ("POST", "register", {}, "body.pin"),
            ("POST", "blocks", {"users": ["nobody"]}, "users[0]"),
            ("POST", "blocks", {"users": []}, "users"),
            ("POST", "qr", {"prefilled_message": "x" * 141}, "prefilled_message"),
            ("DELETE", "qr/..%2e", None, "code"),
        ],
    )
    def test_bad_input_names_its_field(self, method: str, path: str, body: Any, field: str) -> None:
        answer = ask(method, path, body)

        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
        assert answer.json()["field"] == field

    def test_a_refusal_of_metas_is_explained(self, simulator: httpx.Client) -> None:
        order = {"error_code": 131005, "match": {"route": "account"}}
        simulator.post("/_sim/faults", json=order).raise_for_status()

        answer = ask("GET", "profile")

        assert (answer.status_code, answer.json()["code"]) == (502, "meta_131005")
        assert answer.json()["detail"].startswith("The connection has no access to this account")
        assert answer.headers["x-meta-trace"]

    @pytest.mark.parametrize("order", [{"error_code": 80007}, {"drop_response": True}, {"http_status": 502}])
    def test_a_busy_or_silent_meta_is_worth_another_try(
        self, simulator: httpx.Client, order: dict[str, Any]
    ) -> None:
        simulator.post("/_sim/faults", json=order | {"match": {"route": "account"}}).raise_for_status()

        assert ask("GET", "profile").status_code == 503
