"""What a thread says of messages that have not left, and what whoever writes should know of the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId
from campotech_wa.domain.panic import Extent
from campotech_wa.errors import MetaBusy
from campotech_wa.services import inbox, queue
from campotech_wa.services.panic import acting
from campotech_wa.views import QueueHint, Waiting
from tests.integration import desk
from tests.integration.desk import NUMBER, change, hear, say

FULL = 50
"""Messages a minute that the demo's organizations may send."""


@pytest.fixture
def ana(desk: None) -> ConversationId:
    return hear()


def standing(actor: Actor, conversation_id: ConversationId) -> Waiting | None:
    return inbox.thread(actor, conversation_id, limit=10).bubbles[-1].waiting


def hint(actor: Actor, conversation_id: ConversationId) -> QueueHint:
    return inbox.thread(actor, conversation_id, limit=10).hint


def row(actor: Actor) -> str:
    return inbox.listing(actor, limit=1).rows[0].standing


def becomes(message_id: MessageId, message_state: str = "queued", **values: object) -> None:
    given = ", ".join(f"{name} = :{name}" for name in values)
    change(f"update wa_outbound_queue set {given} where message_id = :id", id=message_id, **values)  # noqa: S608
    change("update wa_message set state = :state where id = :id", id=message_id, state=message_state)


def soon(**time: float) -> datetime:
    return datetime.now(UTC) + timedelta(**time)


@pytest.fixture
def second_number(ana: ConversationId) -> int:
    """Another number of the same organization."""
    change(
        "insert into channel select 101, organization_id, name, display_phone_number, phone_number_id || '9', "
        "waba_id, webhook_key || '9', verify_token, app_secret, access_token, now(), app_id, info "
        "from channel where id = 1"
    )
    return 101


def sent(count: int, *, ago: float, channel_id: int = 1) -> None:
    change(
        "insert into wa_send_attempt "
        "(organization_id, channel_id, message_id, number, started_at, finished_at, outcome) "
        "select 1, :channel, (select min(id) from wa_message), 1000 * :channel + 100 * :ago + n, "
        "now() - make_interval(secs => :ago), now() - make_interval(secs => :ago), 'accepted' "
        "from generate_series(1, :count) n",
        ago=ago,
        count=count,
        channel=channel_id,
    )


# --- where a message stands -----------------------------------------------------------------------------------


def test_a_message_in_the_queue_can_be_changed_and_cancelled(agent: Actor, ana: ConversationId) -> None:
    say(agent, ana)

    assert standing(agent, ana) == Waiting("queued", can_cancel=True, can_change=True)
    assert row(agent) == "queued"


def test_a_scheduled_message_says_when_and_can_leave_now(agent: Actor, ana: ConversationId) -> None:
    becomes(say(agent, ana), enters_at=soon(days=400), due_at=soon(days=400))

    shown = standing(agent, ana)

    assert shown is not None
    assert (shown.kind, shown.can_send_now, shown.can_cancel) == ("later", True, True)
    assert shown.says.startswith("Programado para ")


def test_a_message_on_its_way_can_not_be_taken_back(agent: Actor, ana: ConversationId) -> None:
    becomes(say(agent, ana), "sending", state="sending")

    assert standing(agent, ana) == Waiting("sending")
    assert row(agent) == "sending"


def test_an_unconfirmed_message_says_until_when_a_sign_is_awaited(agent: Actor, ana: ConversationId) -> None:
    becomes(say(agent, ana), "unconfirmed", state="unconfirmed", due_at=soon(seconds=40))

    shown = standing(agent, ana)

    assert shown is not None
    assert "puede haber llegado. Esperamos una señal hasta las " in shown.says
    assert (shown.can_cancel, shown.can_retry, shown.is_risky) == (False, True, True)
    assert row(agent) == "unconfirmed"


def test_what_nobody_will_know_warns_before_it_is_sent_again(agent: Actor, ana: ConversationId) -> None:
    message_id = say(agent, ana)
    change("delete from wa_outbound_queue")
    change("update wa_message set state = 'unconfirmed' where id = :id", id=message_id)

    shown = standing(agent, ana)

    assert shown is not None
    assert "dos veces" in shown.says
    assert (shown.can_retry, shown.is_risky) == (True, True)


