"""A limit of Meta's slows the channel down or holds one customer back; it ends no message, and passes by itself."""

from datetime import timedelta
from time import sleep

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.fate import PATIENCE
from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.domain.outbox_state import Priority
from campotech_wa.store import flows
from campotech_wa.store.transaction import reading
from campotech_wa.tables.outbox import ChannelFlow
from tests.integration.desk import (
    ANA,
    BETO,
    change,
    drain,
    graph_answering,
    hear,
    history_of,
    let_time_pass,
    one,
    say,
    state_of,
    text,
)
from tests.integration.services.departures import (
    accepted,
    announce,
    fault,
    free_the_window,
    mend,
    outbox,
    receivers,
    remind,
    words,
)


def flow() -> ChannelFlow:
    with reading() as session:
        return flows.get(session, ChannelId(1), organization_id=OrganizationId(1))


def let_the_pause_pass() -> None:
    """Go to the end of the pause that Meta asked for, and of every message's own."""
    change(
        "update channel_flow set throttled_until = throttled_until - interval '1 hour', "
        "factor_at = factor_at - interval '1 second'"
    )
    let_time_pass()


class TestThrottle:
    @pytest.mark.parametrize("code", [130429, 80007, 4])
    def test_the_message_waits_and_costs_no_try(
        self, agent: Actor, simulator: httpx.Client, code: int
    ) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=code)

        drain()

        assert outbox() == [{"state": "queued", "attempts": 0, "waits": True}]
        assert (state_of(message_id), accepted(simulator)) == ("queued", [])
        assert history_of(message_id) == ["queued", "sending", "queued"]

    def test_the_whole_channel_pauses_and_then_goes_on_more_slowly(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        say(agent, hear(text(sender=ANA)))
        fault(simulator, error_code=130429)
        drain()
        say(agent, hear(text(sender=BETO), name="Beto"))

        drain()
        assert receivers(simulator) == []
        assert (flow().factor, flow().throttles) == (0.5, 1)

        let_the_pause_pass()
        drain()
        assert sorted(receivers(simulator)) == sorted([ANA, BETO])

    def test_when_meta_takes_messages_again_it_is_over(self, agent: Actor, simulator: httpx.Client) -> None:
        say(agent, hear())
        fault(simulator, error_code=130429, times=2)
        drain()
        let_the_pause_pass()
        drain()
        assert (flow().factor, flow().throttles) == (0.25, 2)

        let_the_pause_pass()
        drain()

        assert (flow().throttles, flow().throttled_until) == (0, None)
        assert len(accepted(simulator)) == 1

    def test_many_that_left_together_are_one_throttle(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 8)
        fault(simulator, error_code=130429, times=8)
        for number, latency in enumerate((0, 150, 300)):
            fault(simulator, latency_ms=latency, times=1, match={"to": f"54911{31234000 + number}"})

        drain()

        assert (flow().factor, flow().throttles) == (0.5, 1)
        until, since = flow().throttled_until, flow().factor_at
        assert until is not None
        assert since is not None
        assert until - since <= timedelta(seconds=1)

    def test_a_meta_that_stays_busy_never_ends_a_message(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=130429, times=None)

        for _ in range(12):
            let_the_pause_pass()
            free_the_window()
            drain()

        assert (state_of(message_id), outbox()) == (
            "queued",
            [{"state": "queued", "attempts": 0, "waits": True}],
        )
        assert one("select count(*) from wa_send_attempt") > PATIENCE[Priority.HIGH].tries
        mend(simulator)
        let_the_pause_pass()
        free_the_window()
        drain()
        assert state_of(message_id) == "sent"

    def test_a_bare_429_is_one_too(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        with graph_answering(429, "slow down") as url:
            drain(url=url)

        assert (state_of(message_id), flow().throttles) == ("queued", 1)
        assert one("select verdict from wa_send_attempt") == "throttled"

    def test_a_slow_channel_sends_a_smaller_share_of_its_window(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        change(
            """insert into channel_flow (organization_id, channel_id, factor, factor_at, throttles, paused,
                   panic_minutes, thresholds) values (1, 1, 0.1, now() + interval '1 hour', 0, '', 60, '{}')"""
        )
        announce(admin, 12)

        for _ in range(12):
            sleep(0.15)
            let_time_pass()
            drain()

        assert len(accepted(simulator)) == 5


class TestPairLimit:
    def test_only_that_customer_waits(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear(text(sender=ANA)), "uno")
        fault(simulator, error_code=131056)
        drain()
        say(agent, hear(text(sender=ANA)), "dos")
        say(agent, hear(text(sender=BETO), name="Beto"), "otro")

        drain()

        assert (words(simulator), flow().throttles) == (["otro"], 0)
        assert (state_of(message_id), outbox()[0]["attempts"]) == ("queued", 0)
        let_time_pass()
        drain()
        assert words(simulator, ANA) == ["uno", "dos"]

    def test_ours_holds_back_one_customer_before_meta_does(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        change("update organization set sends_per_minute = 200 where id = 1")
        remind(admin, 48, ANA)
        announce(admin, 1)

        drain()

        assert receivers(simulator).count(ANA) == 45
        assert len(accepted(simulator)) == 46
