"""Whatever happens in whatever order, the window holds what a list of times holds, and never one too many."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from campotech_wa.signals import pace
from campotech_wa.signals.connection import redis
from tests.integration.signals.pace.pacing import ONE, admitted, ask, leap, new, pass_time

WINDOW, REQUEST, STEP = 60, 30, 10
"""Seconds. Time goes by in steps longer than a run of the machine takes."""

LIMIT = 12
"""The highest that is asked with."""


@dataclass
class Sent:
    """A request of the model, with what the database knows of it and what the pace does."""

    admitted_at: int
    answered_at: int | None = None
    is_guess: bool = False
    """Redis was told of it after it had forgotten."""
    free_at: int = 0


class PaceMachine(RuleBasedStateMachine):
    slots = Bundle("slots")

    def __init__(self) -> None:
        super().__init__()
        redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
        new()
        self.now = 0
        self.sent: dict[str, Sent] = {}
        self.names = 0
        self.has_forgotten = False

    @rule(target=slots, number=st.integers(1, 8), limit=st.integers(0, LIMIT))
    def ask(self, number: int, limit: int) -> str:
        names = [f"s{self.names + i}" for i in range(number)]
        self.names += number
        self.admit(names, limit)
        return names[0]

    @rule(slot=slots, limit=st.integers(0, LIMIT))
    def ask_again(self, slot: str, limit: int) -> None:
        if slot not in self.sent or self.sent[slot].answered_at is None:
            self.admit([slot], limit)

    @rule(slot=slots)
    def answer(self, slot: str) -> None:
        one = self.sent.get(slot)
        if one is None or one.answered_at is not None:
            return
        pace.finished(ONE, [slot])
        one.answered_at = min(self.now, one.admitted_at + REQUEST)
        if not self.has_forgotten:
            one.free_at = self.now + WINDOW
            one.is_guess = False

    @rule(slot=consumes(slots))
    def give_back(self, slot: str) -> None:
        one = self.sent.get(slot)
        pace.returned(ONE, [slot])
        if one and one.answered_at is None:
            del self.sent[slot]

    @rule(steps=st.integers(1, 7))
    def wait(self, steps: int) -> None:
        pass_time(steps * STEP)
        self.now += steps * STEP

    @rule(hours=st.integers(-48, 48).filter(bool))
    def set_the_wall_clock(self, hours: int) -> None:
        leap(hours * 3600)
        pace.tick()
        pace.tick()

    @rule()
    def forget(self) -> None:
        redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
        self.has_forgotten = True
        pace.tick()

    @precondition(lambda self: self.has_forgotten)
    @rule()
    def seed(self) -> None:
        assert pace.seed(ONE, lambda: [self.remembered(name) for name in self.sent])
        self.has_forgotten = False
        for one in self.sent.values():
            one.is_guess = one.answered_at is None
            one.free_at = self.now + REQUEST + WINDOW if one.answered_at is None else one.answered_at + WINDOW

    @invariant()
    def room_is_what_the_model_says(self) -> None:
        expected = None if self.has_forgotten else max(0, LIMIT - len(self.held()))
        assert pace.room(ONE, limit=LIMIT) == expected

    @invariant()
    def no_minute_holds_more_than_the_highest_limit(self) -> None:
        """By the times at which requests left and were answered, whatever Redis believes."""
        in_window = [one for one in self.sent.values() if self.now < self.last_answer(one) + WINDOW]
        assert len(in_window) <= LIMIT

    def admit(self, names: list[str], limit: int) -> None:
        wanted = [ask(name, limit=limit) for name in names]
        if self.has_forgotten:
            with pytest.raises(pace.PaceUnknown):
                admitted(*wanted)
            return
        assert admitted(*wanted) == [name for name in names if self.is_admitted(name, limit)]

    def is_admitted(self, name: str, limit: int) -> bool:
        held = self.held()
        if name in held and not held[name].is_guess:
            self.sent[name] = Sent(self.now, free_at=self.now + REQUEST + WINDOW)
            return True
        held.pop(name, None)
        self.sent.pop(name, None)
        if len(held) >= limit:
            return False
        self.sent[name] = Sent(self.now, free_at=self.now + REQUEST + WINDOW)
        return True

    def held(self) -> dict[str, Sent]:
        return {name: one for name, one in self.sent.items() if self.now < one.free_at}

    def last_answer(self, one: Sent) -> int:
        return one.admitted_at + REQUEST if one.answered_at is None else one.answered_at

    def remembered(self, name: str) -> pace.Past:
        answered_at = self.sent[name].answered_at
        return pace.Past(name, None if answered_at is None else timedelta(seconds=self.now - answered_at))


TestPaceMachine = PaceMachine.TestCase
TestPaceMachine.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
