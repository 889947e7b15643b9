"""A message with a file waits for its upload, and nothing else does: no other message, no end of the process."""

import asyncio
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic
from uuid import uuid4

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, MessageId
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import compose, deliver
from campotech_wa.services.deliver.dispatch import PLACES
from tests import samples
from tests.integration.desk import change, drain, eventually, forbidden, hear, one, rows, say, state_of, text
from tests.integration.files import empty, upload

ALLOWED = 50
"""Messages a minute; the files above it wait, put up already."""


@pytest.fixture(autouse=True)
def _empty_storage(simulator: httpx.Client) -> Iterator[None]:
    """Nothing is stored, and Meta is there."""
    assert simulator
    empty()
    yield
    empty()


def send(actor: Actor, sender: str | None = None, content: bytes = samples.PDF) -> MessageId:
    """Send a document to a customer."""
    conversation_id = hear(text(sender=sender)) if sender else hear()
    document = {"type": "document", "document": {"id": upload(actor, content).id}}
    return compose.answer(actor, conversation_id, document, key=str(uuid4())).message_id


def spoil(simulator: httpx.Client, route: str, **effect: object) -> None:
    rule = {"match": {"route": route}, "times": 1, **effect}
    simulator.post("/_sim/faults", json=rule).raise_for_status()


def test_a_fault_before_anything_has_left_lets_the_message_wait(agent: Actor) -> None:
    message_id = send(agent)
    other = say(agent, hear(text(sender="5493515123456")))

    with forbidden("media_upload", "false"):
        drain()

    assert (state_of(message_id), state_of(other)) == ("queued", "sent")
    assert rows("select state from wa_outbound_queue") == [{"state": "queued"}]
    change("update wa_outbound_queue set due_at = now()")
    drain()
    assert state_of(message_id) == "sent"


def test_a_fault_after_a_refusal_does_not_hide_the_refusal(simulator: httpx.Client, agent: Actor) -> None:
    message_id = send(agent)
    spoil(simulator, "messages", error_code=131053)
    change(
        "create function test_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'refused'; end $$"
    )
    change("create trigger test_refuse before delete on media_upload execute function test_refuse()")
    try:
        drain()
    finally:
        change("drop trigger test_refuse on media_upload")
        change("drop function test_refuse")

    assert state_of(message_id) == "failed"
    assert rows("select state from wa_outbound_queue") == []


def test_a_text_does_not_wait_for_the_files_of_other_customers(simulator: httpx.Client, agent: Actor) -> None:
    spoil(simulator, "media_upload", latency_ms=6000, times=80)
    files = [
        send(agent, f"54911312340{number:02}", samples.PDF + bytes([65 + number]))
        for number in range(PLACES + 1)
    ]
    quick = say(agent, hear())

    draining = Thread(target=drain)
    draining.start()
    eventually(lambda: state_of(quick) in {"sent", "delivered"})

    assert {state_of(each) for each in files} == {"sending"}
    simulator.delete("/_sim/faults").raise_for_status()
    draining.join()
    assert one("select count(*) from wa_message where state = 'sent'") == ALLOWED
    assert {row["state"] for row in rows("select state from wa_outbound_queue")} == {"queued"}


def test_a_stopping_process_waits_for_no_upload(simulator: httpx.Client, agent: Actor) -> None:
    spoil(simulator, "media_upload", latency_ms=8000)
    message_id, stop = send(agent), Event()

    async def stopped() -> None:
        client = GraphClient(settings.get().graph_url, settings.get().graph_version)
        draining = asyncio.create_task(deliver.channel(ChannelId(1), client, is_stopping=stop.is_set))
        await asyncio.to_thread(eventually, lambda: rows("select id from wa_send_attempt"))
        stop.set()
        await draining
        await client.close()

    begun = monotonic()
    asyncio.run(stopped())

    assert monotonic() - begun < 6
    assert state_of(message_id) == "queued"
    assert rows("select outcome from wa_send_attempt") == [{"outcome": "busy"}]
