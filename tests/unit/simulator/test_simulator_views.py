"""How the phone sees a message."""

from datetime import UTC, datetime

import pytest

from campotech_wa.simulator import views
from campotech_wa.simulator.identifiers import Author
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.state import ChatKey, Message, State

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def message(
    kind: str, content: object, state: State = State.DELIVERED, author: Author = Author.BUSINESS
) -> Message:
    return Message("wamid.x", ChatKey("1", "5491131234567"), author, kind, {kind: content}, AT, state)


def shown(subject: Message) -> JsonObject:
    view = views.on_the_phone(subject)
    assert view is not None
    return view


@pytest.mark.parametrize("state", [State.ACCEPTED, State.SENT, State.FAILED])
def test_what_has_not_arrived_is_not_on_the_phone(state: State) -> None:
    assert views.on_the_phone(message("text", {"body": "Hola"}, state)) is None


def test_a_reaction_arrives_with_sent_for_nothing_follows() -> None:
    assert shown(message("reaction", {"emoji": "👍"}, State.SENT))["state"] == "sent"


def test_the_customers_own_message_shows_at_once_as_outgoing() -> None:
    view = shown(message("text", {"body": "Hola"}, State.SENT, Author.CUSTOMER))

    assert (view["direction"], view["state"]) == ("out", "sent")


def test_a_business_message_is_incoming() -> None:
    assert shown(message("text", {"body": "Hola"}))["direction"] == "in"


@pytest.mark.parametrize("state", [State.DELIVERED, State.READ, State.PLAYED])
def test_the_phone_is_handed_the_whole_payload(state: State) -> None:
    subject = message("audio", {"id": "1", "voice": True}, state)

    assert shown(subject)["payload"] == {"audio": {"id": "1", "voice": True}}
