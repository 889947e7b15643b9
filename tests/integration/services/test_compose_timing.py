"""What is said may be scheduled and may overtake: its row says when it enters its line, and before whom."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput
from campotech_wa.services import compose
from tests.integration.desk import ANA, ago, change, hear, one, rows, say, text

HELLO: dict[str, Any] = {"type": "text", "text": {"body": "Hola"}}
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def ahead(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def product(actor: Actor, *, key: str | None = None, **more: object) -> compose.Composed:
    return compose.message_object(actor, {"to": f"+{ANA}", **HELLO, **more}, key=key).composed


def place() -> dict[str, Any]:
    [row] = rows("select priority, lane, enters_at, due_at, state from wa_outbound_queue")
    return row


class TestPriority:
    def test_what_a_person_writes_is_high(self, agent: Actor) -> None:
        say(agent, hear())

        assert (place()["priority"], place()["lane"]) == (0, "reply")

    def test_what_a_product_sends_is_normal(self, agent: Actor) -> None:
        hear()

        composed = product(agent)

        assert (place()["priority"], composed.priority.word) == (1, "normal")

    @pytest.mark.parametrize(("word", "rank"), [("high", 0), ("normal", 1), ("low", 2)])
    def test_either_may_say_which(self, agent: Actor, word: str, rank: int) -> None:
        conversation_id = hear()

        compose.answer(agent, conversation_id, HELLO | {"priority": word}, key="k")
        product(agent, priority=word)

        assert [row["priority"] for row in rows("select priority from wa_outbound_queue")] == [rank, rank]
        assert [row["priority"] for row in rows("select priority from wa_message where id > 1")] == [
            rank,
            rank,
        ]

    def test_a_template_waits_in_the_other_lane(self, agent: Actor) -> None:
        compose.message_object(agent, {"to": f"+{ANA}", **TEMPLATE, "priority": "low"}, key=None)

        assert (place()["priority"], place()["lane"]) == (2, "business")


class TestSendAt:
    def test_it_enters_its_line_at_its_time(self, agent: Actor) -> None:
        hear()
        send_at = ahead(hours=3)

        composed = product(agent, send_at=send_at)

        moment = datetime.fromisoformat(send_at)
        assert (place()["enters_at"], place()["due_at"], composed.send_at) == (moment, moment, moment)
        assert one("select send_at from wa_message where id > 1") == moment

    @pytest.mark.parametrize("send_at", [None, ago])
    def test_without_one_or_with_one_that_just_passed_it_enters_now(
        self, agent: Actor, send_at: object
    ) -> None:
        hear()
        before = datetime.now(UTC)

        product(agent, send_at=ahead(seconds=-50) if send_at else None)

        assert before <= place()["enters_at"] <= datetime.now(UTC)

    @pytest.mark.parametrize(
        ("send_at", "code"),
        [
            (ahead(minutes=-2), "in_the_past"),
            (ahead(days=91), "too_far_ahead"),
            (ahead(hours=30), "after_window"),
            ("mañana", "not_a_time"),
        ],
        ids=["past", "far", "window", "word"],
    )
    def test_a_time_at_which_it_can_not_leave_is_refused(self, agent: Actor, send_at: str, code: str) -> None:
        hear()

        with pytest.raises(InvalidInput) as refused:
            product(agent, send_at=send_at)

        assert (refused.value.code, refused.value.field) == (code, "send_at")
        assert one("select count(*) from wa_message") == 1

    def test_a_template_may_leave_when_the_window_is_long_closed(self, agent: Actor) -> None:
        hear(text(timestamp=ago(days=3)))

        compose.message_object(agent, {"to": f"+{ANA}", **TEMPLATE, "send_at": ahead(days=80)}, key=None)

        assert place()["state"] == "queued"


class TestKeys:
    @pytest.mark.parametrize("other", [{"priority": "low"}, {"send_at": ahead(hours=1)}])
    def test_a_key_with_another_priority_or_time_is_refused(
        self, agent: Actor, other: dict[str, str]
    ) -> None:
        hear()
        product(agent, key="k")

        with pytest.raises(InvalidInput) as refused:
            product(agent, key="k", **other)

        assert refused.value.code == "idempotency_key_reused"

    def test_asked_again_when_its_time_is_long_over_the_first_answer_stands(self, agent: Actor) -> None:
        hear()
        key, send_at = str(uuid4()), ahead(hours=-5)
        first = product(agent, key=key, send_at=ahead(hours=1))
        change("update wa_message set send_at = :at where id = :id", at=send_at, id=first.message_id)

        again = product(agent, key=key, send_at=send_at)

        assert again.message_id == first.message_id
        assert one("select count(*) from wa_outbound_queue") == 1
