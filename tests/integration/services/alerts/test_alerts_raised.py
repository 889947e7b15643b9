"""Admins are told of what goes wrong once, and that it is over once."""

from typing import Any

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services import alerts
from campotech_wa.services.alerts.showing import lines
from campotech_wa.services.panic.acting import resolve, trigger
from tests.integration.desk import NUMBER, change, listening, rows
from tests.integration.services.panic.circuit import (
    attempt,
    attempts,
    flow,
    let_pass,
    message,
    notice,
)


def active() -> list[str]:
    """Return what admins are alerted of."""
    return [str(row["kind"]) for row in rows("select kind from alert where cleared_at is null order by kind")]


def queue(times: int, *, minutes_ago: float = 0, state: str = "queued") -> None:
    """Let messages wait in the outbox."""
    newest = message()
    for _ in range(times - 1):
        message()
    change(
        """insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, priority,
               state, is_head, attempts, asked_after, enters_at, due_at, hold_reason)
           select 1, 1, conversation_id, id, 'business', 1, :state, false, 0, 0,
                  now() - make_interval(secs => :seconds), now(), ''
           from wa_message where id >= :first""",
        first=newest,
        state=state,
        seconds=minutes_ago * 60,
    )


def template(status: str, **more: Any) -> None:
    """Let Meta list a template."""
    change("delete from wa_template")
    change(
        """insert into wa_template (organization_id, waba_id, meta_id, name, language, category, status, quality,
               rejected_reason, definition, changed_at)
           values (1, '200000000000001', '1', 'recordatorio', 'es_AR', 'UTILITY', :status, '', '', '{}',
               now() - make_interval(days => :days))""",
        status=status,
        **({"days": 0} | more),
    )


def test_more_than_a_hundred_waiting_are_told_once_and_cleared_once(channel: ChannelId) -> None:
    queue(100)
    alerts.watch()
    assert active() == []

    queue(1)
    alerts.watch()
    alerts.watch()

    assert active() == ["waiting"]
    change("delete from wa_outbound_queue where id > 60")
    alerts.watch()
    assert active() == ["waiting"]
    change("delete from wa_outbound_queue where id > 50")
    alerts.watch()
    assert (active(), len(rows("select from alert"))) == ([], 1)


def test_messages_for_later_and_messages_that_are_held_do_not_wait(channel: ChannelId) -> None:
    queue(110, minutes_ago=-60)
    queue(110, minutes_ago=60, state="held")

    alerts.watch()

    assert active() == []


@pytest.mark.parametrize(("minutes", "told"), [(4.9, []), (5.1, ["old"])])
def test_a_message_that_waits_for_five_minutes_is_told_about(
    channel: ChannelId, minutes: float, told: list[str]
) -> None:
    queue(1, minutes_ago=minutes)

    alerts.watch()

    assert active() == told


def test_the_thresholds_are_the_channels_own(channel: ChannelId) -> None:
    flow(thresholds='{"alert_waiting": 3, "alert_minutes": 30}')
    queue(4, minutes_ago=10)

    alerts.watch()

    assert active() == ["waiting"]


def test_failures_are_told_about_before_they_are_a_panic(channel: ChannelId) -> None:
    attempts(Verdict.SUCCESS, 8)
    notice(*attempts(Verdict.FAILURE, 2, 132015))
    assert active() == []

    notice(attempt(Verdict.FAILURE, 132015))

    assert active() == ["failing"]
    let_pass(minutes=6)
    alerts.watch()
    assert active() == []


def test_a_panic_takes_the_place_of_its_warning(channel: ChannelId) -> None:
    attempts(Verdict.SUCCESS, 8)
    notice(*attempts(Verdict.FAILURE, 3, 132015))

    notice(*attempts(Verdict.FAILURE, 3, 132015))

    assert active() == ["panic"]


def test_a_panic_that_is_over_is_told_about_too(admin: Actor) -> None:
    trigger(admin, NUMBER)
    assert active() == ["panic"]

    resolve(admin, NUMBER, note="Listo")

    assert active() == []


@pytest.mark.parametrize("status", ["REJECTED", "PAUSED", "DISABLED"])
def test_a_template_that_meta_refuses_is_told_about_until_it_does_not(
    channel: ChannelId, status: str
) -> None:
    template(status)
    alerts.watch()
    assert active() == ["template"]

    template("APPROVED")
    alerts.watch()

    assert active() == []


def test_a_template_that_was_refused_long_ago_is_no_news(channel: ChannelId) -> None:
    template("REJECTED", days=4)

    alerts.watch()

    assert active() == []


def test_open_tabs_learn_of_an_alert(channel: ChannelId) -> None:
    template("REJECTED")

    with listening() as heard:
        alerts.watch()

        assert heard() == {"organization_id": 1, "conversation_id": None}


def test_only_admins_of_the_organization_see_alerts(admin: Actor, agent: Actor, stranger: Actor) -> None:
    template("REJECTED")
    alerts.watch()

    [line] = lines(admin)

    assert (line.headline, line.href) == ("Meta no acepta una plantilla", "/settings")
    assert "“recordatorio (es_AR)”" in line.body
    assert (lines(agent), lines(stranger)) == ((), ())
