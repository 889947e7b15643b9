"""While a message waits, what it says, its time and its priority may change; its key, its id and its past stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.errors import Conflict, InvalidInput, NotFound, WindowClosed
from campotech_wa.services import compose, inbox
from tests.integration.desk import change, hear, history_of, one, rows, say, state_of

BYE: dict[str, Any] = {"type": "text", "text": {"body": "Chau"}}
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def ahead(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def row() -> dict[str, Any]:
    [found] = rows("select * from wa_outbound_queue")
    return found


def content(message_id: MessageId) -> Any:
    return one("select content from wa_message where id = :id", id=message_id)


def hold(reason: str = "window_closed") -> None:
    change("update wa_outbound_queue set state = 'held', hold_reason = :why, is_head = false", why=reason)


class TestWords:
    def test_it_says_the_new_ones_in_the_same_place(self, agent: Actor) -> None:
        message_id = say(agent, hear(), "Hola")
        before = row()

        compose.change(agent, message_id, BYE)

        assert content(message_id) == {"body": "Chau"}
        assert (row()["enters_at"], row()["priority"]) == (before["enters_at"], before["priority"])
        assert row()["is_head"]

    def test_the_history_keeps_what_it_said_and_who_changed_it(self, agent: Actor, admin: Actor) -> None:
        message_id = say(agent, hear(), "Hola")

        compose.change(admin, message_id, BYE)

        [_, line] = rows("select source, report from wa_message_state order by id")
        assert history_of(message_id) == ["queued", "queued"]
        assert (line["source"], line["report"]["by"]) == ("desk", 1)
        assert line["report"]["before"] == {
            "type": "text",
            "content": {"body": "Hola"},
            "context": None,
            "priority": "high",
            "send_at": None,
        }

    def test_the_list_shows_the_new_ones(self, agent: Actor) -> None:
        message_id = say(agent, hear(), "Hola")

        compose.change(agent, message_id, BYE)

        assert inbox.listing(agent, limit=1).rows[0].preview == "Chau"

    def test_the_list_goes_on_showing_what_came_later(self, agent: Actor) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id, "Hola")
        say(agent, conversation_id, "¿Seguís ahí?")

        compose.change(agent, message_id, BYE)

        assert inbox.listing(agent, limit=1).rows[0].preview == "¿Seguís ahí?"

    def test_a_quote_goes_with_the_words_it_stood_beside(self, agent: Actor) -> None:
        quoting = BYE | {"context": {"message_id": "wamid.7"}}
        message_id = compose.answer(agent, hear(), quoting, key="k").message_id

        compose.change(agent, message_id, {"type": "text", "text": {"body": "Hola"}})

        [said] = rows("select envelope, target_wamid from wa_message where id = :id", id=message_id)
        assert said == {"envelope": {}, "target_wamid": None}

    def test_a_template_in_the_place_of_held_text_waits_in_the_other_lane(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        hold()
        change("update conversation set last_inbound_at = now() - interval '2 days'")

        compose.change(agent, message_id, TEMPLATE)

        assert (row()["lane"], row()["state"], row()["hold_reason"]) == ("business", "queued", "")
        assert row()["is_head"]

    def test_what_was_tried_of_other_words_does_not_count(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        change("update wa_outbound_queue set attempts = 3")

        compose.change(agent, message_id, BYE)

        assert row()["attempts"] == 0

    @pytest.mark.parametrize(
        ("message", "field"),
        [
            ({"type": "text", "text": {"body": ""}}, "text.body"),
            ({"type": "hologram"}, "type"),
            ({"text": {"body": "Hola"}}, "type"),
            ({"type": "image", "image": {"id": "local:999"}}, None),
        ],
    )
    def test_what_could_not_be_sent_is_refused(
        self, agent: Actor, message: dict[str, Any], field: str | None
    ) -> None:
        message_id = say(agent, hear(), "Hola")

        with pytest.raises(InvalidInput) as refused:
            compose.change(agent, message_id, message)

        assert field is None or refused.value.field == field
        assert (content(message_id), history_of(message_id)) == ({"body": "Hola"}, ["queued"])

    def test_free_text_needs_an_open_window(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        change("update conversation set last_inbound_at = now() - interval '2 days'")

        with pytest.raises(WindowClosed):
            compose.change(agent, message_id, BYE)


class TestTiming:
    def test_it_can_be_put_off_and_brought_forward(self, agent: Actor) -> None:
        message_id, later = say(agent, hear()), ahead(hours=2)

        compose.change(agent, message_id, send_at=later)
        put_off = row()["enters_at"]
        compose.change(agent, message_id, send_at=None)

        assert put_off == datetime.fromisoformat(later)
        assert row()["enters_at"] <= datetime.now(UTC)
        assert one("select send_at from wa_message where id = :id", id=message_id) is None

    def test_its_time_stays_while_its_words_change(self, agent: Actor) -> None:
        message_id, later = say(agent, hear()), ahead(hours=2)
        compose.change(agent, message_id, send_at=later)

        compose.change(agent, message_id, BYE)

        assert row()["enters_at"] == datetime.fromisoformat(later)

    def test_another_priority_leaves_its_place_and_its_tries(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        change("update wa_outbound_queue set attempts = 3")
        before = row()

        compose.change(agent, message_id, priority="low")

        assert (row()["priority"], row()["attempts"]) == (2, 3)
        assert row()["enters_at"] == before["enters_at"]
        assert one("select priority from wa_message where id = :id", id=message_id) == 2

    def test_who_waited_behind_it_overtakes_it(self, agent: Actor) -> None:
        conversation_id = hear()
        first, second = say(agent, conversation_id), say(agent, conversation_id)

        compose.change(agent, first, send_at=ahead(hours=1))

        assert one("select message_id from wa_outbound_queue where is_head") == second

    def test_free_text_can_not_be_put_off_beyond_the_window(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        with pytest.raises(InvalidInput) as refused:
            compose.change(agent, message_id, send_at=ahead(days=2))

        assert refused.value.code == "after_window"

    def test_nor_anything_into_the_past(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        with pytest.raises(InvalidInput) as refused:
            compose.change(agent, message_id, send_at=ahead(hours=-1))

        assert refused.value.code == "in_the_past"

    def test_a_change_that_changes_nothing_leaves_no_line(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        compose.change(agent, message_id, priority="high", send_at=None)

        assert history_of(message_id) == ["queued"]

    def test_nothing_at_all_is_refused(self, agent: Actor) -> None:
        with pytest.raises(InvalidInput) as refused:
            compose.change(agent, say(agent, hear()))

        assert refused.value.code == "nothing_to_change"


class TestKey:
    def test_the_request_that_made_it_still_has_its_first_answer(self, agent: Actor) -> None:
        conversation_id = hear()
        first = compose.text(agent, conversation_id, "Hola", key="k")
        compose.change(agent, first.message_id, BYE)
        compose.change(agent, first.message_id, {"type": "text", "text": {"body": "Adiós"}})

        assert compose.text(agent, conversation_id, "Hola", key="k").message_id == first.message_id
        assert compose.text(agent, conversation_id, "Adiós", key="k").message_id == first.message_id
        with pytest.raises(InvalidInput):
            compose.text(agent, conversation_id, "Otra cosa", key="k")

    def test_it_is_still_the_only_one(self, agent: Actor) -> None:
        conversation_id = hear()
        first = compose.text(agent, conversation_id, "Hola", key="k")

        compose.change(agent, first.message_id, BYE)

        assert one("select count(*) from wa_message where direction = 'outbound'") == 1
        assert one("select count(*) from wa_outbound_queue") == 1


class TestRefused:
    @pytest.mark.parametrize(
        ("state", "held", "code"),
        [
            ("sending", "sending", "already_on_its_way"),
            ("unconfirmed", "unconfirmed", "already_on_its_way"),
            ("cancelled", "", "not_waiting"),
            ("failed", "", "not_waiting"),
            ("read", "", "already_on_its_way"),
        ],
    )
    def test_what_waits_no_more_stays_as_it_is(self, agent: Actor, state: str, held: str, code: str) -> None:
        message_id = say(agent, hear(), "Hola")
        change("update wa_message set state = :state where id = :id", state=state, id=message_id)
        change("update wa_outbound_queue set state = :held", held=held or "queued")
        change("delete from wa_outbound_queue where :held = ''", held=held)

        with pytest.raises(Conflict) as refused:
            compose.change(agent, message_id, BYE)

        assert (refused.value.code, state_of(message_id)) == (code, state)
        assert content(message_id) == {"body": "Hola"}

    def test_another_organizations_is_not_found(self, agent: Actor, stranger: Actor) -> None:
        message_id = say(agent, ConversationId(hear()), "Hola")

        with pytest.raises(NotFound):
            compose.change(stranger, message_id, BYE)

        assert content(message_id) == {"body": "Hola"}
