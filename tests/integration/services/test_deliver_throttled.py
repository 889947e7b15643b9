"""A channel that Meta throttles goes slower; one refusal among many only delays its own message."""

import httpx

from campotech_wa.domain.access import Actor
from campotech_wa.services import compose
from tests.integration.desk import drain, rows

TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}
THROTTLED = {"error_code": 130429}


def announce(actor: Actor, count: int) -> None:
    for number in range(count):
        compose.message_object(actor, {"to": f"+54911312340{number:02}", **TEMPLATE}, key=None)


def accepted(simulator: httpx.Client) -> int:
    return len(simulator.get("/_sim/messages").json())


def factors() -> list[float]:
    return [row["factor"] for row in rows("select factor from channel_flow")]


def waiting() -> list[dict[str, object]]:
    return rows("select state, due_at > now() as waits from wa_outbound_queue")


def test_one_refusal_in_twenty_slows_nobody(agent: Actor, simulator: httpx.Client) -> None:
    announce(agent, 20)
    order = {**THROTTLED, "match": {"to": "5491131234019"}}
    simulator.post("/_sim/faults", json=order).raise_for_status()

    drain()

    assert (accepted(simulator), factors()) == (19, [])
    assert waiting() == [{"state": "queued", "waits": True}]


def test_nothing_but_refusals_slow_the_channel_down(agent: Actor, simulator: httpx.Client) -> None:
    announce(agent, 3)
    simulator.post("/_sim/faults", json=THROTTLED).raise_for_status()

    drain()

    assert accepted(simulator) == 0
    assert [factor < 1 for factor in factors()] == [True]
