"""What admins see of the outbox and do about it: counts, lists, pauses, paces, many at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, MessageId
from campotech_wa.errors import InvalidInput, NotAllowed, NotFound
from campotech_wa.queue_views import ChannelQueue, QueuedMessage
from campotech_wa.services import queue
from tests.integration import desk
from tests.integration.desk import change, hear, one, say

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


def card(actor: Actor) -> ChannelQueue:
    return queue.picture(actor).channels[0]


def waits(actor: Actor, body: str = "Ya salimos") -> MessageId:
    return say(actor, hear(), body)


def becomes(message_id: MessageId, **values: object) -> None:
    """Have a row of the outbox be as the engine would leave it."""
    given = ", ".join(f"{name} = :{name}" for name in values)
    change(f"update wa_outbound_queue set {given} where message_id = :id", id=message_id, **values)  # noqa: S608


def fails(message_id: MessageId, code: int = 131026) -> None:
    change("delete from wa_outbound_queue where message_id = :id", id=message_id)
    change(
        "update wa_message set state = 'failed', error_code = :code where id = :id", id=message_id, code=code
    )
    change(
        "insert into wa_message_state (organization_id, message_id, state, at, source, report) "
        "values (1, :id, 'failed', now(), 'answer', '{}')",
        id=message_id,
    )


def sends(count: int, *, ago: float, verdict: str = "success") -> None:
    change(
        "insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, outcome, verdict) "
        "select 1, 1, (select min(id) from wa_message), "
        "(select coalesce(max(number), 0) from wa_send_attempt) + n, now() - make_interval(secs => :ago), "
        "'accepted', :verdict from generate_series(1, :count) n",
        ago=ago,
        verdict=verdict,
        count=count,
    )


def listed(actor: Actor, shown: str) -> list[QueuedMessage]:
    return list(queue.page(actor, shown).messages)


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


# --- what it shows ---------------------------------------------------------------------------------------------


def test_an_empty_queue_says_so(admin: Actor) -> None:
    shown = card(admin)

    assert (shown.verdict, shown.tone, shown.waiting) == ("Enviando con normalidad", "good", ())
    assert {figure.key: figure.count for figure in shown.figures} == {
        "scheduled": "0",
        "sending": "0",
        "unconfirmed": "0",
        "held": "0",
    }
    assert (shown.failing, shown.failing_note) == ("", "Sin envíos recientes")


def test_what_waits_is_counted_by_lane_and_priority_with_the_oldest(admin: Actor) -> None:
    first, second, other = (waits(admin, body) for body in ("Uno", "Dos", "Tres"))
    becomes(first, priority=0, enters_at=NOW - timedelta(minutes=3), is_head=False)
    becomes(second, priority=0, is_head=False)
    becomes(other, priority=2, lane="business", is_head=False)

    lines = card(admin).waiting

    assert [(line.key, line.name, line.count) for line in lines] == [
        ("reply.0", "Respuestas · alta", "2"),
        ("business.2", "Plantillas · baja", "1"),
    ]
    assert datetime.fromisoformat(lines[0].since) == NOW - timedelta(minutes=3)


def test_what_is_scheduled_held_unconfirmed_or_on_its_way_does_not_wait(admin: Actor) -> None:
    later, held, unclear, leaving = (waits(admin, body) for body in ("1", "2", "3", "4"))
    becomes(later, enters_at=NOW + timedelta(hours=1), is_head=False)
    becomes(held, state="held", hold_reason="window_closed", is_head=False)
    becomes(unclear, state="unconfirmed", is_head=False)
    becomes(leaving, state="sending", is_head=False)

    shown = card(admin)

    assert shown.waiting == ()
    assert [(each.key, each.count, each.note) for each in shown.figures] == [
        ("scheduled", "1", ""),
        ("sending", "1", ""),
        ("unconfirmed", "1", ""),
        ("held", "1", "1 ventana cerrada"),
    ]
    assert shown.verdict == "Hay mensajes detenidos"
    assert dict(queue.picture(admin).counts) == {
        "waiting": "0",
        "scheduled": "1",
        "unconfirmed": "1",
        "held": "1",
    }


def test_no_more_than_ten_thousand_are_counted(admin: Actor) -> None:
    waits(admin)
    change("alter table wa_outbound_queue drop constraint uq_wa_outbound_queue_message_id")
    try:
        change(
            "insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, "
            "priority, state, is_head, attempts, hold_reason, asked_after) "
            "select organization_id, channel_id, conversation_id, message_id, lane, priority, state, false, 0, '', 0 "
            "from wa_outbound_queue, generate_series(1, 10000)"
        )
        assert card(admin).waiting_total == "más de 10\N{NO-BREAK SPACE}000"
        assert queue.page(admin, "waiting").has_more
    finally:
        change("delete from wa_outbound_queue")
        change(
            "alter table wa_outbound_queue add constraint uq_wa_outbound_queue_message_id unique (message_id)"
        )


def test_sends_are_counted_by_the_second_and_by_the_minute(admin: Actor) -> None:
    waits(admin)
    sends(3, ago=5)
    sends(4, ago=600)
    sends(9, ago=3600)

    rate = card(admin).rate

    assert sum(count for _, count in rate.seconds) == 3
    assert sum(count for _, count in rate.minutes) == 7
    assert (rate.limit, rate.own_limit, rate.shared_limit, rate.ceiling) == (50, 0, 50, 4800)


def test_the_failure_rate_leaves_out_what_is_the_recipients_own_matter(admin: Actor) -> None:
    waits(admin)
    sends(6, ago=30)
    sends(4, ago=60, verdict="failure")
    sends(2, ago=60, verdict="throttled")
    sends(20, ago=400, verdict="failure")

    shown = card(admin)

    assert (shown.failing, shown.failing_note) == ("40 %", "4 de 10 en los últimos 5 minutos")
    assert shown.failing_tone == "bad"


def test_what_meta_slowed_down_is_told_until_it_has_recovered(admin: Actor) -> None:
    change(
        "insert into channel_flow (organization_id, channel_id, factor, factor_at, throttled_until, throttles, "
        "paused, panic_minutes, thresholds) values (1, 1, 0.5, now(), now() + interval '30 seconds', 1, '', 60, '{}')"
    )

    shown = card(admin)

    assert shown.rate.limit == 25
    assert "50 %" in shown.rate.slowed
    assert shown.rate.slowed_until
    assert shown.verdict == "Meta pidió ir más despacio"
    change("update channel_flow set factor_at = now() - interval '10 minutes', throttled_until = null")
    assert (card(admin).rate.limit, card(admin).rate.slowed) == (50, "")


def test_a_panic_is_told_with_its_numbers_and_so_is_who_ended_the_one_before(admin: Actor) -> None:
    change(
        "insert into wa_panic (organization_id, channel_id, reason, lanes, error_code, numbers, note, triggered_at, "
        "auto_resolve_at, phase, probe_size, resolved_at, resolved_by_id, resolve_note) values "
        "(1, 1, 'manual', 'all', null, '{}', 'Mudanza', now() - interval '2 hours', now(), 'halted', 0, "
        "now() - interval '1 hour', 1, 'Listo'), "
        "(1, 1, 'high_failure_rate', 'business', 131000, '{\"failed\": 6, \"transmitted\": 12, \"minutes\": 5}', '', "
        "now(), now() + interval '1 hour', 'halted', 0, null, null, '')"
    )

    shown = card(admin)

    assert (shown.verdict, shown.tone, shown.is_panic) == ("Plantillas detenidas", "bad", True)
    newest, before = shown.panics
    assert (newest.title, newest.ended) == ("Fallan demasiados envíos", "")
    assert newest.numbers == "6 fallaron, 12 transmitidos, 5 minutos"
    assert newest.cause
    assert (before.title, before.note) == ("Detenido a mano", "Mudanza · Listo")
    assert "Paula Ferreyra" in before.ended


def test_english_is_spoken_to_who_reads_english(admin: Actor) -> None:
    becomes(waits(admin), state="held", hold_reason="template", is_head=False)
    english = replace(admin, locale="en")

    assert card(english).verdict == "Messages are held"
    assert listed(english, "held")[0].reason.startswith("Its template is not approved")


# --- the list ---------------------------------------------------------------------------------------------------


def test_what_waits_is_listed_in_the_order_in_which_it_leaves(admin: Actor) -> None:
    low, high = waits(admin, "Recordatorio"), waits(admin, "Estoy en la puerta")
    becomes(low, priority=2, is_head=False)
    becomes(high, priority=0, is_head=False)

    found = listed(admin, "waiting")

    assert [(each.id, each.customer, each.line) for each in found] == [
        (high, "Ana Gómez", "Estoy en la puerta"),
        (low, "Ana Gómez", "Recordatorio"),
    ]
    assert all(each.can_cancel and not each.can_retry for each in found)


def test_an_unconfirmed_message_warns_that_it_may_arrive_twice(admin: Actor) -> None:
    unclear = waits(admin)
    becomes(unclear, state="unconfirmed", due_at=NOW + timedelta(minutes=1), is_head=False)
    change("update wa_message set state = 'unconfirmed' where id = :id", id=unclear)

    [found] = listed(admin, "unconfirmed")

    assert (found.can_cancel, found.can_retry, found.is_risky) == (False, True, True)
    assert "dos veces" in found.reason
    assert found.due_says == "Esperamos una señal {time} más"


def test_a_held_message_says_what_to_do(admin: Actor) -> None:
    becomes(waits(admin), state="held", hold_reason="window_closed", is_head=False)

    [found] = listed(admin, "held")

    assert found.reason == "La ventana se cerró mientras esperaba. Elegí una plantilla o cancelalo."
    assert (found.can_cancel, found.can_retry, found.due) == (True, True, "")


def test_a_message_that_failed_again_is_listed_once_with_its_newest_reason(admin: Actor) -> None:
    failed = waits(admin)
    fails(failed)
    fails(failed, code=131047)

    [found] = listed(admin, "failed")

    assert found.id == failed
    assert "24" in found.reason
    assert (found.can_cancel, found.can_retry) == (False, True)


def test_what_failed_two_days_ago_is_not_listed(admin: Actor) -> None:
    fails(waits(admin))
    change("update wa_message_state set recorded_at = now() - interval '2 days'")

    assert listed(admin, "failed") == []


def test_there_is_no_other_list(admin: Actor) -> None:
    with pytest.raises(InvalidInput):
        queue.page(admin, "sent")


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
    try:
        assert card(admin).rate.ceiling == 1200
    finally:
        change("update channel set info = '{}'")


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
