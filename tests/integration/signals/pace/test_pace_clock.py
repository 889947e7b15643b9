"""The clock of the pace goes on with the wall clock, and neither leaps nor stops with it."""

import time

import pytest

from campotech_wa.signals import pace
from campotech_wa.signals.connection import redis
from tests.integration.signals.pace.pacing import ONE, admitted, asks, leap, new, pass_time

HOUR = 3600.0


def now() -> float:
    value = redis().hget("pace:clock", "now")
    assert isinstance(value, bytes)
    return int(value) / 1_000_000


def moved() -> float:
    """Return by how much the next call moves it on."""
    before = now()
    pace.tick()
    return now() - before


def test_it_goes_on_by_the_time_that_passed() -> None:
    pace.tick()
    began = time.monotonic()

    time.sleep(0.2)

    assert 0.2 <= moved() <= time.monotonic() - began + 0.05


@pytest.mark.parametrize("seconds", [HOUR, 2.5, 365 * 24 * HOUR])
def test_a_leap_forward_counts_nothing(seconds: float) -> None:
    pace.tick()
    leap(seconds)

    assert moved() == 0
    assert 0 < moved() < 2


@pytest.mark.parametrize("seconds", [-1.0, -HOUR, -365 * 24 * HOUR])
def test_a_wall_clock_that_is_set_back_holds_it_up_for_one_call(seconds: float) -> None:
    pace.tick()
    leap(seconds)

    assert moved() == 0
    assert 0 < moved() < 2


def test_rare_calls_do_not_stop_it() -> None:
    pace.tick()
    steps: list[float] = []
    for _ in range(4):
        leap(30)
        steps.append(moved())

    assert steps == [0, pytest.approx(2), pytest.approx(2), pytest.approx(2)]


def test_no_slot_is_free_early_when_the_wall_clock_leaps() -> None:
    new()
    pace.finished(ONE, admitted(*asks("a", 50)))

    leap(HOUR)
    assert pace.room(ONE, limit=50) == 0
    assert admitted(*asks("b", 1)) == []

    pass_time(55)
    assert admitted(*asks("b", 1)) == []


def test_no_slot_is_held_longer_when_the_wall_clock_is_set_back() -> None:
    new()
    pace.finished(ONE, admitted(*asks("a", 50)))

    leap(-HOUR)
    pace.tick()
    pass_time(60)

    assert pace.room(ONE, limit=50) == 50
    assert len(admitted(*asks("b", 50))) == 50


def test_looking_moves_nothing() -> None:
    new()
    before = now()

    pace.room(ONE, limit=50)

    assert now() == before
