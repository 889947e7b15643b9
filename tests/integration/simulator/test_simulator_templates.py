"""An account's templates are listed, and what is sent of one must fill it."""

from typing import Any

import httpx
import pytest
from simulator_driver import ACCOUNT, ANA, NUMBER, TOKEN, Simulator, template

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
BODY = {"type": "BODY", "text": "Hola {{1}}, te esperamos el {{2}}."}


def definition(**changes: object) -> dict[str, Any]:
    return {"name": "turno", "language": "es_AR", "category": "UTILITY", "components": [BODY], **changes}


def give(simulator: Simulator, **changes: object) -> None:
    order = {"phone_number_id": NUMBER, "template": definition(**changes)}
    assert simulator.control("/templates", order).status_code == 201


def ask(simulator: Simulator, method: str, body: object = None, **query: str) -> httpx.Response:
    path = f"/v25.0/{ACCOUNT}/message_templates"
    return simulator.http.request(method, path, json=body, params=query, headers=HEADERS)


def send(
    simulator: Simulator, *components: object, edge: str = "messages", **changes: object
) -> httpx.Response:
    content = {"name": "turno", "language": {"code": "es_AR"}, "components": list(components), **changes}
    body = {"messaging_product": "whatsapp", "to": f"+{ANA}", "type": "template", "template": content}
    return simulator.http.post(f"/v25.0/{NUMBER}/{edge}", json=body, headers=HEADERS)


def words(*texts: str, kind: str = "body", **more: str) -> dict[str, object]:
    return {"type": kind, "parameters": [{"type": "text", "text": text, **more} for text in texts]}


def code_of(answer: httpx.Response) -> int:
    return int(answer.json()["error"]["code"])


def test_a_template_is_created_shown_and_deleted(simulator: Simulator) -> None:
    made = ask(simulator, "POST", definition()).json()
    shown = simulator.http.get(f"/v25.0/{made['id']}", headers=HEADERS).json()
    again = ask(simulator, "POST", definition()).json()["error"]
    deleted = ask(simulator, "DELETE", name="turno")

    assert made == {"id": made["id"], "status": "APPROVED", "category": "UTILITY"}
    assert (shown["name"], shown["components"]) == ("turno", [BODY])
    assert (again["code"], again["error_subcode"]) == (100, 2388024)
    assert deleted.json() == {"success": True}
    assert ask(simulator, "GET").json() == {"data": []}


def test_a_list_of_templates_is_filtered_and_paged(simulator: Simulator) -> None:
    for number in range(4):
        give(simulator, name=f"turno_{number}", status="PAUSED" if number == 3 else "APPROVED")

    approved = ask(simulator, "GET", status="APPROVED", fields="name,status", limit="2").json()
    named = ask(simulator, "GET", name="_3").json()["data"]

    assert [(each["name"], each["status"]) for each in approved["data"]] == [
        ("turno_0", "APPROVED"),
        ("turno_1", "APPROVED"),
    ]
    assert "next" in approved["paging"]
    assert [each["name"] for each in named] == ["turno_3"]


def test_one_language_is_deleted_by_its_id(simulator: Simulator) -> None:
    give(simulator)
    give(simulator, language="en")
    spanish, _ = ask(simulator, "GET").json()["data"]

    ask(simulator, "DELETE", name="turno", hsm_id=spanish["id"])

    assert [each["language"] for each in ask(simulator, "GET").json()["data"]] == ["en"]
    assert code_of(ask(simulator, "DELETE", name="saludo")) == 100


@pytest.mark.parametrize(
    "changes", [{"name": "Turno"}, {"category": "NEWS"}, {"components": {}}, {"language": ""}]
)
def test_a_template_that_makes_no_sense_is_refused(simulator: Simulator, changes: dict[str, object]) -> None:
    answer = ask(simulator, "POST", definition(**changes))

    assert answer.status_code == 400
    order = {"phone_number_id": NUMBER, "template": definition(**changes)}
    assert simulator.control("/templates", order).status_code == 422


def test_an_account_without_templates_sends_whatever_it_names(simulator: Simulator) -> None:
    assert simulator.post(template()).status_code == 200


def test_what_fills_the_template_is_sent(simulator: Simulator) -> None:
    give(simulator)

    assert send(simulator, words("Ana", "lunes")).status_code == 200


@pytest.mark.parametrize(
    ("components", "changes", "code"),
    [
        ((), {}, 132000),
        ((words("Ana"),), {}, 132000),
        ((words("Ana", "lunes", parameter_name="x"),), {}, 132012),
        ((words("Ana", "lunes"),), {"name": "saludo"}, 132001),
        ((words("Ana", "lunes"),), {"language": {"code": "es"}}, 132001),
    ],
)
def test_what_does_not_fill_it_is_refused(
    simulator: Simulator, components: tuple[object, ...], changes: dict[str, Any], code: int
) -> None:
    give(simulator)

    assert code_of(send(simulator, *components, **changes)) == code


@pytest.mark.parametrize(
    ("status", "code"), [("PAUSED", 132015), ("DISABLED", 132016), ("PENDING", 132001), ("REJECTED", 132001)]
)
def test_only_an_approved_template_is_sent(simulator: Simulator, status: str, code: int) -> None:
    give(simulator, status=status)

    assert code_of(send(simulator, words("Ana", "lunes"))) == code


def test_a_header_must_be_of_its_kind(simulator: Simulator) -> None:
    give(simulator, components=[{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hola"}])
    image = {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://a.test/a.png"}}]}

    assert send(simulator, image).status_code == 200
    assert code_of(send(simulator)) == 132012
    assert code_of(send(simulator, words("Ana", kind="header"))) == 132012


def test_the_words_of_a_header_must_be_filled_too(simulator: Simulator) -> None:
    header = {"type": "HEADER", "format": "TEXT", "text": "Turno de {{1}}"}
    give(simulator, components=[header, {"type": "BODY", "text": "Hola"}])

    assert send(simulator, words("Ana", kind="header")).status_code == 200
    assert code_of(send(simulator)) == 132000


def test_a_template_with_names_wants_names(simulator: Simulator) -> None:
    body = {"type": "BODY", "text": "Hola {{nombre}}."}
    give(simulator, components=[body], parameter_format="NAMED")

    assert send(simulator, words("Ana", parameter_name="nombre")).status_code == 200
    assert code_of(send(simulator, words("Ana"))) == 132012


def test_an_authentication_template_needs_a_number(simulator: Simulator) -> None:
    give(simulator, category="AUTHENTICATION", components=[{"type": "BODY", "text": "Hola"}])
    body = {**template(), "to": None, "recipient": "AR.13491"}

    assert code_of(simulator.post(body)) == 131062


def test_the_marketing_route_takes_marketing_templates_only(simulator: Simulator) -> None:
    give(simulator, components=[{"type": "BODY", "text": "Hola"}])
    text = {"messaging_product": "whatsapp", "to": ANA, "type": "text", "text": {"body": "Hola"}}

    other = simulator.http.post(f"/v25.0/{NUMBER}/marketing_messages", json=text, headers=HEADERS)
    utility = send(simulator, edge="marketing_messages")
    give(simulator, category="MARKETING", components=[{"type": "BODY", "text": "Hola"}])
    marketing = send(simulator, edge="marketing_messages")

    assert [code_of(other), code_of(utility)] == [131055, 134100]
    assert marketing.json()["messages"][0]["message_status"] == "accepted"
