"""What admins see of the outbox: counts, the pace, failures, panics, and lists of messages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput
from campotech_wa.services import queue
from tests.integration.desk import change
from tests.integration.services.queue_rows import becomes, card, fails, listed, sends, waits

NOW = datetime.now(UTC)


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


@pytest.mark.parametrize(
    ("rank", "said"),
    [(1, "Lo que espera usa hasta 45: el resto"), (2, "Lo que espera usa hasta 40: el resto")],
)
def test_the_room_that_templates_leave_to_replies_is_told(admin: Actor, rank: int, said: str) -> None:
    becomes(waits(admin), lane="business", priority=rank, is_head=False)
    assert card(admin).rate.kept.startswith(said)

    change("update conversation set last_inbound_at = null")

    assert card(admin).rate.kept == ""


def test_of_room_for_replies_nothing_is_said_while_replies_use_all_of_it(admin: Actor) -> None:
    becomes(waits(admin), lane="business", priority=2, is_head=False)
    waits(admin)

    assert card(admin).rate.kept == ""


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

    assert (shown.verdict, shown.tone, shown.is_panic) == ("Plantillas frenadas", "bad", True)
    newest, before = shown.panics
    assert (newest.title, newest.ended) == ("Fallan demasiados envíos", "")
    assert newest.numbers == "6 fallaron, 12 transmitidos, 5 minutos"
    assert newest.cause
    assert (before.title, before.note) == ("Frenado a mano", "Mudanza · Listo")
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
    becomes(unclear, state="unconfirmed", due_at=NOW + timedelta(hours=1), is_head=False)
    change("update wa_message set state = 'unconfirmed' where id = :id", id=unclear)

    [found] = listed(admin, "unconfirmed")

    assert (found.can_cancel, found.can_retry, found.is_risky) == (False, True, True)
    assert "dos veces" in found.reason
    assert found.due_says == "Esperamos una señal {time} más"


def test_a_held_message_says_what_to_do(admin: Actor) -> None:
    becomes(waits(admin), state="held", hold_reason="window_closed", is_head=False)

    [found] = listed(admin, "held")

    assert found.reason.startswith("La ventana se cerró mientras esperaba. Sale solo si el cliente vuelve a")
    assert (found.can_cancel, found.can_retry, found.due) == (True, False, "")


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