def test_a_held_message_says_why_and_what_to_do(agent: Actor, ana: ConversationId) -> None:
    becomes(say(agent, ana), state="held", hold_reason="window_closed")

    shown = standing(agent, ana)

    assert shown is not None
    assert (
        shown.says
        == "La ventana se cerró mientras esperaba. Sale solo si el cliente vuelve a escribir, o cancelalo."
    )
    assert (shown.can_cancel, shown.can_change, shown.can_retry) == (True, True, False)
    assert row(agent) == "held"


@pytest.mark.parametrize("reason", ["template", "channel"])
def test_what_somebody_may_have_put_right_is_tried_again_when_a_person_says_so(
    agent: Actor, ana: ConversationId, reason: str
) -> None:
    becomes(say(agent, ana), state="held", hold_reason=reason)

    shown = standing(agent, ana)

    assert shown is not None
    assert (shown.can_retry, shown.is_risky) == (True, False)


def test_a_message_that_meta_put_off_says_when_it_is_tried_again(agent: Actor, ana: ConversationId) -> None:
    say(agent, ana)
    desk.settle(desk.claimed()[0], MetaBusy("Later.", code=131016))

    shown = standing(agent, ana)

    assert shown is not None
    assert (shown.kind, shown.can_cancel, shown.can_change) == ("retried", True, True)
    assert shown.says.startswith("WhatsApp todavía no lo tomó: nuevo intento a las")


def test_a_message_that_left_too_fast_says_that_it_leaves_by_itself(
    admin: Actor, agent: Actor, ana: ConversationId
) -> None:
    say(agent, ana)
    desk.settle(desk.claimed()[0], MetaBusy("Slow down.", code=130429))

    shown = standing(agent, ana)

    assert shown is not None
    assert (shown.kind, shown.says) == ("retried", "WhatsApp pidió ir más despacio: sale solo.")
    assert [each.reason for each in queue.page(admin, "waiting").messages] == [shown.says]


def test_a_message_that_the_pace_puts_off_for_a_moment_is_queued_and_nothing_else(
    agent: Actor, ana: ConversationId
) -> None:
    becomes(say(agent, ana), due_at=soon(seconds=1))

    assert standing(agent, ana) == Waiting("queued", can_cancel=True, can_change=True)


def test_a_cancelled_message_is_not_said_to_have_left(agent: Actor, ana: ConversationId) -> None:
    message_id = say(agent, ana)
    change("delete from wa_outbound_queue")
    change("update wa_message set state = 'cancelled' where id = :id", id=message_id)

    assert standing(agent, ana) == Waiting("cancelled", "Cancelado: no se envió.")
    assert row(agent) == "cancelled"


def test_of_what_has_left_nothing_is_said(agent: Actor, ana: ConversationId) -> None:
    message_id = say(agent, ana)
    change("delete from wa_outbound_queue")
    change("update wa_message set state = 'delivered' where id = :id", id=message_id)

    assert standing(agent, ana) is None
    assert row(agent) == ""


# --- what whoever writes should know --------------------------------------------------------------------------


def test_while_everything_flows_nothing_is_said(agent: Actor, ana: ConversationId) -> None:
    assert hint(agent, ana) == QueueHint()
    say(agent, ana)

    assert hint(agent, ana) == QueueHint()


def test_a_full_window_tells_how_many_leave_before_and_when(agent: Actor, ana: ConversationId) -> None:
    for number in range(3):
        say(agent, hear(desk.text(sender=f"549113000000{number}")))
    say(agent, ana)
    sent(FULL, ago=20)

    told = hint(agent, ana)

    assert (told.kind, told.ahead) == ("paced", "3")
    assert abs((datetime.fromisoformat(told.at) - soon(seconds=40)).total_seconds()) < 5


def test_a_reply_does_not_wait_for_reminders(agent: Actor, ana: ConversationId) -> None:
    reminder = say(agent, hear(desk.text(sender="5491130000001")))
    becomes(reminder, priority=2, is_head=False)
    say(agent, ana)
    sent(FULL, ago=20)

    assert hint(agent, ana).ahead == "0"


