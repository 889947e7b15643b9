"""A message whose template is paused while it waits is held and not burnt, and leaves when Meta allows it again."""

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.errors import InvalidInput
from campotech_wa.services import compose, sweep
from tests.integration.desk import ANA, drain, hear, one, state_of
from tests.integration.template_shelf import filled, known, news, put


@pytest.fixture(autouse=True)
def a_template(admin: Actor, simulator: httpx.Client) -> None:
    """Meta has approved a template, and has told so."""
    known(admin, simulator)


def send(admin: Actor, *values: str) -> MessageId:
    message = {"to": f"+{ANA}", "type": "template", "template": filled(*values)}
    return compose.message_object(admin, message, key=None).composed.message_id


def accepted(simulator: httpx.Client) -> int:
    return len(simulator.get("/_sim/messages").json())


def test_a_template_paused_on_the_way_is_held_and_leaves_once_it_is_approved(
    admin: Actor, simulator: httpx.Client
) -> None:
    message_id = send(admin, "Ana", "lunes")
    put(simulator, status="PAUSED")
    news("message_template_status_update", event="PAUSED")

    drain()
    assert one("select hold_reason from wa_outbound_queue") == "template"
    assert accepted(simulator) == 0
    assert one("select count(*) from wa_send_attempt") == 0

    put(simulator)
    news("message_template_status_update", event="APPROVED")
    sweep.release()
    drain()

    assert accepted(simulator) == 1
    assert state_of(message_id) == "sent"


def test_a_message_that_is_held_keeps_nothing_behind_it_waiting(
    admin: Actor, simulator: httpx.Client
) -> None:
    send(admin, "Ana", "lunes")
    news("message_template_status_update", event="PAUSED")
    answer = compose.text(admin, hear(), "Ya vamos", key="1").message_id

    drain()

    assert state_of(answer) == "sent"
    assert accepted(simulator) == 1


def test_what_can_not_be_sent_is_not_even_written(admin: Actor) -> None:
    with pytest.raises(InvalidInput) as missing:
        send(admin, "Ana")
    assert (missing.value.code, missing.value.field) == ("missing", "template.body.2")

    news("message_template_status_update", event="PAUSED")
    with pytest.raises(InvalidInput) as paused:
        send(admin, "Ana", "lunes")
    assert paused.value.code == "template_paused"
    assert one("select count(*) from wa_message") == 0
