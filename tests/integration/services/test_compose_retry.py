"""What failed, is unconfirmed or held is sent again because a person asks for it; anything else is left alone."""

from datetime import UTC, datetime

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.errors import Conflict, NotFound, WindowClosed
from campotech_wa.services import compose
from tests.integration.desk import change, hear, history_of, one, rows, say, state_of


def standing(agent: Actor, state: str, row: str = "") -> MessageId:
    """Have a message stand where a drain has left it; without a row it is out of the outbox."""
    message_id = say(agent, hear())
    change("update wa_message set state = :state, error_code = 131031, error_detail = 'Locked.'", state=state)
    if row:
        change("update wa_outbound_queue set state = :row, attempts = 4", row=row)
        change("update wa_outbound_queue set is_head = false where state = 'held'")
    else:
        change("delete from wa_outbound_queue")
    return message_id


def queued() -> int:
    return int(
        one("select count(*) from wa_outbound_queue where state = 'queued' and is_head and attempts = 0")
    )


class TestRetry:
    @pytest.mark.parametrize(
        ("state", "row"),
        [("failed", ""), ("unconfirmed", ""), ("unconfirmed", "unconfirmed"), ("queued", "held")],
    )
    def test_it_waits_to_be_sent_as_if_for_the_first_time(self, agent: Actor, state: str, row: str) -> None:
        message_id = standing(agent, state, row)

        compose.retry(agent, message_id)

        assert (state_of(message_id), queued()) == ("queued", 1)
        assert history_of(message_id) == ["queued", "queued"]
        assert rows("select error_code, error_detail from wa_message where id = :id", id=message_id) == [
            {"error_code": None, "error_detail": ""}
        ]

    def test_it_keeps_its_priority_and_its_time_is_now(self, agent: Actor) -> None:
        message_id = standing(agent, "failed")
        change("update wa_message set priority = 2, send_at = now() - interval '5 hours' where id = 2")
        asked = datetime.now(UTC)

        compose.retry(agent, message_id)

        [row] = rows("select priority, enters_at from wa_outbound_queue")
        assert row["priority"] == 2
        assert row["enters_at"] >= asked

    @pytest.mark.parametrize(
        ("state", "row"),
        [
            ("queued", "queued"),
            ("queued", "sending"),
            ("sending", "sending"),
            ("sent", ""),
            ("delivered", ""),
            ("read", ""),
            ("cancelled", ""),
        ],
    )
    def test_anything_else_is_left_alone(self, agent: Actor, state: str, row: str) -> None:
        message_id = standing(agent, state, row)

        with pytest.raises(Conflict) as refused:
            compose.retry(agent, message_id)

        assert (refused.value.code, state_of(message_id)) == ("not_failed", state)
        assert (queued(), history_of(message_id)) == (0, ["queued"])

    def test_not_outside_the_window(self, agent: Actor) -> None:
        message_id = standing(agent, "failed")
        change("update conversation set last_inbound_at = now() - interval '2 days'")

        with pytest.raises(WindowClosed):
            compose.retry(agent, message_id)

        assert (state_of(message_id), queued()) == ("failed", 0)

    def test_not_another_organizations(self, agent: Actor, stranger: Actor) -> None:
        message_id = standing(agent, "failed")

        with pytest.raises(NotFound):
            compose.retry(stranger, message_id)

        assert (state_of(message_id), queued()) == ("failed", 0)

    def test_not_a_customers_message(self, agent: Actor) -> None:
        hear()

        with pytest.raises(NotFound):
            compose.retry(agent, MessageId(1))
