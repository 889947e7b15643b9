"""What waits in the outbox leaves once, in order, the urgent first, and every outcome is written down."""

import asyncio
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, PhoneNumberId
from campotech_wa.meta.client import Answer, GraphClient
from campotech_wa.services import compose, deliver
from campotech_wa.signals import jobs
from tests.conftest import free_port
from tests.integration.desk import (
    ANA,
    BETO,
    change,
    claimed,
    drain,
    eventually,
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
    woken,
)
from tests.integration.services.departures import (
    accepted,
    announce,
    fault,
    outbox,
    receivers,
    together,
    words,
)


def repeat_each(times: int) -> None:
    """Let each message that waits be one of so many to its customer."""
    columns = (
        "organization_id, channel_id, conversation_id, direction, origin, type, content, envelope, state, "
    )
    columns += "error_detail, priority, sent_at"
    change(
        f"""
        with written as (
            insert into wa_message ({columns})
            select {columns} from wa_message cross join generate_series(2, :times) returning id, conversation_id)
        insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, priority,
               state, is_head, attempts, asked_after, enters_at, due_at, hold_reason, queued_at)
        select 1, 1, conversation_id, id, 'business', 2, 'queued', false, 0, 0, now(), now(), '', now() from written
        """,  # noqa: S608  (ours)
        times=times,
    )


class TestSending:
    def test_a_message_is_sent_with_our_own_id(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear(), "Ya salimos")

        drain()

        [message] = accepted(simulator)
        assert message["payload"]["biz_opaque_callback_data"] == f"m{message_id}.1"
        assert one("select wamid from wa_message where id = :id", id=message_id) == message["id"]
        assert (state_of(message_id), outbox()) == ("sent", [])

    def test_each_step_of_it_is_kept_with_who_told_it(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        drain()
        report(status(accepted(simulator)[0]["id"], "delivered"))

        steps = rows(
            "select state, source from wa_message_state where message_id = :id order by id", id=message_id
        )

        assert [(step["state"], step["source"]) for step in steps] == [
            ("queued", "desk"),
            ("sending", "engine"),
            ("sent", "answer"),
            ("delivered", "webhook"),
        ]

    def test_a_slow_answer_to_one_customer_holds_up_no_other(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 16)
        fault(simulator, latency_ms=500, times=16)

        drain()

        came = sorted(datetime.fromisoformat(message["received_at"]) for message in accepted(simulator))
        assert len(came) == 16
        one_by_one = timedelta(seconds=15 * 0.5)
        assert came[-1] - came[0] < one_by_one / 2

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

        assert receivers(simulator) == [ANA, BETO]

    def test_drains_at_once_send_nothing_twice(self, admin: Actor, simulator: httpx.Client) -> None:
        announce(admin, 20)

        together(drain, drain, drain)
        drain()

        assert len(set(receivers(simulator))) == len(accepted(simulator)) == 20

    def test_a_customer_without_number_is_written_to_by_user_id(self, agent: Actor) -> None:
        message_id = say(agent, hear(text(sender=None, from_user_id="AR.1")))

        with graph_answering(200, '{"messages": [{"id": "wamid.9"}]}') as url:
            drain(url=url)

        assert state_of(message_id) == "sent"


class TestOrder:
    def test_each_customer_reads_in_the_order_of_writing(self, agent: Actor, simulator: httpx.Client) -> None:
        ana, beto = hear(text(sender=ANA)), hear(text(sender=BETO), name="Beto")
        for number in range(5):
            say(agent, ana, f"a{number}")
            say(agent, beto, f"b{number}")

        together(drain, drain)
        drain()

        assert words(simulator, ANA) == ["a0", "a1", "a2", "a3", "a4"]
        assert words(simulator, BETO) == ["b0", "b1", "b2", "b3", "b4"]

    @pytest.mark.parametrize(
        "trouble", [{"error_code": 131057}, {"error_code": 131056}, {"http_status": 500}]
    )
    def test_also_when_the_first_has_to_be_tried_again(
        self, agent: Actor, simulator: httpx.Client, trouble: dict[str, int]
    ) -> None:
        conversation_id = hear()
        say(agent, conversation_id, "primero")
        fault(simulator, **trouble)
        drain()
        say(agent, conversation_id, "segundo")

        drain()
        assert words(simulator, ANA)[:1] != ["segundo"]

        for _ in range(2):
            let_time_pass()
            drain()
        assert words(simulator, ANA) == ["primero", "segundo"]

    def test_a_persons_reply_overtakes_a_thousand_reminders(
        self, admin: Actor, agent: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 40, priority="low")
        repeat_each(25)
        fault(simulator, latency_ms=100, times=None)
        draining = Thread(target=drain)
        draining.start()
        eventually(lambda: accepted(simulator))

        conversation_id = hear()
        message_id = say(agent, conversation_id, "¿A qué hora?")
        before = len(accepted(simulator))
        urgent = Thread(target=drain)
        urgent.start()
        eventually(lambda: state_of(message_id) == "sent")
        place = next(i for i, each in enumerate(accepted(simulator)) if each["payload"]["type"] == "text")
        draining.join()
        urgent.join()

        assert place - before < 100
        assert one("select count(*) from wa_outbound_queue where state = 'queued'") > 900

    def test_an_urgent_message_passes_the_same_customers_reminders(self, agent: Actor) -> None:
        conversation_id = hear()
        message = {"to": f"+{ANA}", "type": "text", "text": {"body": "recordatorio"}, "priority": "low"}
        compose.message_object(agent, message, key=None)
        say(agent, conversation_id, "respuesta")

        [first] = claimed(1)

        assert first.content == {"body": "respuesta"}


class TestAnswers:
    def test_a_meta_that_can_not_be_reached_costs_no_try(self, agent: Actor) -> None:
        message_id = say(agent, hear())

        for _ in range(8):
            let_time_pass()
            drain(url=f"http://127.0.0.1:{free_port()}")

        assert outbox() == [{"state": "queued", "attempts": 0, "waits": True}]
        assert (state_of(message_id), one("select max(number) from wa_send_attempt")) == ("queued", 8)

    def test_a_no_fails_the_message_with_its_code_and_lets_the_next_leave(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id, "primero")
        say(agent, conversation_id, "segundo")
        fault(simulator, error_code=131053)

        drain()

        assert (state_of(message_id), words(simulator, ANA)) == ("failed", ["segundo"])
        assert history_of(message_id) == ["queued", "sending", "failed"]
        assert one("select error_code from wa_message where id = :id", id=message_id) == 131053

    @pytest.mark.parametrize("code", [190, 131031, 368])
    def test_bad_credentials_and_a_locked_account_keep_the_message_and_stop_the_channel(
        self, agent: Actor, simulator: httpx.Client, code: int
    ) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=code)

        drain()
        let_time_pass()
        drain()

        assert (state_of(message_id), accepted(simulator)) == ("queued", [])
        assert outbox() == [{"state": "queued", "attempts": 0, "waits": False}]
        assert rows("select lanes, phase from wa_panic") == [{"lanes": "all", "phase": "halted"}]

    def test_metas_own_trouble_is_waited_out_a_few_times(self, agent: Actor, simulator: httpx.Client) -> None:
        message_id = say(agent, hear())
        fault(simulator, error_code=131057, times=None)

        for _ in range(7):
            let_time_pass()
            change("update wa_panic set resolved_at = now()")
            drain()

        assert (state_of(message_id), outbox(), accepted(simulator)) == ("failed", [], [])
        assert one("select max(number) from wa_send_attempt") == 6

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


