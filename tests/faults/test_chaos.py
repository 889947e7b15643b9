"""Two thousand sends while Meta misbehaves and processes die: all arrive, once and in order, and nobody is needed."""

import contextlib
import random
import secrets
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import pytest
from redis import Redis

from campotech_wa.domain.fate import PATIENCE
from campotech_wa.supervision import redis as private_redis
from tests.e2e.house import House, until
from tests.e2e.world import JsonObject, World
from tests.faults.books import Books
from tests.faults.mass import NUMBER, Mass
from tests.faults.victims import EVERY_ONE

ORGANIZATION = 2
"""Not the one that the other tests of this folder talk to: its window is full when this is over."""

PACE = 1500
"""Messages a minute: most leave at once, and the limit is felt all the same."""

SHARE = 0.05
MISFORTUNES: tuple[JsonObject, ...] = (
    {"drop_response": True, "share": SHARE},
    {"http_status": 500, "share": SHARE},
    {"error_code": 130429, "share": SHARE},
)
DISORDER = {"duplicate_share": 0.1, "reorder_share": 0.1}

LONGEST_CALM = 4.0
"""Seconds between two blows, at most."""

SETTLING_SECONDS = 240.0
"""After the last misfortune: a lease of 60 seconds, the longest grace of 120, and what waited behind."""

VICTIMS = {
    "worker-delivery",
    "a web worker",
    "web",
    "redis",
    "postgresql",
    "postgresql with all its processes",
}

FLUSHES = 4
"""How often Redis is emptied meanwhile."""

Blow = Callable[[House], object]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was asked for, and where to look what became of it."""

    mass: Mass
    world: World
    books: Books
    account: JsonObject


def _empty_redis(house: House) -> None:
    memory: Any = Redis.from_url(private_redis.url(house.data_dir))  # pyright: ignore[reportUnknownMemberType]
    memory.flushall()
    memory.close()


def _blows() -> list[Blow]:
    """Return every death, and between them a Redis that forgets everything."""
    deaths: list[Blow] = [victim.kill for victim in EVERY_ONE if victim.name in VICTIMS]
    return [*deaths, *[_empty_redis] * FLUSHES]


@pytest.fixture(scope="module")
def aftermath(demo: House, world: World) -> Aftermath:
    """Ask for everything while the blows fall; then wait until all has settled, but not for ever."""
    seed = secrets.randbelow(2**32)
    sys.stdout.write(f"seed of the blows: {seed}\n")
    dice, blows = random.Random(seed), _blows()  # noqa: S311  (a test, which must be repeatable)
    dice.shuffle(blows)
    mass, books = Mass(), Books(demo, ORGANIZATION)
    mass.meet(world)
    books.set_pace(PACE)
    with _misfortune(world):
        mass.ask(demo)
        for blow in blows:
            time.sleep(dice.uniform(0, LONGEST_CALM))
            blow(demo)
        mass.wait()
    with contextlib.suppress(AssertionError):  # the tests say what is missing
        until(lambda: _is_settled(books), seconds=SETTLING_SECONDS, what="an empty outbox")
    account = world.simulator.get("/_sim/accounting").json()[NUMBER]
    return Aftermath(mass, world, books, account)


def test_meta_has_accepted_every_message_in_each_customers_order(aftermath: Aftermath) -> None:
    assert aftermath.mass.accepted(aftermath.world) == aftermath.mass.lines()


def test_every_message_is_known_to_be_delivered(aftermath: Aftermath) -> None:
    assert aftermath.books.unsettled() == []


def test_nothing_waits_any_more(aftermath: Aftermath) -> None:
    assert aftermath.books.waiting() == 0


def test_only_what_stayed_unanswered_past_its_grace_was_accepted_twice(aftermath: Aftermath) -> None:
    ids = {one.message_id for one in aftermath.mass.asked}
    twice = [int(each["id"].removeprefix("m")) for each in aftermath.account["accepted_twice"]]
    silences = {each: aftermath.books.silences(each) for each in ids.intersection(twice)}
    sys.stdout.write(f"accepted twice, after so long without an answer: {silences}\n")

    shortest = min(patience.grace for patience in PATIENCE.values())
    hasty = {
        message_id: told
        for message_id, told in silences.items()
        if any(outcome != "unconfirmed" or silence < shortest for outcome, silence in told) or not told
    }
    assert hasty == {}


def test_the_pace_was_kept(aftermath: Aftermath) -> None:
    assert aftermath.account["max_in_any_60s"] <= PACE


def test_nobody_is_needed(aftermath: Aftermath) -> None:
    assert aftermath.books.panics() == []
    assert aftermath.books.dead_letters() == []


@contextlib.contextmanager
def _misfortune(world: World) -> Generator[None]:
    ordered: list[int] = []
    for misfortune in MISFORTUNES:
        order = {**misfortune, "match": {"phone_number_id": NUMBER}}
        ordered.append(world.simulator.post("/_sim/faults", json=order).raise_for_status().json()["id"])
    world.simulator.post("/_sim/disorder", json=DISORDER).raise_for_status()
    try:
        yield
    finally:
        for each in ordered:
            world.simulator.delete(f"/_sim/faults/{each}").raise_for_status()
        world.simulator.post("/_sim/disorder", json={}).raise_for_status()


def _is_settled(books: Books) -> bool:
    time.sleep(0.5)
    return books.waiting() == 0 and books.unsettled() == []
