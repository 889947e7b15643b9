"""A failed status sends a message round by SMS, an answer alone never does, and a delivery calls it back."""

import json
from collections.abc import Iterator

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from tests.integration import desk, sms_desk
from tests.integration.desk import change, failed, graph_answering, hear, one, report, state_of, status, text
from tests.integration.sms_desk import Scripted, enqueue, provider, said, state_of_sms, switch_on

WAMID = "wamid.out.1"


@pytest.fixture
def scripted(admin: Actor) -> Iterator[Scripted]:
    """A provider that organization 1 uses, also for what is not delivered in ten minutes."""
    with provider() as script:
        switch_on(admin, script.url, undelivered_minutes=10)
        yield script


@pytest.fixture
def thread(scripted: Scripted) -> ConversationId:
    """A customer's thread."""
    assert scripted.asked == []
    return hear(text())


@pytest.fixture
def message_id(thread: ConversationId) -> MessageId:
    """A template that Meta has accepted."""
    message_id = said(thread, state="queued")
    enqueue(message_id)
    with graph_answering(200, json.dumps({"messages": [{"id": WAMID}]})) as url:
        desk.drain(url=url)
    assert state_of(message_id) == "sent"
    return message_id


def test_an_accepted_template_is_expected(message_id: MessageId) -> None:
    assert state_of_sms(message_id) == "waiting"
    assert one("select reason from sms_message") == "not_delivered"


def test_a_failed_status_sends_it_round(message_id: MessageId, scripted: Scripted) -> None:
    report(failed(WAMID, 131026))
    sms_desk.drain()

    assert (state_of(message_id), state_of_sms(message_id)) == ("failed", "sent")
    assert len(scripted.asked) == 1


def test_a_failed_status_for_a_persons_will_does_not(message_id: MessageId, scripted: Scripted) -> None:
    report(failed(WAMID, 131050))
    sms_desk.drain()

    assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])


def test_delivered_in_time_it_needs_no_sms(message_id: MessageId, scripted: Scripted) -> None:
    report(status(WAMID, "delivered"))
    sms_desk.become_due()
    sms_desk.drain()

    assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])


def test_delivered_after_all_the_customer_has_it_twice(message_id: MessageId) -> None:
    report(failed(WAMID, 131026))
    sms_desk.drain()

    report(status(WAMID, "delivered"))

    assert (state_of(message_id), state_of_sms(message_id)) == ("delivered", "sent")
    assert one("select also_by_whatsapp_at is not null from sms_message")


def test_a_refusal_in_the_answer_alone_sends_nothing_round(
    thread: ConversationId, scripted: Scripted
) -> None:
    message_id = said(thread, state="queued")
    enqueue(message_id)
    refusal = json.dumps({"error": {"code": 131026, "message": "Undeliverable"}})

    with graph_answering(400, refusal) as url:
        desk.drain(url=url)
    sms_desk.drain()

    assert (state_of(message_id), state_of_sms(message_id), scripted.asked) == ("failed", "", [])


def test_an_sms_that_was_taken_back_by_asking_again_stays_away(
    message_id: MessageId, scripted: Scripted
) -> None:
    report(failed(WAMID, 131026))
    change("update wa_message set state = 'queued' where id = :id", id=message_id)

    sms_desk.drain()

    assert (state_of_sms(message_id), scripted.asked) == ("cancelled", [])