def test_the_sends_of_another_organization_fill_no_window_of_ours(agent: Actor, ana: ConversationId) -> None:
    say(agent, ana)
    sent(FULL, ago=20)
    change("update wa_send_attempt set organization_id = 2, channel_id = 2")

    assert hint(agent, ana) == QueueHint()


def test_a_template_waits_for_more_than_one_slot_where_some_are_kept_for_replies(
    agent: Actor, ana: ConversationId
) -> None:
    becomes(say(agent, ana), lane="business", priority=1)
    sent(5, ago=55)
    sent(FULL - 5, ago=20)

    told = datetime.fromisoformat(hint(agent, ana).at)

    assert abs((told - soon(seconds=40)).total_seconds()) < 5


def test_numbers_without_a_pace_of_their_own_share_one_window(
    agent: Actor, ana: ConversationId, second_number: int
) -> None:
    say(agent, ana)
    sent(FULL, ago=20, channel_id=second_number)

    assert hint(agent, ana).kind == "paced"


def test_a_number_with_a_pace_of_its_own_does_not_wait_for_the_sends_of_others(
    admin: Actor, agent: Actor, ana: ConversationId, second_number: int
) -> None:
    queue.set_pace(admin, ChannelId(1), 10)
    say(agent, ana)
    sent(FULL, ago=20, channel_id=second_number)
    assert hint(agent, ana) == QueueHint()

    sent(10, ago=20)

    assert hint(agent, ana).kind == "paced"


def test_the_sends_of_a_number_with_a_pace_of_its_own_fill_no_window_of_the_others(
    admin: Actor, agent: Actor, ana: ConversationId, second_number: int
) -> None:
    queue.set_pace(admin, ChannelId(second_number), 60)
    say(agent, ana)
    sent(FULL, ago=20, channel_id=second_number)

    assert hint(agent, ana) == QueueHint()


def test_a_message_waits_for_the_one_before_it(agent: Actor, ana: ConversationId) -> None:
    first = say(agent, ana, "Primero")
    say(agent, ana, "Segundo")
    becomes(first, "unconfirmed", state="unconfirmed", due_at=soon(seconds=30))

    assert hint(agent, ana).kind == "line"


def test_whoever_writes_is_told_how_long_meta_has_asked_the_number_to_wait(
    agent: Actor, ana: ConversationId
) -> None:
    say(agent, ana)
    change(
        "insert into channel_flow (organization_id, channel_id, factor, factor_at, throttled_until, throttles, "
        "paused, panic_minutes, thresholds) values (1, 1, 0.5, now(), now() + interval '30 seconds', 1, '', 60, '{}')"
    )

    told = hint(agent, ana)

    assert told.kind == "slowed"
    assert abs((datetime.fromisoformat(told.at) - soon(seconds=30)).total_seconds()) < 5


def test_a_pause_of_replies_is_told_before_anything_is_written(
    admin: Actor, agent: Actor, ana: ConversationId
) -> None:
    queue.pause(admin, ChannelId(1), "business")
    assert hint(agent, ana) == QueueHint()

    queue.pause(admin, ChannelId(1), "all")

    assert hint(agent, ana) == QueueHint("paused", "0")


def test_whoever_writes_is_not_told_to_wait_because_a_template_does(
    admin: Actor, agent: Actor, ana: ConversationId
) -> None:
    message_id = say(agent, ana)
    becomes(message_id, lane="business")
    acting.trigger(admin, NUMBER, note="Prueba", extent=Extent.BUSINESS)

    assert hint(agent, ana) == QueueHint()

    queue.pause(admin, ChannelId(1), "all")

    assert hint(agent, ana).kind == "paused"


def test_a_panic_tells_when_it_is_probed(admin: Actor, agent: Actor, ana: ConversationId) -> None:
    acting.trigger(admin, NUMBER, note="Prueba", extent=Extent.ALL)
    say(agent, ana)

    told = hint(agent, ana)

    assert told.kind == "panic"
    assert datetime.fromisoformat(told.at) > soon(minutes=30)
