"""The second organization's key, session and secret open nothing of the first one."""

import json
from uuid import uuid4

import pytest

from campotech_wa.domain.cookies import SESSION
from tests.e2e.browsing import Browsing
from tests.e2e.house import until
from tests.e2e.world import FIRST, SECOND, Customer, World, texts


@pytest.fixture
def conversation(world: World, customer: Customer) -> int:
    """Begin a conversation of organization 1."""
    return world.meets(customer, "Sólo para la uno")


def test_the_second_key_sees_nothing_of_the_first_organization(
    world: World, customer: Customer, conversation: int
) -> None:
    mine = world.messages(conversation)[0]["id"]

    everything = [
        world.get("/conversations", by=SECOND, limit=100),
        world.get("/conversations", by=SECOND, q=customer.name),
        world.get(f"/conversations/{conversation}/messages", by=SECOND),
        world.get(f"/messages/{mine}", by=SECOND),
    ]

    assert [answer.status_code for answer in everything] == [200, 200, 404, 404]
    for answer in everything:
        for theirs in (customer.name, customer.wa_id, "Sólo para la uno"):
            assert theirs not in answer.text


def test_the_second_key_writes_to_the_same_person_in_a_conversation_of_its_own(
    world: World, customer: Customer, conversation: int
) -> None:
    key = str(uuid4())
    mine = world.send(customer, "De la uno", key=key).json()

    before_they_met = world.send(customer, "De la dos", by=SECOND, key=key)
    world.meets(customer, to=SECOND)
    theirs = world.send(customer, "De la dos", by=SECOND, key=key).json()

    assert before_they_met.status_code == 422
    assert mine["conversation_id"] == conversation
    assert theirs["conversation_id"] != conversation
    assert theirs["id"] != mine["id"]
    until(lambda: len(world.reached(customer)) == 2, what="both messages")
    assert texts(world.messages(conversation), "outbound") == ["De la uno"]


@pytest.mark.parametrize("key", ["-", "nonsense", "demo-api-key-1x"])
def test_a_wrong_key_opens_nothing(world: World, key: str) -> None:
    answer = world.web.get("/api/v1/conversations", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_webhook_of_the_second_organization_can_not_speak_for_the_first(
    world: World, customer: Customer, conversation: int
) -> None:
    forged = {
        "metadata": {"phone_number_id": FIRST.channel["phone_number_id"]},
        "messages": [
            {"id": "wamid.forged", "from": customer.wa_id, "type": "text", "text": {"body": "forjado"}}
        ],
    }
    body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": forged}]}]}).encode()

    by_second = world.post_signed(body, key=SECOND.webhook_key, secret=SECOND.channel["app_secret"])
    wrong_secret = world.post_signed(body, key=FIRST.webhook_key, secret=SECOND.channel["app_secret"])
    unknown = world.post_signed(body, key="demo-3", secret=FIRST.channel["app_secret"])

    assert [by_second.status_code, wrong_secret.status_code, unknown.status_code] == [403, 401, 404]
    assert "forjado" not in json.dumps(world.messages(conversation))
    for answer in (by_second, wrong_secret, unknown):
        assert "sha256" not in answer.text


def test_a_session_is_no_api_key_and_a_key_no_session(world: World, tabs: Browsing) -> None:
    session = tabs.session(FIRST.admin)
    as_key = world.web.get("/api/v1/conversations", headers={"Authorization": f"Bearer {session}"})
    as_cookie = world.web.get("/api/v1/conversations", headers={"Cookie": f"{SESSION}={session}"})

    assert [as_key.status_code, as_cookie.status_code] == [401, 401]
