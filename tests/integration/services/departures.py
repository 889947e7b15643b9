"""What tests of sending share: trouble at Meta, what Meta has accepted, and what still waits."""

from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import uuid4

import httpx

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import MessageId
from campotech_wa.services import compose
from campotech_wa.signals.connection import redis
from tests.integration.desk import change, rows

TEMPLATE = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    """Return every message that Meta has accepted, in order."""
    return simulator.get("/_sim/messages").json()


def receivers(simulator: httpx.Client) -> list[str]:
    """Return to whom they went."""
    return [message["to"] for message in accepted(simulator)]


def words(simulator: httpx.Client, to: str = "") -> list[str]:
    """Return the texts that Meta has accepted, all or to one customer."""
    return [
        message["payload"]["text"]["body"]
        for message in accepted(simulator)
        if message["payload"]["type"] == "text" and to in ("", message["to"])
    ]


def fault(simulator: httpx.Client, *, times: int | None = 1, **effect: object) -> None:
    """Let something go wrong at Meta, some times or until it is mended."""
    rule = {**effect, "times": times} if times else effect
    simulator.post("/_sim/faults", json=rule).raise_for_status()


def mend(simulator: httpx.Client) -> None:
    """Let nothing go wrong any more."""
    simulator.delete("/_sim/faults").raise_for_status()


def announce(actor: Actor, count: int, *, begin: int = 0, **more: Any) -> list[MessageId]:
    """Have a product write to that many customers, with a template."""
    numbers = range(begin, begin + count)
    orders = [{"to": f"+54911{31234000 + number}", **TEMPLATE, **more} for number in numbers]
    return [compose.message_object(actor, order, key=None).composed.message_id for order in orders]


def remind(actor: Actor, count: int, to: str) -> list[MessageId]:
    """Have a product write to one customer that many times."""
    order = {"to": f"+{to}", **TEMPLATE}
    return [compose.message_object(actor, order, key=str(uuid4())).composed.message_id for _ in range(count)]


def outbox() -> list[dict[str, Any]]:
    """Return what waits, and whether for a time to come."""
    return rows("select state, attempts, due_at > now() as waits from wa_outbound_queue order by id")


def free_the_window() -> None:
    """Let every request be an hour old, for the tables and so for a Redis that has to ask them."""
    redis().delete("pace:clock", "pace:channel:1")
    change(
        "update wa_send_attempt set started_at = started_at - interval '1 hour', "
        "finished_at = finished_at - interval '1 hour'"
    )


def together(*work: Callable[[], object]) -> None:
    """Do several things at once, and wait for all."""
    threads = [Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
