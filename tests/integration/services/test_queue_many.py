"""What is done to many messages at once is told in each one's history as if it had been done to it alone."""

from datetime import UTC, datetime

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import compose, queue
from tests.integration.desk import hear, one, say

TOLD = (
    "select report from wa_message_state where message_id = :id and state = 'cancelled' and source = 'desk'"
)


def test_who_cancels_many_messages_is_named_in_each_ones_history(admin: Actor) -> None:
    ana = hear()
    alone, together = say(admin, ana), [say(admin, ana), say(admin, ana)]
    compose.cancel(admin, alone)

    assert queue.cancel_waiting(admin, ChannelId(1), "reply", 0, before=datetime.now(UTC)) == 2

    assert one(TOLD, id=alone) == {"by": admin.user_id}
    assert [one(TOLD, id=message_id) for message_id in together] == [{"by": admin.user_id}] * 2
