"""The engine, the circuit breaker and a Meta that misbehaves: what stops, what flows on, and how it comes back."""

from typing import Any

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services import compose, panic
from campotech_wa.services.panic.acting import resolve
from campotech_wa.signals import jobs
from tests.integration.desk import (
    NUMBER,
    change,
    drain,
    failed,
    hear,
    let_time_pass,
    report,
    rows,
    say,
    state_of,
    woken,
)
from tests.integration.services.panic.circuit import attempts, let_pass, panics
from tests.integration.services.panic.test_panic_probing import condition

TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


@pytest.fixture(autouse=True)
def registry(simulator: httpx.Client) -> None:
    """The registry of templates has not been listed yet: the gate lets every template pass."""
    assert simulator


def announce(actor: Actor, count: int, *, first: int = 0) -> None:
    """Have a product write to customers, with a template."""
    for number in range(first, first + count):
        compose.message_object(actor, {"to": f"+54911312340{number:02}", **TEMPLATE}, key=None)


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


def templates(simulator: httpx.Client) -> list[dict[str, Any]]:
    return [each for each in accepted(simulator) if each["payload"]["type"] == "template"]


def waiting() -> int:
    return len(rows("select from wa_outbound_queue"))


def silence() -> None:
    """Let the probe have settled."""
    let_pass(seconds=10)
    panic.watch()


def test_failed_templates_stop_templates_and_replies_flow_until_probes_go_well(
    agent: Actor, simulator: httpx.Client
) -> None:
    announce(agent, 12)
    drain()
    wamids = [each["id"] for each in templates(simulator)]
    report(*(failed(wamid, 131000) for wamid in wamids))
    assert [row["reason"] for row in panics()] in (["high_failure_rate"], ["api_error"])

    announce(agent, 8, first=20)
    reply = say(agent, hear(), "Ya salimos")
    drain()
    assert (state_of(reply), len(templates(simulator)), waiting()) == ("sent", 12, 8)

    let_pass(minutes=61)
    panic.watch()
    drain()
    assert (len(templates(simulator)), waiting()) == (13, 7)

    silence()
    drain()
    assert (len(templates(simulator)), waiting()) == (18, 2)

    silence()
    drain()
    assert (waiting(), panics()[0]["resolved_at"] is None) == (0, False)


def test_a_revoked_token_stops_everything_until_meta_accepts_it_again(
    agent: Actor, simulator: httpx.Client
) -> None:
    conversation = hear()
    condition(simulator, token_revoked=True)
    first, second = say(agent, conversation, "Uno"), say(agent, conversation, "Dos")
    drain()
    assert [row["reason"] for row in panics()] == ["auth_failure"]

    let_time_pass()
    drain()
    let_pass(minutes=6)
    panic.check()
    drain()
    assert (accepted(simulator), panics()[0]["phase"]) == ([], "halted")

    condition(simulator, token_revoked=False)
    let_pass(minutes=6)
    panic.check()
    let_time_pass()
    drain()
    assert [each["payload"]["text"]["body"] for each in accepted(simulator)] == ["Uno"]
    for _ in range(2):
        silence()
        let_time_pass()
        drain()

    assert (state_of(first), state_of(second)) == ("sent", "sent")


def test_what_was_refused_for_it_leaves_at_once_when_an_admin_ends_it(
    admin: Actor, simulator: httpx.Client
) -> None:
    conversation = hear()
    condition(simulator, token_revoked=True)
    refused, behind = say(admin, conversation, "Uno"), say(admin, conversation, "Dos")
    drain()
    condition(simulator, token_revoked=False)

    resolve(admin, NUMBER, note="Ya está la clave nueva")
    assert woken(jobs.OUTBOUND) == [(jobs.DRAIN, 1)]
    drain()

    assert (state_of(refused), state_of(behind)) == ("sent", "sent")


def test_what_was_refused_for_it_leaves_at_once_when_the_last_probe_went_well(
    admin: Actor, simulator: httpx.Client
) -> None:
    condition(simulator, token_revoked=True)
    refused = say(admin, hear())
    drain()
    condition(simulator, token_revoked=False)
    change("update wa_panic set phase = 'probing', probe_size = 5, probe_from = now()")
    attempts(Verdict.SUCCESS, 5)

    silence()
    drain()

    assert (panics()[0]["resolved_at"] is None, state_of(refused)) == (False, "sent")


def test_a_customers_message_arrives_while_everything_stands_still(
    agent: Actor, simulator: httpx.Client
) -> None:
    condition(simulator, account="locked")
    conversation = hear()
    say(agent, conversation)
    drain()
    assert [(row["reason"], row["lanes"]) for row in panics()] == [("api_error", "all")]

    assert hear() == conversation
    assert len(rows("select from wa_message where direction = 'inbound'")) == 2


def test_a_bad_probe_costs_one_message_and_no_more(agent: Actor, simulator: httpx.Client) -> None:
    condition(simulator, account="restricted")
    say(agent, hear())
    drain()
    change("update wa_panic set reason = 'rate_limited', lanes = 'all'")
    announce(agent, 5)
    let_pass(minutes=61)
    panic.watch()

    let_time_pass()
    drain()

    assert (panics()[0]["phase"], len(rows("select from wa_send_attempt"))) == ("halted", 2)
