"""A conversation that goes on in the background, whatever happens: numbered texts in both directions."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

import httpx

from tests.e2e.house import House
from tests.e2e.world import Customer, World

A_WHILE_AGO = 1800.0
"""Seconds. Each text of the customer gets a second of its own, from then on: Meta's times have no fractions, and
only so is there one right order, however late a webhook comes."""

BETWEEN_ANSWERS = 1.6
"""Seconds. The organization may send fifty messages a minute; an outage must not turn into a queue at the pace."""


@dataclass
class Traffic:
    """What was said so far."""

    customer: Customer
    began_at: float = field(default_factory=lambda: time.time() - A_WHILE_AGO)
    written: list[str] = field(default_factory=list[str])
    answered: list[str] = field(default_factory=list[str])
    broken: list[BaseException] = field(default_factory=list[BaseException])


@contextmanager
def flowing(
    house: House, customer: Customer, *, between_texts: float = 0.1, between_answers: float = BETWEEN_ANSWERS
) -> Generator[Traffic]:
    """Let a customer and staff write to each other for as long as the block lasts."""
    traffic, over = Traffic(customer), threading.Event()
    threads = [
        threading.Thread(target=_talk, args=(part, house, traffic, over, pause), name=part.__name__)
        for part, pause in ((_write, between_texts), (_answer, between_answers))
    ]
    for thread in threads:
        thread.start()
    try:
        yield traffic
    finally:
        over.set()
        for thread in threads:
            thread.join(60)
    assert traffic.broken == []
    assert not any(thread.is_alive() for thread in threads)


def _talk(
    part: Callable[[World, Traffic, int], None],
    house: House,
    traffic: Traffic,
    over: threading.Event,
    pause: float,
) -> None:
    world, turn = World(house), 0
    try:
        while not over.is_set():
            part(world, traffic, turn)
            turn += 1
            over.wait(pause)
    except BaseException as fault:  # noqa: BLE001  (the main thread tells it)
        traffic.broken.append(fault)
    finally:
        world.close()


def _write(world: World, traffic: Traffic, turn: int) -> None:
    text = f"del cliente {turn:04}"
    world.writes(traffic.customer, text, at=traffic.began_at + turn, wait=False)
    traffic.written.append(text)


def _answer(world: World, traffic: Traffic, turn: int) -> None:
    """Send one answer, under one key, until it is accepted: as a careful client does."""
    text, key = f"del equipo {turn:04}", str(uuid4())
    deadline = time.monotonic() + 60
    while not _is_accepted(world, traffic.customer, text, key):
        assert time.monotonic() < deadline, "The REST API did not come back."
        time.sleep(0.2)
    traffic.answered.append(text)


def _is_accepted(world: World, customer: Customer, text: str, key: str) -> bool:
    try:
        answer = world.send(customer, text, key=key)
    except httpx.TransportError:
        return False
    if answer.is_server_error:
        return False
    assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
    return True
