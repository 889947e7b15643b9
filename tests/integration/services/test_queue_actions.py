"""What admins do about the outbox, and that nobody else can: pauses, paces, many messages at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.errors import InvalidInput, NotAllowed, NotFound
from campotech_wa.services import queue
from tests.integration import desk
from tests.integration.desk import change, hear, one, say
from tests.integration.services.queue_rows import becomes, card, fails, listed, waits

FOREIGN = ChannelId(2)
NOW = datetime.now(UTC)

UseCase = Callable[[Actor], object]

ADMINS_ONLY: list[UseCase] = [
    queue.picture,
    lambda actor: queue.page(actor, "waiting"),
    lambda actor: queue.pause(actor, ChannelId(1), "all"),
    lambda actor: queue.resume(actor, ChannelId(1)),
    lambda actor: queue.set_pace(actor, ChannelId(1), 40),
    lambda actor: queue.cancel_waiting(actor, ChannelId(1), "reply", 0, before=NOW),
    queue.retry_ended,
]

ELSEWHERE: list[UseCase] = [
    lambda actor: queue.pause(actor, FOREIGN, "all"),
    lambda actor: queue.resume(actor, FOREIGN),
    lambda actor: queue.set_pace(actor, FOREIGN, 40),
]


# --- who may ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("use_case", ADMINS_ONLY)
def test_an_agent_may_do_none_of_it(agent: Actor, use_case: UseCase) -> None:
    with pytest.raises(NotAllowed):
        use_case(agent)

    assert one("select count(*) from channel_flow") == 0


@pytest.mark.parametrize("use_case", ELSEWHERE)
def test_another_organizations_number_does_not_exist(admin: Actor, use_case: UseCase) -> None:
    with pytest.raises(NotFound):
        use_case(admin)

    assert one("select count(*) from channel_flow") == 0


def test_nobody_sees_or_cancels_what_waits_elsewhere(admin: Actor, stranger: Actor) -> None:
    waits(admin)

    assert card(stranger).waiting == ()
    assert listed(stranger, "waiting") == []
    tomorrow = NOW + timedelta(days=1)
    assert [
        queue.cancel_waiting(stranger, ChannelId(1), "reply", rank, before=tomorrow) for rank in range(3)
    ] == [0] * 3
    assert one("select count(*) from wa_outbound_queue") == 1


# --- pause and pace -----------------------------------------------------------------------------------------------


def test_a_pause_names_who_and_what_and_a_resume_wakes_the_drain(admin: Actor) -> None:
    queue.pause(admin, ChannelId(1), "business")
    shown = card(admin)
    assert (shown.verdict, shown.paused) == ("Plantillas en pausa", "business")
    assert shown.paused_by.startswith("En pausa por Paula Ferreyra, ")

    desk.redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
    queue.resume(admin, ChannelId(1))

    assert card(admin).verdict == "Enviando con normalidad"
    assert desk.woken("outbound") == [("worker.jobs.drain", 1)]


def test_only_a_lane_or_everything_can_be_paused(admin: Actor) -> None:
    with pytest.raises(InvalidInput):
        queue.pause(admin, ChannelId(1), "")


@pytest.mark.parametrize("per_minute", [0, -1, 4801])
def test_a_pace_that_meta_does_not_allow_is_refused(admin: Actor, per_minute: int) -> None:
    with pytest.raises(InvalidInput):
        queue.set_pace(admin, ChannelId(1), per_minute)

    assert card(admin).rate.own_limit == 0


def test_a_pace_holds_until_it_is_given_up(admin: Actor) -> None:
    queue.set_pace(admin, ChannelId(1), 4800)
    assert (card(admin).rate.limit, card(admin).rate.own_limit) == (4800, 4800)

    queue.set_pace(admin, ChannelId(1), None)

    assert (card(admin).rate.limit, card(admin).rate.own_limit) == (50, 0)


def test_a_number_that_is_also_on_a_phone_may_send_twenty_a_second(admin: Actor) -> None:
    change('update channel set info = \'{"number": {"is_on_biz_app": true, "platform_type": "CLOUD_API"}}\'')

    assert card(admin).rate.ceiling == 1200


# --- many at once ------------------------------------------------------------------------------


def test_all_of_a_lane_and_priority_are_cancelled_and_only_those(admin: Actor) -> None:
    gone = [waits(admin, body) for body in ("1", "2")]
    kept, later = waits(admin, "3"), waits(admin, "4")
    for message_id in gone:
        becomes(message_id, priority=2, is_head=False)
    becomes(kept, priority=0, is_head=False)
    becomes(later, priority=2, enters_at=NOW + timedelta(hours=1), is_head=False)

    count = queue.cancel_waiting(
        admin, ChannelId(1), "reply", 2, before=datetime.now(UTC) + timedelta(seconds=1)
    )

    assert count == 2
    assert [desk.state_of(each) for each in (*gone, kept, later)] == [
        "cancelled",
        "cancelled",
        "queued",
        "queued",
    ]
    assert desk.history_of(gone[0]) == ["queued", "cancelled"]
    assert {
        row["message_id"] for row in desk.rows("select message_id from wa_outbound_queue where is_head")
    } == {
        kept,
        later,
    }


def test_what_was_asked_for_after_the_page_was_read_waits_on(admin: Actor) -> None:
    message_id = waits(admin)
    becomes(message_id, priority=1, is_head=False)

    assert queue.cancel_waiting(admin, ChannelId(1), "reply", 1, before=NOW - timedelta(hours=1)) == 0
    assert desk.state_of(message_id) == "queued"


def test_what_failed_is_sent_again_once_and_what_can_not_stays(admin: Actor) -> None:
    possible, closed = waits(admin, "1"), say(admin, hear(desk.text(sender=desk.BETO), name="Beto"), "2")
    fails(possible)
    fails(closed)
    change(
        "update conversation set last_inbound_at = now() - interval '2 days' where id = "
        "(select conversation_id from wa_message where id = :id)",
        id=closed,
    )

    done = queue.retry_ended(admin)

    assert (done.sent, done.refused) == (1, 1)
    assert [desk.state_of(possible), desk.state_of(closed)] == ["queued", "failed"]
    assert queue.retry_ended(admin).sent == 0
