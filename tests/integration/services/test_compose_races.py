"""A drain and a person who reach for the same message at once: one of them gets it, and both are told the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.errors import Conflict
from campotech_wa.services import compose
from tests.integration.desk import drain, hear, history_of, one, say, state_of, text

MESSAGES = 12
"""In four conversations: of each, one is on its way while the others wait."""


@pytest.fixture
def said(agent: Actor, simulator: httpx.Client) -> list[MessageId]:
    conversations = [hear(text(sender=f"549113123450{number}")) for number in range(4)]
    return [say(agent, conversations[number % 4], f"número {number}") for number in range(MESSAGES)]


def against_a_drain(act: Callable[[MessageId], None], said: list[MessageId]) -> dict[MessageId, bool]:
    """Let a drain and a person begin at once; returns for which messages the person was told that it was done."""
    start = Barrier(2)

    def person() -> dict[MessageId, bool]:
        start.wait()
        return {message_id: _did(act, message_id) for message_id in reversed(said)}

    def worker() -> None:
        start.wait()
        drain()

    with ThreadPoolExecutor(2) as both:
        working = both.submit(worker)
        answered = both.submit(person).result()
        working.result()
    drain()
    return answered


def _did(act: Callable[[MessageId], None], message_id: MessageId) -> bool:
    try:
        act(message_id)
    except Conflict:
        return False
    return True


def bodies(simulator: httpx.Client) -> list[str]:
    return [message["payload"]["text"]["body"] for message in simulator.get("/_sim/messages").json()]


class TestCancel:
    def test_what_was_cancelled_never_arrives_and_all_else_does_once(
        self, agent: Actor, simulator: httpx.Client, said: list[MessageId]
    ) -> None:
        cancelled = against_a_drain(lambda message_id: compose.cancel(agent, message_id), said)

        kept = [f"número {number}" for number, message_id in enumerate(said) if not cancelled[message_id]]
        assert sorted(bodies(simulator)) == sorted(kept)
        for message_id in said:
            assert (state_of(message_id) == "cancelled") is cancelled[message_id]
            assert ("sending" in history_of(message_id)) is not cancelled[message_id]
        assert one("select count(*) from wa_outbound_queue") == 0

    def test_of_two_who_cancel_at_once_one_writes_it_down(
        self, agent: Actor, admin: Actor, said: list[MessageId]
    ) -> None:
        start = Barrier(2)

        def person(actor: Actor) -> None:
            start.wait()
            compose.cancel(actor, said[0])

        with ThreadPoolExecutor(2) as both:
            list(both.map(person, [agent, admin]))

        assert history_of(said[0]) == ["queued", "cancelled"]


class TestChange:
    def test_the_customer_gets_the_words_that_the_last_answer_promised(
        self, agent: Actor, simulator: httpx.Client, said: list[MessageId]
    ) -> None:
        changed = against_a_drain(
            lambda message_id: compose.change(
                agent, message_id, {"type": "text", "text": {"body": f"cambiado {message_id}"}}
            ),
            said,
        )

        promised = [
            f"cambiado {message_id}" if changed[message_id] else f"número {number}"
            for number, message_id in enumerate(said)
        ]
        assert sorted(bodies(simulator)) == sorted(promised)

    def test_what_was_put_off_stays_behind(
        self, agent: Actor, simulator: httpx.Client, said: list[MessageId]
    ) -> None:
        later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

        put_off = against_a_drain(lambda one_: compose.change(agent, one_, send_at=later), said)

        kept = [f"número {number}" for number, message_id in enumerate(said) if not put_off[message_id]]
        assert sorted(bodies(simulator)) == sorted(kept)
        assert one("select count(*) from wa_outbound_queue where state = 'queued'") == MESSAGES - len(kept)