class Broken(GraphClient):
    """A client with a fault that nobody has thought of, for one message."""

    async def send(
        self, phone_number_id: PhoneNumberId, payload: dict[str, Any], *, access_token: str
    ) -> Answer:
        if payload["text"]["body"] == "rota":
            raise ValueError("a fault of ours")
        return await super().send(phone_number_id, payload, access_token=access_token)


class TestDispatcher:
    def test_a_fault_of_ours_takes_no_other_outcome_with_it(
        self, agent: Actor, simulator: httpx.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken = say(agent, hear(text(sender=BETO), name="Beto"), "rota")
        well = say(agent, hear(text(sender=ANA)))

        async def serve() -> None:
            client = Broken(settings.get().graph_url, settings.get().graph_version)
            await deliver.channel(ChannelId(1), client)
            await client.close()

        asyncio.run(serve())

        assert (state_of(broken), state_of(well), receivers(simulator)) == ("sending", "sent", [ANA])
        assert "request not made" in caplog.messages

    def test_an_organization_with_a_crowd_does_not_delay_anothers_reply(
        self, admin: Actor, stranger: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 40)
        announce(stranger, 1)
        fault(simulator, latency_ms=200, times=None)

        async def serve() -> None:
            client = GraphClient(settings.get().graph_url, settings.get().graph_version)
            dispatcher = deliver.Dispatcher(client, lambda: False)
            for channel_id in (ChannelId(1), ChannelId(2)):
                await dispatcher.serve(channel_id, is_urgent=channel_id == 2)
            await dispatcher.finish()
            await client.close()

        asyncio.run(serve())

        order = [message["payload"]["biz_opaque_callback_data"] for message in accepted(simulator)]
        [theirs] = rows("select message_id from wa_send_attempt where organization_id = 2")
        assert order.index(f"m{theirs['message_id']}.1") < len(order) // 2

    def test_a_channel_that_is_served_already_is_only_told_to_look_again(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        announce(admin, 1)
        fault(simulator, latency_ms=400, times=1)

        async def serve() -> None:
            client = GraphClient(settings.get().graph_url, settings.get().graph_version)
            dispatcher = deliver.Dispatcher(client, lambda: False)
            await dispatcher.serve(ChannelId(1))
            await asyncio.to_thread(eventually, lambda: accepted(simulator))
            await asyncio.to_thread(announce, admin, 1, begin=5)
            await dispatcher.serve(ChannelId(1))
            await dispatcher.finish()
            await client.close()

        asyncio.run(serve())

        assert len(accepted(simulator)) == 2

    @pytest.mark.usefixtures("desk")
    def test_one_that_nobody_has_is_left_alone(self) -> None:
        async def serve() -> bool:
            client = GraphClient(settings.get().graph_url, settings.get().graph_version)
            dispatcher = deliver.Dispatcher(client, lambda: False)
            await dispatcher.serve(ChannelId(99))
            is_free = await dispatcher.has_hand(ChannelId(98))
            await dispatcher.finish()
            await client.close()
            return is_free

        assert asyncio.run(serve())
        assert woken(jobs.OUTBOUND) == []
