"""What left without an answer is neither lost nor repeated: a status settles it, or time does."""

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from tests.integration.desk import (
    change,
    claimed,
    drain,
    hear,
    history_of,
    let_time_pass,
    one,
    report,
    rows,
    say,
    settle,
    state_of,
    status,
)
from tests.integration.services.departures import accepted, fault, outbox, words


def unconfirmed(agent: Actor, simulator: httpx.Client) -> MessageId:
    message_id = say(agent, hear())
    fault(simulator, drop_response=True)
    drain()
    assert outbox() == [{"state": "unconfirmed", "attempts": 1, "waits": True}]
    return message_id


class TestUnconfirmed:
    def test_it_is_shown_as_such_for_as_long_as_its_grace(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        message_id = unconfirmed(agent, simulator)

        assert (state_of(message_id), history_of(message_id)) == (
            "unconfirmed",
            ["queued", "sending", "unconfirmed"],
        )
        grace = one("select extract(epoch from due_at - now()) from wa_outbound_queue")
        assert 30 < grace <= 45

    def test_a_status_confirms_what_was_never_answered(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = unconfirmed(agent, simulator)
        [message] = accepted(simulator)

        report(status(message["id"], "sent", biz_opaque_callback_data=f"m{message_id}.1"))
        let_time_pass()
        drain()

        assert (state_of(message_id), outbox(), len(accepted(simulator))) == ("sent", [], 1)
        assert one("select wamid from wa_message where id = :id", id=message_id) == message["id"]

    def test_nothing_of_that_customer_leaves_while_it_is_open(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        unconfirmed(agent, simulator)
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
        assert history_of(message_id) == ["queued", "sending", "unconfirmed", "queued", "sending", "sent"]

    def test_not_while_an_event_waits_that_may_confirm_it(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        unconfirmed(agent, simulator)
        change("update webhook_event set processed_at = null")
        let_time_pass()

        drain()

        assert len(accepted(simulator)) == 1

    @pytest.mark.parametrize("trouble", [{"http_status": 502}, {"error_code": 131000}])
    def test_one_that_never_shows_a_sign_is_given_up_after_four_requests(
        self, agent: Actor, simulator: httpx.Client, trouble: dict[str, int]
    ) -> None:
        message_id = say(agent, hear())
        fault(simulator, times=None, **trouble)

        for _ in range(6):
            let_time_pass()
            drain()

        assert (state_of(message_id), outbox()) == ("failed", [])
        assert rows("select number, outcome from wa_send_attempt order by number") == [
            {"number": number, "outcome": "unconfirmed"} for number in (1, 2, 3, 4)
        ]

    def test_a_delivery_after_it_was_given_up_wins(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, http_status=502, times=None)
        for _ in range(5):
            let_time_pass()
            drain()

        report(status("wamid.2", "delivered", biz_opaque_callback_data=f"m{message_id}.2"))

        assert state_of(message_id) == "delivered"


class TestDeadWorker:
    def test_a_living_worker_is_left_alone(self, agent: Actor, simulator: httpx.Client) -> None:
        say(agent, hear())
        claimed()

        drain()

        assert [row["state"] for row in outbox()] == ["sending"]
        assert accepted(simulator) == []

    def test_what_it_left_on_its_way_waits_for_a_sign_and_is_then_sent(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        message_id = say(agent, hear())
        assert [parcel.message_id for parcel in claimed()] == [message_id]

        let_time_pass()
        drain()
        assert outbox() == [{"state": "unconfirmed", "attempts": 1, "waits": True}]
        assert (state_of(message_id), accepted(simulator)) == ("unconfirmed", [])

        let_time_pass()
        drain()
        assert (state_of(message_id), len(accepted(simulator))) == ("sent", 1)

    def test_a_status_settles_what_it_had_sent(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        claimed()
        let_time_pass()
        drain()

        report(status("wamid.1", "delivered", biz_opaque_callback_data=f"m{message_id}.1"))
        let_time_pass()
        drain()

        assert (state_of(message_id), outbox(), accepted(simulator)) == ("delivered", [], [])

    def test_an_answer_after_the_lease_still_counts(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        [parcel] = claimed()
        let_time_pass()
        drain()

        settle(parcel, "wamid.1")
        let_time_pass()
        drain()

        assert (state_of(message_id), outbox(), accepted(simulator)) == ("sent", [], [])

    def test_the_customers_next_message_waits_for_it(self, agent: Actor, simulator: httpx.Client) -> None:
        conversation_id = hear()
        say(agent, conversation_id, "uno")
        claimed()
        say(agent, conversation_id, "dos")

        for _ in range(2):
            assert words(simulator) == []
            let_time_pass()
            drain()

        assert words(simulator) == ["uno", "dos"]
