"""What somebody gets who speaks to the websocket by hand: nothing that is not theirs, and no say in it."""

import secrets
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.e2e.browsing import Browsing
from tests.e2e.house import House, until
from tests.e2e.raw_tab import handler, handlers, raw_tab
from tests.e2e.world import FIRST, SECOND, Customer, World

SECRET = "Sólo para la organización uno"
PROCESSES = 8
"""Connections in a row: with two web processes, one of them surely meets the process that holds a tab's state."""


@pytest.fixture
def conversation(world: World, customer: Customer) -> int:
    """Begin a conversation of organization 1."""
    return world.meets(customer, SECRET)


def snapshot(world: World, conversation: int) -> list[Any]:
    """Return everything of organization 1 that a handler could change."""
    rows = world.get("/conversations", limit=100).json()["data"]
    return [rows, world.messages(conversation), len(world.simulator.get("/_sim/messages").json())]


def nonsense(arguments: list[str], conversation: int) -> dict[str, Any]:
    """Fill a handler's arguments with what would do harm, if anything did."""
    guesses: dict[str, Any] = {
        "conversation_id": conversation,
        "message_id": conversation,
        "event_id": 1,
        "key": secrets.token_hex(8),
        "text": "desde afuera",
        "var_name": "owner",
        "value": "1.1",
        "vars": {"owner": "1.1"},
    }
    return {
        name: guesses.get(name, secrets.choice([0, -1, "x" * 50, None, [1], {"a": 1}])) for name in arguments
    }


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_a_page_of_another_origin_is_refused(demo: House, origin: str) -> None:
    with pytest.raises(InvalidStatus), raw_tab(demo, origin=origin) as tab:
        tab.boot("/")


def test_the_products_own_pages_get_what_is_theirs(demo: House, tabs: Browsing, conversation: int) -> None:
    """The control of all the others: whoever may, does hear it in this way."""
    with raw_tab(demo, session=tabs.session(FIRST.admin)) as tab:
        tab.boot(f"/conversations/{conversation}")

        assert tab.wait_for(SECRET)


def test_an_anonymous_client_gets_no_data_and_changes_nothing_by_any_handler(
    demo: House, world: World, customer: Customer, conversation: int
) -> None:
    before = snapshot(world, conversation)

    for path in ("/", f"/conversations/{conversation}", "/settings"):
        with raw_tab(demo) as tab:
            tab.boot(path)
            for name, arguments in handlers().items():
                tab.call(name, nonsense(arguments, conversation), path)
            heard = tab.listen(1.5)

            assert "42/_event" in heard
            for theirs in (SECRET, customer.name, customer.wa_id, FIRST.name, "Paula", "phone_number_id"):
                assert theirs not in heard

    assert snapshot(world, conversation) == before


def test_another_organizations_session_gets_nothing_and_changes_nothing(
    demo: House, world: World, tabs: Browsing, customer: Customer, conversation: int
) -> None:
    world.fault(customer, status_failed_code=131026, times=1)
    failed = int(world.send(customer, "Falla").json()["id"])
    until(lambda: world.get(f"/messages/{failed}").json()["state"] == "failed", what="the failure")
    before = snapshot(world, conversation)

    with raw_tab(demo, session=tabs.session(SECOND.admin)) as tab:
        tab.boot(f"/conversations/{conversation}")
        assert tab.wait_for(SECOND.name)
        path = f"/conversations/{conversation}"
        tab.call(
            handler("conversation.send"),
            {"key": "k", "conversation_id": conversation, "message": {"type": "text", "text": {"body": "x"}}},
            path,
        )
        tab.call(handler("conversation.seen"), {"conversation_id": conversation}, path)
        tab.call(handler("conversation.typing"), {"conversation_id": conversation}, path)
        tab.call(handler("conversation.retry"), {"message_id": failed}, path)
        tab.call(handler("conversation.enter"), {}, path)
        tab.call(handler("conversation.load_older"), {}, path)
        tab.call(handler("inbox.look_for"), {"text": customer.name}, path)
        heard = tab.listen(1.5)

    assert SECRET not in heard
    assert customer.wa_id not in heard
    assert "is_missing" in heard
    assert snapshot(world, conversation) == before


def test_an_agent_can_not_replay_dead_letters(demo: House, world: World, tabs: Browsing) -> None:
    assert world.event({"messages": [{"id": f"wamid.{secrets.token_hex(8)}", "type": "text"}]}).is_success

    until(lambda: "message without sender" in _settings(demo, tabs), what="the dead letter of the admin")

    with raw_tab(demo, session=tabs.session(FIRST.agent)) as tab:
        tab.boot("/settings")
        assert tab.wait_for("Nicol")
        for event_id in range(1, 400):
            tab.call(handler("settings.replay"), {"event_id": event_id}, "/settings")
        heard = tab.listen(2)

    assert "message without sender" not in heard
    assert "no tiene permiso" in heard
    assert "message without sender" in _settings(demo, tabs)


def _settings(demo: House, tabs: Browsing) -> str:
    with raw_tab(demo, session=tabs.session(FIRST.admin)) as tab:
        tab.boot("/settings")
        return tab.listen()


@pytest.mark.parametrize("whose", ["nobody's", "another organization's"])
def test_who_takes_over_the_token_of_a_closed_tab_gets_nothing_of_it(
    demo: House, tabs: Browsing, conversation: int, customer: Customer, whose: str
) -> None:
    session = "" if whose == "nobody's" else tabs.session(SECOND.admin)
    with raw_tab(demo, session=tabs.session(FIRST.admin)) as tab:
        tab.boot(f"/conversations/{conversation}")
        assert tab.wait_for(SECRET)

    for _ in range(PROCESSES):
        with raw_tab(demo, session=session, token=tab.token) as taker:
            taker.boot("/")
            heard = taker.listen()
            assert SECRET not in heard
            assert customer.name not in heard


def test_who_takes_over_a_token_and_only_listens_hears_nothing_that_happens_later(
    demo: House, world: World, tabs: Browsing, conversation: int, customer: Customer
) -> None:
    for turn in range(PROCESSES // 2):
        with raw_tab(demo, session=tabs.session(FIRST.admin)) as tab:
            tab.boot(f"/conversations/{conversation}")
            assert tab.wait_for(SECRET)

        with raw_tab(demo, token=tab.token) as taker:
            taker.connect()
            taker.listen(0.3)
            world.writes(customer, f"Más secretos {turn}")
            assert "Más secretos" not in taker.listen()
