"""What staff and products say is written once, to the right customer, and only when it may be sent."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.errors import InvalidInput, NotFound, WindowClosed
from campotech_wa.services import compose, inbox
from tests.integration.desk import (
    ANA,
    ago,
    claimed,
    hear,
    history_of,
    one,
    rows,
    say,
    settle,
    text,
)

TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def outbound() -> int:
    return int(one("select count(*) from wa_message where direction = 'outbound'"))


def queued() -> int:
    return int(one("select count(*) from wa_outbound_queue where state = 'queued'"))


class TestText:
    def test_message_and_outbox_row_are_written_together(self, agent: Actor) -> None:
        composed = compose.text(agent, hear(), "Ya salimos\npara allá", key="k")

        [message] = rows("select type, content, state, author_id, client_key from wa_message where id > 1")
        assert message["content"] == {"body": "Ya salimos\npara allá"}
        assert (message["type"], message["state"], message["author_id"]) == ("text", "queued", 2)
        assert message["client_key"] != "k"
        assert (queued(), history_of(composed.message_id)) == (1, ["queued"])

    def test_the_list_shows_it_at_once(self, agent: Actor) -> None:
        say(agent, hear(), "Ya salimos")

        [row] = inbox.listing(agent, limit=1).rows
        assert (row.preview, row.is_outbound, row.unread) == ("Ya salimos", True, 1)

    def test_what_postgresql_can_not_hold_is_replaced(self, agent: Actor) -> None:
        compose.text(agent, hear(), "a\x00\ud800", key="\ud800")

        assert one("select content->>'body' from wa_message where id = 2") == "a\ufffd\ufffd"

    @pytest.mark.parametrize("body", ["", "  \n", "ñ" * 4097])
    def test_what_can_not_be_sent_is_refused(self, agent: Actor, body: str) -> None:
        with pytest.raises(InvalidInput):
            compose.text(agent, hear(), body, key="k")

        assert outbound() == 0

    def test_a_closed_window_takes_no_text(self, agent: Actor) -> None:
        conversation_id = hear(text(timestamp=ago(hours=24, minutes=1)))

        with pytest.raises(WindowClosed):
            compose.text(agent, conversation_id, "Hola", key="k")

        assert (outbound(), queued()) == (0, 0)

    @pytest.mark.parametrize("conversation_id", [0, 999, 2**62])
    def test_a_conversation_that_is_not_there_is_not_found(self, agent: Actor, conversation_id: int) -> None:
        with pytest.raises(NotFound):
            compose.text(agent, ConversationId(conversation_id), "Hola", key="k")

    def test_another_organizations_conversation_is_not_found(self, stranger: Actor) -> None:
        conversation_id = hear()

        with pytest.raises(NotFound):
            compose.text(stranger, conversation_id, "Hola", key="k")

        assert outbound() == 0


class TestIdempotency:
    def test_the_same_key_again_is_the_same_message(self, agent: Actor) -> None:
        conversation_id = hear()

        first = compose.text(agent, conversation_id, "Hola", key="k")
        second = compose.text(agent, conversation_id, "Hola", key="k")

        assert first == second
        assert (outbound(), queued()) == (1, 1)

    def test_after_it_was_sent_the_key_still_sends_nothing(self, agent: Actor) -> None:
        conversation_id = hear()
        compose.text(agent, conversation_id, "Hola", key="k")
        settle(claimed()[0], "wamid.1")

        again = compose.text(agent, conversation_id, "Hola", key="k")

        assert again.state == "sent"
        assert (outbound(), queued()) == (1, 0)

    def test_a_key_with_other_words_is_refused(self, agent: Actor) -> None:
        conversation_id = hear()
        compose.text(agent, conversation_id, "Hola", key="k")

        with pytest.raises(InvalidInput) as refused:
            compose.text(agent, conversation_id, "Chau", key="k")

        assert (refused.value.code, refused.value.field) == ("idempotency_key_reused", "Idempotency-Key")
        assert outbound() == 1

    def test_a_key_with_the_same_words_for_somebody_else_is_refused(self, agent: Actor) -> None:
        compose.message_object(agent, {"to": "+5491131234567", **TEMPLATE}, key="k")

        with pytest.raises(InvalidInput) as refused:
            compose.message_object(agent, {"to": "+5493515123456", **TEMPLATE}, key="k")

        assert refused.value.code == "idempotency_key_reused"
        assert outbound() == 1

    def test_keys_of_organizations_and_of_desk_and_products_do_not_collide(
        self, agent: Actor, stranger: Actor
    ) -> None:
        object_ = {"to": f"+{ANA}", **TEMPLATE}
        compose.text(agent, hear(), "Hola", key="k")

        compose.message_object(agent, object_, key="k")
        compose.message_object(stranger, object_, key="k")

        assert outbound() == 3

    def test_eight_clicks_at_once_are_one_message(self, agent: Actor) -> None:
        conversation_id = hear()
        start = Barrier(8)

        def click(_: int) -> MessageId:
            start.wait()
            return compose.text(agent, conversation_id, "Hola", key="k").message_id

        with ThreadPoolExecutor(8) as people:
            made = set(people.map(click, range(8)))

        assert len(made) == 1
        assert (outbound(), queued()) == (1, 1)

    @pytest.mark.parametrize("key", ["", "k" * 256])
    def test_a_key_must_have_a_sensible_length(self, agent: Actor, key: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            compose.text(agent, hear(), "Hola", key=key)

        assert refused.value.code == "idempotency_key"


class TestMessageObject:
    @pytest.mark.parametrize("to", ["011 15 3123-4567", "+54 9 11 3123-4567", "3123-4567", "15 3123 4567"])
    def test_any_spelling_reaches_the_same_customer(self, agent: Actor, to: str) -> None:
        conversation_id = hear(text(sender=ANA))

        accepted = compose.message_object(
            agent, {"to": to, "type": "text", "text": {"body": "Hola"}}, key=None
        )

        assert (accepted.wa_id, accepted.composed.conversation_id) == (ANA, conversation_id)
        assert one("select count(*) from customer") == 1

    def test_somebody_new_gets_templates_only(self, agent: Actor) -> None:
        to = {"to": "351 15 512-3456"}

        with pytest.raises(WindowClosed):
            compose.message_object(agent, {**to, "type": "text", "text": {"body": "Hola"}}, key=None)
        assert (one("select count(*) from customer"), one("select count(*) from conversation")) == (0, 0)

        compose.message_object(agent, {**to, **TEMPLATE}, key=None)
        assert one("select last_preview from conversation") == "[turno]"

    @pytest.mark.parametrize(
        ("message", "field"),
        [
            ({"type": "text", "text": {"body": "Hola"}}, "to"),
            ({"to": 7, **TEMPLATE}, "to"),
            ({"to": " ", **TEMPLATE}, "to"),
            ({"to": "hola", **TEMPLATE}, "to"),
            ({"to": "0800 333 1234", **TEMPLATE}, "to"),
            ({"to": "+5491131234567", "type": "hologram"}, "type"),
            ({"to": "+5491131234567", "type": ["text"]}, "type"),
            ({"to": "+5491131234567"}, "type"),
            ({"to": "+5491131234567", "type": "text"}, "text"),
            ({"to": "+5491131234567", "type": "text", "text": "Hola"}, "text"),
            ({"to": "+5491131234567", **TEMPLATE, "text": {"body": "Hola"}}, "text"),
            ({"to": "+5491131234567", **TEMPLATE, "context": {"message_id": "wamid.7"}}, "context"),
            ({"to": "+5491131234567", "type": "template", "template": {}}, "template.name"),
            ({"to": "+5491131234567", **TEMPLATE, "phone_number_id": "100000000000002"}, "phone_number_id"),
        ],
    )
    def test_what_can_never_work_is_refused_by_name(
        self, agent: Actor, message: dict[str, object], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            compose.message_object(agent, message, key=None)

        assert refused.value.field == field
        assert one("select count(*) from customer") == 0

    def test_numbers_that_json_does_not_know_are_stored_all_the_same(self, agent: Actor) -> None:
        start = {"flow_action_data": {"infinite": float("inf"), "none": float("nan"), "big": 1e300}}
        button = {
            "type": "button",
            "sub_type": "flow",
            "index": "0",
            "parameters": [{"type": "action", "action": start}],
        }
        template = {"name": "turno", "language": {"code": "es"}, "components": [button]}

        compose.message_object(
            agent, {"to": "+5491131234567", "type": "template", "template": template}, key=None
        )

        assert outbound() == 1


class TestAnswer:
    def test_a_quote_is_kept_and_leaves_with_the_message(self, agent: Actor) -> None:
        quoting = {"type": "text", "text": {"body": "Sí"}, "context": {"message_id": "wamid.7"}}

        compose.answer(agent, hear(), quoting, key="k")

        assert one("select target_wamid from wa_message where direction = 'outbound'") == "wamid.7"
        assert claimed()[0].payload()["context"] == {"message_id": "wamid.7"}

    def test_a_reaction_is_about_its_message(self, agent: Actor) -> None:
        reaction = {"type": "reaction", "reaction": {"message_id": "wamid.7", "emoji": "👍"}}

        compose.answer(agent, hear(), reaction, key="k")

        assert one("select target_wamid from wa_message where direction = 'outbound'") == "wamid.7"
        assert "context" not in claimed()[0].payload()

    def test_the_same_words_about_another_message_are_another_answer(self, agent: Actor) -> None:
        conversation_id = hear()
        said = {"type": "text", "text": {"body": "Sí"}}
        compose.answer(agent, conversation_id, said, key="k")

        with pytest.raises(InvalidInput) as refused:
            compose.answer(agent, conversation_id, said | {"context": {"message_id": "wamid.7"}}, key="k")

        assert refused.value.code == "idempotency_key_reused"

    @pytest.mark.parametrize("kind", ["location", "reaction"])
    def test_everything_but_a_template_needs_an_open_window(self, agent: Actor, kind: str) -> None:
        conversation_id = hear(text(timestamp=ago(days=2)))
        contents = {
            "location": {"latitude": -34.6, "longitude": -58.38},
            "reaction": {"message_id": "wamid.7", "emoji": "👍"},
        }

        with pytest.raises(WindowClosed):
            compose.answer(agent, conversation_id, {"type": kind, kind: contents[kind]}, key="k")
        compose.answer(agent, conversation_id, TEMPLATE, key="k")
