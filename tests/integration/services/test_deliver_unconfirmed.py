"""What left without an answer is neither lost nor repeated: a status settles it, or time does."""

from typing import Any

import httpx

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.services import deliver
from campotech_wa.store.transaction import exclusive
from tests.integration.desk import (
    change,
    claimed,
    drain,
    hear,
    let_time_pass,
    report,
    rows,
    say,
    state_of,
    status,
)


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


def fault(simulator: httpx.Client, *, times: int = 1, **effect: object) -> None:
    simulator.post("/_sim/faults", json={**effect, "times": times}).raise_for_status()


def outbox() -> list[dict[str, Any]]:
    return rows("select state, attempts, due_at > now() as waits from wa_outbound_queue order by id")


class TestUnconfirmed:
    def unconfirmed(self, agent: Actor, simulator: httpx.Client) -> MessageId:
        message_id = say(agent, hear())
        fault(simulator, drop_response=True)
        drain()
        assert outbox() == [{"state": "unconfirmed", "attempts": 1, "waits": True}]
        return message_id

    def test_a_status_confirms_what_was_never_answered(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = self.unconfirmed(agent, simulator)
        [message] = accepted(simulator)

        report(status(message["id"], "sent", biz_opaque_callback_data=f"m{message_id}.1"))
        let_time_pass()
        drain()

        assert (state_of(message_id), outbox(), len(accepted(simulator))) == ("sent", [], 1)

    def test_nothing_of_that_customer_leaves_while_it_is_open(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        self.unconfirmed(agent, simulator)
        say(agent, hear(), "segundo")

        drain()

        assert len(accepted(simulator)) == 1

    def test_what_shows_no_sign_of_life_is_sent_again(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, http_status=500)
        drain()
        assert accepted(simulator) == []

        let_time_pass()
        drain()

        [message] = accepted(simulator)
        assert message["payload"]["biz_opaque_callback_data"] == f"m{message_id}.2"
        assert (state_of(message_id), outbox()) == ("sent", [])

    def test_not_while_an_event_waits_that_may_confirm_it(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        self.unconfirmed(agent, simulator)
        change("update webhook_event set processed_at = null")
        let_time_pass()

        drain()

        assert len(accepted(simulator)) == 1

    def test_one_that_never_shows_a_sign_is_given_up(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, http_status=502, times=6)

        for _ in range(6):
            let_time_pass()
            drain()

        assert (state_of(message_id), outbox()) == ("failed", [])


class TestDeadWorker:
    def test_a_living_worker_is_left_alone(self, agent: Actor, simulator: httpx.Client) -> None:
        say(agent, hear())
        claimed()

        with exclusive(deliver.LOCK, 1):
            drain()

        assert [row["state"] for row in outbox()] == ["sending"]
        assert accepted(simulator) == []

    def test_what_it_left_on_its_way_waits_for_a_sign_and_is_then_sent(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        message_id = say(agent, hear())
        assert [parcel.message_id for parcel in claimed()] == [message_id]

        drain()
        assert outbox() == [{"state": "unconfirmed", "attempts": 1, "waits": True}]
        assert accepted(simulator) == []

        let_time_pass()
        drain()
        assert (state_of(message_id), len(accepted(simulator))) == ("sent", 1)

    def test_a_status_settles_what_it_had_sent(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        claimed()
        drain()

        report(status("wamid.1", "delivered", biz_opaque_callback_data=f"m{message_id}.1"))
        let_time_pass()
        drain()

        assert (state_of(message_id), outbox(), accepted(simulator)) == ("delivered", [], [])
