"""What lost its wake-up is found again; what is over is forgotten."""

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.embedded import Servers
from campotech_wa.services import people, sweep
from campotech_wa.signals import jobs
from campotech_wa.signals.connection import redis
from tests.integration.desk import (
    BETO,
    change,
    claimed,
    eventually,
    hear,
    let_time_pass,
    one,
    payload,
    post,
    report,
    say,
    status,
    text,
    value,
    without,
    woken,
)


def lose_all_signals() -> None:
    redis().flushdb()  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.usefixtures("desk")
class TestDue:
    def test_an_event_without_its_wake_up_is_found(self) -> None:
        post(payload(value(messages=[text()])))
        eventually(lambda: woken(jobs.INTAKE))
        lose_all_signals()
        let_time_pass()

        sweep.due()
        sweep.due()

        assert woken(jobs.INTAKE) == [("worker.jobs.process", 1)]

    def test_a_message_without_its_wake_up_is_found(self, agent: Actor) -> None:
        say(agent, hear())
        lose_all_signals()
        let_time_pass()

        sweep.due()

        assert (woken(jobs.OUTBOUND), woken(jobs.INTAKE)) == ([("worker.jobs.drain", 1)], [])

    def test_a_message_that_a_dead_worker_left_on_its_way_is_found(self, agent: Actor) -> None:
        say(agent, hear())
        claimed()
        lose_all_signals()
        let_time_pass()

        sweep.due()

        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1)]

    def test_what_is_fresh_or_not_due_is_left_to_its_own_wake_up(self, agent: Actor) -> None:
        say(agent, hear())
        lose_all_signals()

        sweep.due()

        assert (woken(jobs.OUTBOUND), woken(jobs.INTAKE)) == ([], [])

    def test_nothing_is_woken_for_what_is_done_or_dead(self) -> None:
        hear(text(), {"type": "text"})
        lose_all_signals()
        let_time_pass()

        sweep.due()

        assert woken(jobs.INTAKE) == []

    def test_without_redis_it_fails_nobody(self, servers: Servers) -> None:
        post(payload(value(messages=[text()])))
        let_time_pass()

        with without(servers.redis):
            sweep.due()

        lose_all_signals()
        sweep.due()
        assert woken(jobs.INTAKE) == [("worker.jobs.process", 1)]


class TestMend:
    def test_a_line_that_has_lost_its_head_gets_it_back_and_its_channel_is_woken(
        self, agent: Actor, caplog: pytest.LogCaptureFixture
    ) -> None:
        ana = hear()
        first, _ = say(agent, ana), say(agent, ana)
        change("update wa_outbound_queue set is_head = false")
        lose_all_signals()

        sweep.mend()
        sweep.mend()

        assert one("select message_id from wa_outbound_queue where is_head") == first
        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1)]
        told = [record for record in caplog.records if record.message == "line had no head"]
        assert [(each.__dict__["conversation_id"], each.__dict__["channel_id"]) for each in told] == [
            (ana, 1)
        ]

    def test_a_line_in_order_and_one_in_which_all_are_held_are_left_alone(
        self, agent: Actor, caplog: pytest.LogCaptureFixture
    ) -> None:
        say(agent, hear())
        say(agent, hear(text(sender=BETO)))
        change("update wa_outbound_queue set state = 'held', is_head = false where id = 1")
        lose_all_signals()

        sweep.mend()

        assert (woken(jobs.OUTBOUND), caplog.records) == ([], [])


@pytest.mark.usefixtures("desk")
class TestForget:
    def test_what_is_long_over_goes_and_the_rest_stays(self) -> None:
        for wamid in ("wamid.old", "wamid.new"):
            report(status(wamid, "read"))
        change("update parked_status set parked_at = now() - interval '49 hours' where wamid = 'wamid.old'")
        for _ in range(2):
            people.log_in("agente@climasur.test", "demo-agente-1", address="")
        change("update login_session set expires_at = now() - interval '31 days' where id = 1")

        sweep.forget()

        assert one("select wamid from parked_status") == "wamid.new"
        assert one("select count(*) from login_session") == 1

    def test_a_channel_that_nobody_has_can_be_woken_harmlessly(self) -> None:
        jobs.wake_process(ChannelId(99))

        assert woken(jobs.INTAKE) == [("worker.jobs.process", 99)]
