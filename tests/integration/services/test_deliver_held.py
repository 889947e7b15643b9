"""What waited past the window is held and shown, not burnt; panic, pause and probes decide what may be claimed."""

from threading import Thread

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.services import sweep
from campotech_wa.services.panic import allowance, share
from campotech_wa.store.transaction import transaction
from tests.integration.desk import (
    ANA,
    BETO,
    change,
    claimed,
    drain,
    hear,
    one,
    rows,
    say,
    state_of,
    text,
)
from tests.integration.services.departures import (
    accepted,
    announce,
    outbox,
    receivers,
    remind,
    words,
)


def close_the_window() -> None:
    change("update conversation set last_inbound_at = last_inbound_at - interval '25 hours'")


def panic(lanes: str, phase: str = "halted", *, probe_size: int = 0) -> None:
    change(
        """insert into wa_panic (organization_id, channel_id, reason, lanes, numbers, note, triggered_at,
               auto_resolve_at, phase, probe_size, probe_from, resolve_note)
           values (1, 1, 'manual', :lanes, '{}', '', now(), now() + interval '1 hour', :phase, :size,
               case when cast(:size as int) > 0 then now() end, '')""",
        lanes=lanes,
        phase=phase,
        size=probe_size,
    )


def pause(lanes: str) -> None:
    change(
        """insert into channel_flow (organization_id, channel_id, factor, throttles, paused, panic_minutes,
               thresholds) values (1, 1, 1, 0, :lanes, 60, '{}')""",
        lanes=lanes,
    )


class TestWindow:
    def test_what_waited_past_it_is_held_and_says_why(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        close_the_window()

        drain()

        assert (accepted(simulator), state_of(message_id)) == ([], "queued")
        assert rows("select state, hold_reason, attempts from wa_outbound_queue") == [
            {"state": "held", "hold_reason": "window_closed", "attempts": 0}
        ]

    def test_it_leaves_when_the_customer_writes(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear(), "uno")
        say(agent, hear(), "dos")
        close_the_window()
        drain()
        drain()

        hear(text("¿Y?"))
        drain()

        assert (words(simulator), state_of(message_id), outbox()) == (["uno", "dos"], "sent", [])

    def test_a_template_passes_what_is_held(self, agent: Actor, simulator: httpx.Client) -> None:
        say(agent, hear())
        close_the_window()
        remind(agent, 1, ANA)

        drain()
        drain()

        assert (receivers(simulator), words(simulator)) == ([ANA], [])

    def test_another_customers_message_is_not_concerned(self, agent: Actor, simulator: httpx.Client) -> None:
        say(agent, hear(text(sender=ANA)))
        close_the_window()
        say(agent, hear(text(sender=BETO), name="Beto"), "hola")

        drain()

        assert words(simulator) == ["hola"]

    def test_the_sweep_frees_what_may_go_on_without_a_word_of_the_customer(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        say(agent, hear())
        close_the_window()
        drain()
        change("update conversation set last_inbound_at = now()")
        change("update wa_outbound_queue set due_at = now() - interval '1 minute'")

        sweep.release()
        drain()

        assert (len(accepted(simulator)), outbox()) == (1, [])


class TestHalted:
    def test_a_panic_of_the_business_lane_lets_replies_flow(
        self, admin: Actor, agent: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 2)
        say(agent, hear(), "respuesta")
        panic("business")

        drain()

        assert (receivers(simulator), words(simulator)) == ([ANA], ["respuesta"])
        assert [row["state"] for row in outbox()] == ["queued", "queued"]

    @pytest.mark.parametrize("stop", [panic, pause])
    def test_what_stops_all_stops_replies_too(
        self, agent: Actor, simulator: httpx.Client, stop: object
    ) -> None:
        message_id = say(agent, hear())
        assert callable(stop)
        stop("all")

        drain()

        assert (accepted(simulator), state_of(message_id)) == ([], "queued")

    def test_a_paused_lane_waits_and_the_other_flows(
        self, admin: Actor, agent: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 1)
        say(agent, hear(), "respuesta")
        pause("business")

        drain()

        assert words(simulator) == ["respuesta"]

    def test_what_was_stopped_leaves_when_it_is_over(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 3)
        panic("all")
        drain()

        change("update wa_panic set resolved_at = now()")
        drain()

        assert len(accepted(simulator)) == 3


class TestProbe:
    def test_it_lets_as_many_through_as_it_is_large(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 6)
        panic("business", "probing", probe_size=2)

        drain()
        drain()

        assert len(accepted(simulator)) == 2

    def test_who_claims_for_it_waits_for_whoever_claims_already(self, admin: Actor) -> None:
        announce(admin, 4)
        panic("business", "probing", probe_size=3)
        claimer = Thread(target=claimed)

        with transaction() as tx:
            whose = OfChannel(organization_id=OrganizationId(1), channel_id=ChannelId(1))
            left = share(tx.session, allowance(tx.session, **whose), **whose)
            claimer.start()
            claimer.join(0.5)
            assert (left.business, claimer.is_alive()) == (3, True)
        claimer.join()

        assert one("select count(*) from wa_outbound_queue where state = 'sending'") == 3
