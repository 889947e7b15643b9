"""The outbox of a channel is drained in order, at its pace, and every outcome is written down."""

from threading import Thread
from time import monotonic
from typing import Any

import httpx

from campotech_wa.domain.access import Actor
from campotech_wa.embedded import Servers
from campotech_wa.services import compose
from campotech_wa.signals.connection import redis
from tests.conftest import free_port
from tests.integration.desk import (
    ANA,
    BETO,
    drain,
    failed,
    graph_answering,
    hear,
    history_of,
    let_time_pass,
    one,
    report,
    rows,
    say,
    state_of,
    status,
    text,
    without,
)

TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


def words(simulator: httpx.Client, to: str) -> list[str]:
    return [message["payload"]["text"]["body"] for message in accepted(simulator) if message["to"] == to]


def fault(simulator: httpx.Client, *, times: int = 1, **effect: object) -> None:
    simulator.post("/_sim/faults", json={**effect, "times": times}).raise_for_status()


def announce(actor: Actor, count: int) -> None:
    for number in range(count):
        compose.message_object(actor, {"to": f"+54911312340{number:02}", **TEMPLATE}, key=None)


def outbox() -> list[dict[str, Any]]:
    return rows("select state, attempts, due_at > now() as waits from wa_outbound_queue order by id")


class TestSending:
    def test_a_message_is_sent_with_our_own_id(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear(), "Ya salimos")

        drain()

        [message] = accepted(simulator)
        assert message["payload"]["biz_opaque_callback_data"] == f"m{message_id}.1"
        assert one("select wamid from wa_message where id = :id", id=message_id) == message["id"]
        assert (state_of(message_id), history_of(message_id), outbox()) == ("sent", ["queued", "sent"], [])

    def test_each_customer_reads_in_the_order_of_writing(self, agent: Actor, simulator: httpx.Client) -> None:
        ana, beto = hear(text(sender=ANA)), hear(text(sender=BETO), name="Beto")
        for number in range(5):
            say(agent, ana, f"a{number}")
            say(agent, beto, f"b{number}")

        drain()

        assert words(simulator, ANA) == ["a0", "a1", "a2", "a3", "a4"]
        assert words(simulator, BETO) == ["b0", "b1", "b2", "b3", "b4"]

    def test_a_slow_answer_to_one_customer_holds_up_no_other(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        announce(agent, 16)
        fault(simulator, latency_ms=300, times=16)
        began = monotonic()

        drain()

        assert len(accepted(simulator)) == 16
        assert monotonic() - began < 16 * 0.3 / 2

    def test_a_message_written_during_a_drain_leaves_with_it(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        ana, beto = hear(text(sender=ANA)), hear(text(sender=BETO), name="Beto")
        fault(simulator, latency_ms=800, match={"to": ANA})
        say(agent, ana, "lento")
        draining = Thread(target=drain)

        draining.start()
        say(agent, beto, "mientras tanto")
        draining.join()

        assert [message["to"] for message in accepted(simulator)] == [ANA, BETO]

    def test_two_drains_at_once_send_nothing_twice(self, agent: Actor, simulator: httpx.Client) -> None:
        announce(agent, 20)
        drains = [Thread(target=drain) for _ in range(3)]

        for each in drains:
            each.start()
        for each in drains:
            each.join()

        assert len({message["to"] for message in accepted(simulator)}) == len(accepted(simulator)) == 20

    def test_a_customer_without_number_is_written_to_by_user_id(self, agent: Actor) -> None:
        message_id = say(agent, hear(text(sender=None, from_user_id="AR.1")))

        with graph_answering(200, '{"messages": [{"id": "wamid.9"}]}') as url:
            drain(url=url)

        assert state_of(message_id) == "sent"


class TestPace:
    def test_no_more_than_fifty_leave_in_a_minute(self, agent: Actor, simulator: httpx.Client) -> None:
        announce(agent, 60)

        drain()
        drain()

        assert len(accepted(simulator)) == 50
        assert [row["state"] for row in outbox()] == ["queued"] * 10

    def test_the_rest_leaves_when_there_is_room(self, agent: Actor, simulator: httpx.Client) -> None:
        announce(agent, 55)
        drain()

        redis().delete("pace:1")
        drain()

        assert len(accepted(simulator)) == 55

    def test_organizations_do_not_share_it(
        self, agent: Actor, stranger: Actor, simulator: httpx.Client
    ) -> None:
        announce(agent, 51)
        announce(stranger, 2)

        drain(1)
        drain(2)

        assert len(accepted(simulator)) == 52

    def test_without_redis_nothing_is_sent_and_nothing_lost(
        self, agent: Actor, simulator: httpx.Client, servers: Servers
    ) -> None:
        message_id = say(agent, hear())

        with without(servers.redis):
            drain()
            assert (accepted(simulator), state_of(message_id)) == ([], "queued")

        drain()
        assert (len(accepted(simulator)), state_of(message_id)) == (1, "sent")


class TestRefusals:
    def test_a_busy_meta_is_asked_again_later(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=130429)

        drain()
        assert outbox() == [{"state": "queued", "attempts": 1, "waits": True}]
        assert (state_of(message_id), accepted(simulator)) == ("queued", [])

        let_time_pass()
        drain()
        assert (state_of(message_id), len(accepted(simulator))) == ("sent", 1)

    def test_a_later_message_does_not_overtake_one_that_waits(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear()
        say(agent, conversation_id, "primero")
        fault(simulator, error_code=130429)
        drain()
        say(agent, conversation_id, "segundo")

        drain()
        assert accepted(simulator) == []

        let_time_pass()
        drain()
        assert words(simulator, ANA) == ["primero", "segundo"]

    def test_a_meta_that_stays_busy_is_given_up(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=130429, times=6)

        for _ in range(6):
            let_time_pass()
            drain()

        assert (state_of(message_id), outbox(), accepted(simulator)) == ("failed", [], [])
        assert one("select error_code from wa_message where id = :id", id=message_id) == 130429

    def test_a_meta_that_can_not_be_reached_is_tried_again(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        drain(url=f"http://127.0.0.1:{free_port()}")

        assert outbox() == [{"state": "queued", "attempts": 1, "waits": True}]
        assert state_of(message_id) == "queued"

    def test_a_no_fails_the_message_with_its_code_and_lets_the_next_leave(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id, "primero")
        say(agent, conversation_id, "segundo")
        fault(simulator, error_code=131031)

        drain()

        assert (state_of(message_id), words(simulator, ANA)) == ("failed", ["segundo"])
        assert history_of(message_id) == ["queued", "failed"]
        assert one("select error_code from wa_message where id = :id", id=message_id) == 131031

    def test_a_retry_is_a_new_attempt_and_really_sent(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        drain()
        first = accepted(simulator)[0]["id"]
        report(failed(first))

        compose.retry(agent, message_id)
        drain()

        second = accepted(simulator)[1]["id"]
        assert first != second
        assert accepted(simulator)[1]["payload"]["biz_opaque_callback_data"] == f"m{message_id}.2"
        assert one("select wamid from wa_message where id = :id", id=message_id) == second
        report(status(second, "delivered"))
        assert state_of(message_id) == "delivered"
