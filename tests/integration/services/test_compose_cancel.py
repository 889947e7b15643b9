"""A message that waits can be taken back; one on its way can not, and says so."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.errors import Conflict, NotFound
from campotech_wa.services import compose
from campotech_wa.signals.connection import redis
from tests.integration.desk import change, hear, history_of, listening, one, rows, say, state_of, woken


def waiting() -> int:
    return int(one("select count(*) from wa_outbound_queue"))


def stands(message_id: MessageId, state: str, row: str) -> None:
    """Put a message where a drain would have it."""
    change("update wa_message set state = :state where id = :id", state=state, id=message_id)
    if row:
        change("update wa_outbound_queue set state = :row where message_id = :id", row=row, id=message_id)
    else:
        change("delete from wa_outbound_queue where message_id = :id", id=message_id)


class TestCancel:
    @pytest.mark.parametrize("row", ["queued", "held"])
    def test_what_waits_or_is_held_never_leaves(self, agent: Actor, row: str) -> None:
        message_id = say(agent, hear())
        stands(message_id, "queued", row)

        compose.cancel(agent, message_id)

        assert (state_of(message_id), waiting()) == ("cancelled", 0)
        assert history_of(message_id) == ["queued", "cancelled"]

    def test_the_history_tells_who_took_it_back(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        compose.cancel(agent, message_id)

        [line] = rows("select source, report from wa_message_state where state = 'cancelled'")
        assert (line["source"], line["report"]) == ("desk", {"by": 2})

    def test_a_second_time_changes_nothing(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        compose.cancel(agent, message_id)
        compose.cancel(agent, message_id)

        assert history_of(message_id) == ["queued", "cancelled"]

    def test_what_waited_behind_it_comes_forward_and_pages_are_told(self, agent: Actor) -> None:
        conversation_id = hear()
        first, second = say(agent, conversation_id), say(agent, conversation_id)
        redis().flushdb()  # pyright: ignore[reportUnknownMemberType]

        with listening() as next_event:
            compose.cancel(agent, first)
            event = next_event()

        assert one("select message_id from wa_outbound_queue where is_head") == second
        assert event == {"organization_id": 1, "conversation_id": conversation_id}
        assert woken("urgent") == [("worker.jobs.drain_now", 1)]

    @pytest.mark.parametrize(
        ("state", "row", "code"),
        [
            ("sending", "sending", "already_on_its_way"),
            ("queued", "sending", "already_on_its_way"),
            ("unconfirmed", "unconfirmed", "already_on_its_way"),
            ("sent", "", "already_on_its_way"),
            ("sent", "queued", "already_on_its_way"),
            ("delivered", "", "already_on_its_way"),
            ("failed", "", "not_waiting"),
        ],
    )
    def test_what_waits_no_more_is_refused(self, agent: Actor, state: str, row: str, code: str) -> None:
        message_id = say(agent, hear())
        stands(message_id, state, row)

        with pytest.raises(Conflict) as refused:
            compose.cancel(agent, message_id)

        assert (refused.value.code, state_of(message_id)) == (code, state)
        assert waiting() == bool(row)

    def test_another_organizations_and_a_customers_are_not_found(self, agent: Actor, stranger: Actor) -> None:
        message_id = say(agent, hear())

        for actor, other in ((stranger, message_id), (agent, MessageId(1)), (agent, MessageId(999))):
            with pytest.raises(NotFound):
                compose.cancel(actor, other)

        assert (state_of(message_id), waiting()) == ("queued", 1)
