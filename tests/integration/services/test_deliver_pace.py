"""No more leave in a minute than is set, whatever Redis remembers; the rest waits, and replies find room."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.embedded import Servers
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import credentials
from campotech_wa.services.deliver import sending
from campotech_wa.signals.connection import redis
from tests.integration.desk import change, claimed, drain, hear, one, rows, say, state_of, without
from tests.integration.services.departures import (
    accepted,
    announce,
    free_the_window,
    outbox,
    receivers,
    together,
)

FULL, RESERVE = 50, 5
"""Messages a minute, and what of them business traffic leaves to replies while somebody could be answered."""


def forget_everything() -> None:
    redis().flushall()  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.usefixtures("simulator")
class TestWindow:
    def test_no_more_than_fifty_leave_in_a_minute(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 60)

        drain()
        together(drain, drain)

        assert len(accepted(simulator)) == FULL
        assert [row["state"] for row in outbox()] == ["queued"] * 10
        assert {row["attempts"] for row in outbox()} == {0}

    def test_the_rest_leaves_when_there_is_room(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 55)
        drain()

        free_the_window()
        change("update wa_outbound_queue set due_at = now()")
        drain()

        assert (len(accepted(simulator)), outbox()) == (55, [])

    def test_replies_find_room_where_business_traffic_has_filled_its_own(
        self, admin: Actor, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear()
        announce(admin, 60)
        drain()
        assert len(accepted(simulator)) == FULL - RESERVE

        for number in range(RESERVE + 2):
            say(agent, conversation_id, str(number))
        drain()

        assert len(accepted(simulator)) == FULL

    def test_organizations_do_not_share_it(
        self, admin: Actor, stranger: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 51)
        announce(stranger, 2)

        drain(1)
        drain(2)

        assert len(accepted(simulator)) == FULL + 2

    def test_who_waits_for_room_has_made_no_request(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 60)

        drain()

        assert one("select count(*) from wa_send_attempt") == len(accepted(simulator)) == FULL
        waiting = (
            "select distinct state from wa_message where id in (select message_id from wa_outbound_queue)"
        )
        assert rows(waiting) == [{"state": "queued"}]


@pytest.mark.usefixtures("simulator")
class TestThroughput:
    def test_a_slow_number_sends_everything_in_one_turn_and_refuses_nothing_to_itself(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        shared = {"number": {"is_on_biz_app": True, "platform_type": "CLOUD_API"}}
        change("update channel set info = cast(:info as jsonb)", info=json.dumps(shared))
        announce(admin, 20)

        drain()

        assert (len(accepted(simulator)), outbox()) == (20, [])
        times = sorted(datetime.fromisoformat(message["received_at"]) for message in accepted(simulator))
        assert times[-1] - times[0] > timedelta(seconds=0.8)

    def test_what_a_frozen_worker_had_claimed_is_not_sent_any_more(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        say(agent, hear())
        [parcel] = claimed()
        channel = credentials.by_channel(ChannelId(1))
        assert channel is not None
        client = GraphClient(settings.get().graph_url, settings.get().graph_version)

        late = replace(parcel, claimed_at=parcel.claimed_at - timedelta(seconds=26))
        assert asyncio.run(sending.send(late, channel, client)) is None

        assert accepted(simulator) == []


class TestMemory:
    @pytest.mark.parametrize("sent", [10, 49])
    def test_a_redis_that_forgot_lets_no_more_through(
        self, admin: Actor, simulator: httpx.Client, sent: int
    ) -> None:
        announce(admin, sent)
        drain()

        forget_everything()
        announce(admin, 60, begin=100)
        together(drain, drain)

        assert len(accepted(simulator)) == FULL

    def test_nor_one_that_forgets_again_and_again_meanwhile(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 70)

        def forgetting() -> None:
            for _ in range(40):
                forget_everything()

        together(drain, forgetting)
        for _ in range(3):
            forget_everything()
            change("update wa_outbound_queue set due_at = now() where state = 'queued'")
            drain()

        assert len(accepted(simulator)) <= FULL
        assert len(set(receivers(simulator))) == len(accepted(simulator))

    def test_without_redis_nothing_is_sent_and_nothing_lost(
        self, agent: Actor, simulator: httpx.Client, servers: Servers
    ) -> None:
        message_id = say(agent, hear())

        with without(servers.redis):
            drain()
            assert (accepted(simulator), state_of(message_id)) == ([], "queued")
            assert outbox() == [{"state": "queued", "attempts": 0, "waits": False}]

        drain()
        assert (len(accepted(simulator)), state_of(message_id)) == (1, "sent")
