"""Wherever a process dies between two steps, nothing is lost and nothing is sent twice.

A step is a statement, the moment before or after a commit, or either side of a request to Meta.
"""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import compose, process, sweep
from campotech_wa.signals import jobs
from campotech_wa.signals.connection import redis
from tests.integration.desk import (
    BETO,
    claimed,
    drain,
    hear,
    history_of,
    let_time_pass,
    one,
    payload,
    post,
    report,
    rows,
    say,
    settle,
    state_of,
    status,
    text,
    value,
    woken,
)
from tests.integration.services.mortal import Mortals, mortals

RECEIVE, PROCESS, COMPOSE = 6, 50, 16
"""More steps than each has: its last run must come to the end."""

DELIVER = 72
"""About as many as two messages take; how often a drain looks again depends on the machine."""

ROUNDS = 8
"""More than it takes to settle whatever a dead process left behind."""

WORK: dict[str, Callable[[int], None]] = {
    "worker.jobs.process": lambda channel_id: process.channel(ChannelId(channel_id)),
    "worker.jobs.drain": drain,
}


@pytest.fixture(scope="module")
def dying(environment: dict[str, str], seeded: None) -> Iterator[Mortals]:
    with mortals(environment) as running:
        yield running


def sweep_up(simulator: httpx.Client) -> None:
    """Do what the desk does by itself as time passes: Meta reports, the sweep wakes, workers work."""
    reported = 0
    for _ in range(ROUNDS):
        news = accepted(simulator)[reported:]
        reported += len(news)
        report(*map(delivered, news))
        let_time_pass()
        redis().delete("wake:worker.jobs.process:1", "wake:worker.jobs.drain:1")
        sweep.due()
        for queue in (jobs.INTAKE, jobs.OUTBOUND):
            waiting = woken(queue)
            jobs.queue(queue).empty()
            for job, channel_id in waiting:
                WORK[job](channel_id)
        if is_empty("wa_outbound_queue") and len(accepted(simulator)) == reported:
            return


def delivered(message: dict[str, Any]) -> dict[str, Any]:
    ours = message["payload"]["biz_opaque_callback_data"]
    return status(message["id"], "delivered", biz_opaque_callback_data=ours)


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


def sent(simulator: httpx.Client) -> list[str]:
    return [message["payload"]["text"]["body"] for message in accepted(simulator)]


def bodies() -> list[str]:
    return [row["body"] for row in rows("select content->>'body' as body from wa_message order by id")]


def is_empty(table: str, condition: str = "true") -> bool:
    return one(f"select count(*) from {table} where {condition}") == 0  # noqa: S608  (ours)


class TestReceive:
    @pytest.mark.parametrize("last", range(1, RECEIVE + 1))
    def test_a_post_is_there_once_after_meta_has_repeated_it(
        self, dying: Mortals, simulator: httpx.Client, last: int
    ) -> None:
        body = payload(value(messages=[text("Hola")]))

        acknowledged = dying.live("receive", last, body.decode())
        if not acknowledged:
            post(body)
        sweep_up(simulator)

        assert (bodies(), one("select unread_count from conversation")) == (["Hola"], 1)
        assert acknowledged or last < RECEIVE


class TestProcess:
    @pytest.mark.parametrize("last", range(1, PROCESS + 1))
    def test_every_item_of_every_event_is_applied_once(
        self, dying: Mortals, agent: Actor, simulator: httpx.Client, last: int
    ) -> None:
        message_id = say(agent, hear(text("Hola")), "Ya salimos")
        settle(claimed()[0], "wamid.1")
        read = status("wamid.1", "read")
        post(payload(value(messages=[text("a", sender=BETO)])), payload(value(statuses=[read])))

        ended = dying.live("process", last)
        sweep_up(simulator)

        assert bodies() == ["Hola", "Ya salimos", "a"]
        assert one("select array_agg(unread_count order by id) from conversation") == [1, 1]
        assert (state_of(message_id), history_of(message_id)) == (
            "read",
            ["queued", "sending", "sent", "read"],
        )
        assert is_empty("webhook_event", "processed_at is null")
        assert ended or last < PROCESS


class TestCompose:
    @pytest.mark.parametrize("last", range(1, COMPOSE + 1))
    def test_a_click_that_is_repeated_is_one_message(
        self, dying: Mortals, agent: Actor, simulator: httpx.Client, last: int
    ) -> None:
        conversation_id = hear(text("Hola"))

        ended = dying.live("compose", last, conversation_id, "Ya salimos", "k")
        compose.text(agent, conversation_id, "Ya salimos", key="k")
        sweep_up(simulator)

        assert sent(simulator) == ["Ya salimos"]
        assert (bodies(), is_empty("wa_outbound_queue")) == (["Hola", "Ya salimos"], True)
        assert ended or last < COMPOSE

    @pytest.mark.parametrize("last", range(1, COMPOSE + 1))
    def test_what_was_committed_leaves_although_nobody_was_woken(
        self, dying: Mortals, simulator: httpx.Client, last: int
    ) -> None:
        conversation_id = hear(text("Hola"))

        dying.live("compose", last, conversation_id, "Ya salimos", "k")
        is_committed = not is_empty("wa_message", "direction = 'outbound'")
        sweep_up(simulator)

        assert sent(simulator) == ["Ya salimos"] * is_committed


class TestDeliver:
    @pytest.mark.parametrize("last", range(1, DELIVER + 1))
    def test_every_message_arrives_once_and_in_order(
        self, dying: Mortals, agent: Actor, simulator: httpx.Client, last: int
    ) -> None:
        conversation_id = hear()
        said = [say(agent, conversation_id, "uno"), say(agent, conversation_id, "dos")]

        dying.live("deliver", last)
        sweep_up(simulator)

        assert sent(simulator) == ["uno", "dos"]
        assert [state_of(message_id) for message_id in said] == ["delivered"] * 2
        assert is_empty("wa_outbound_queue")

    def test_a_drain_that_nothing_stops_comes_to_its_end(
        self, dying: Mortals, agent: Actor, simulator: httpx.Client
    ) -> None:
        say(agent, hear(), "uno")

        assert dying.live("deliver", 10_000)

        assert sent(simulator) == ["uno"]
