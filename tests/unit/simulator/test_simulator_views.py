"""How the phone sees a message."""

from datetime import UTC, datetime

import pytest

from campotech_wa.simulator import views
from campotech_wa.simulator.identifiers import Author
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.state import ChatKey, Message, State

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
    assert shown(message("reaction", {"emoji": "👍"}, State.SENT))["text"] == "👍"


def test_the_customers_own_message_shows_at_once_as_outgoing() -> None:
    view = shown(message("text", {"body": "Hola"}, State.SENT, Author.CUSTOMER))

    assert (view["direction"], view["state"]) == ("out", "sent")


def test_a_business_message_is_incoming() -> None:
    assert shown(message("text", {"body": "Hola"}))["direction"] == "in"


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("text", {"body": "Hola"}, "Hola"),
        ("image", {"id": "1", "caption": "Foto"}, "Foto"),
        ("document", {"id": "1", "filename": "factura.pdf"}, "factura.pdf"),
        ("interactive", {"type": "button", "body": {"text": "¿Confirmás?"}}, "¿Confirmás?"),
        ("contacts", [{"name": {"first_name": "Ana"}}], ""),
        ("unheard_of", None, ""),
        (
            "template",
            {
                "name": "turno",
                "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
            },
            "turno · Ana",
        ),
    ],
)
def test_every_type_has_words_or_none(kind: str, content: object, words: str) -> None:
    assert shown(message(kind, content))["text"] == words
