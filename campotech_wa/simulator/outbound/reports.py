"""Report statuses when they fall due: change the world, tell the phone, post the webhooks in batches."""

import asyncio
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from campotech_wa.simulator import views
from campotech_wa.simulator.disorder import Disorder
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.outbound.fates import Step
from campotech_wa.simulator.webhooks.courier import Courier
from campotech_wa.simulator.webhooks.payloads import Report, statuses
from campotech_wa.simulator.world.state import Chat, Message, State, World

TICK = 0.01
"""Seconds for which due statuses are gathered into one webhook."""
LARGEST_BATCH = 100
"""Statuses in one webhook; Meta's own limit is a thousand (webhooks.md, 1.5)."""


@dataclass(order=True, slots=True)
class _Due:
    at: float
    number: int
    message: Message = field(compare=False)
    step: Step = field(compare=False)


@dataclass(order=True, slots=True)
class _Held:
    """A status that has come about, and is posted late."""

    at: float
    number: int
    report: Report = field(compare=False)


class Reporter:
    """Keeps the statuses to come in the order of time."""

    def __init__(self, world: World, courier: Courier, feed: Feed, disorder: Disorder) -> None:
        self._world, self._courier, self._feed, self._disorder = world, courier, feed, disorder
        self._held: list[_Held] = []
        self._heap: list[_Due] = []
        self._numbers = count()
        self._planned = asyncio.Event()

    def plan(self, message: Message, steps: Sequence[Step]) -> None:
        """Let each step of the message's fate happen in its time."""
        now = asyncio.get_running_loop().time()
        for step in steps:
            due = max(now + step.after, message.settles_at)
            message.settles_at = due
            heapq.heappush(self._heap, _Due(due, next(self._numbers), message, step))
        self._planned.set()

    def read(self, chat: Chat) -> list[str]:
        """Let the customer read the whole chat; answer the wamids of which `read` will be reported."""
        seen, chat.unread_by_customer = chat.unread_by_customer, []
        for message in seen:
            self.plan(message, [Step(0.0, State.READ)])
        return [message.id for message in seen]

    def play(self, message: Message) -> bool:
        """Let the customer hear a voice note; tell whether it is the first time, which alone is reported."""
        if message.played:
            return False
        message.played = True
        self.plan(message, [Step(0.0, State.PLAYED)])
        return True

    async def run(self) -> None:
        """Report for ever."""
        while True:
            await self._planned.wait()
            await asyncio.sleep(TICK)
            self._report(self._take_due())
            if not self._heap and not self._held:
                self._planned.clear()

    def reset(self) -> None:
        """Forget the statuses to come."""
        self._heap.clear()
        self._held.clear()

    def show(self, message: Message) -> None:
        """Tell the phone pages how the message stands."""
        if self._feed.watched(message.chat) and (view := views.on_the_phone(message)):
            self._feed.publish(message.chat, view)

    def _take_due(self) -> list[Report]:
        now, at = asyncio.get_running_loop().time(), datetime.now(UTC)
        reports: list[Report] = []
        while self._held and self._held[0].at <= now:
            reports.append(heapq.heappop(self._held).report)
        while self._heap and self._heap[0].at <= now:
            report = self._apply(heapq.heappop(self._heap), at)
            reports.extend(self._sorted_out(report, now))
        return reports

    def _sorted_out(self, report: Report, now: float) -> Iterator[Report]:
        """Answer the report if it is posted now; hold back what the disorder lets come later."""
        for delay in self._disorder.delays():
            if delay:
                heapq.heappush(self._held, _Held(now + delay, next(self._numbers), report))
            else:
                yield report

    def _apply(self, due: _Due, at: datetime) -> Report:
        message, step = due.message, due.step
        if message.state is not State.PLAYED:
            message.state = step.state
        message.error_code = step.error_code
        self.show(message)
        return Report(message, step.state, at, self._world.glance(message.chat), step.error_code)

    def _report(self, reports: Sequence[Report]) -> None:
        kept = self._world.keeping.everything
        for phone_number_id, batch in _batches(reports):
            channel = self._world.channels[phone_number_id]
            ids = tuple(report.message.id for report in batch)
            self._courier.dispatch(channel, "status", statuses(channel, batch), ids, kept=kept)


def _batches(reports: Sequence[Report]) -> Iterator[tuple[str, Sequence[Report]]]:
    by_channel: dict[str, list[Report]] = {}
    for report in reports:
        by_channel.setdefault(report.message.chat.phone_number_id, []).append(report)
    for phone_number_id, mine in by_channel.items():
        for start in range(0, len(mine), LARGEST_BATCH):
            yield phone_number_id, mine[start : start + LARGEST_BATCH]
