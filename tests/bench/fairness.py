"""A thousand organizations with a hundred messages each, two workers: who is served how fast, and what it costs."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
import psutil

from tests.bench import backlog, sending
from tests.bench.backlog import Backlog
from tests.bench.figures import rate
from tests.bench.report import Row, at_least, say
from tests.bench.stage import Stage

PACE = 50
CROWD = Backlog(organizations=1000, customers=20, messages=5, sends_per_minute=PACE)

SHARE = 0.8
MEMORY_MB = 200

_WORKERS = 2
_LOOK = 5.0
_PATIENCE = 900.0


@dataclass
class Seen:
    """What was seen while it lasted."""

    shares: list[float] = field(default_factory=list[float])
    """Of the organization that was served least, compared with the average, look by look."""
    memory: list[int] = field(default_factory=list[int])
    """Of the largest worker, in bytes that are its own."""
    busiest_minute: int = 0
    seconds: float = 0.0


def measure(stage: Stage) -> list[Row]:
    """Let two workers send everything, and look at the simulator's accounts meanwhile."""
    with sending.counting_meta(stage, CROWD) as meta:
        say(
            f"         putting {CROWD.size:,} messages of {CROWD.organizations:,} organizations into the outbox"
        )
        channels = CROWD.add(stage)
        with sending.workers(stage, _WORKERS, sending.scheduler(stage)) as workers:
            seen = _watch(stage, meta, workers)
    backlog.clear(stage)
    return _rows(seen, len(channels))


def _watch(stage: Stage, meta: httpx.Client, workers: Sequence[psutil.Process]) -> Seen:
    seen, began = Seen(), time.monotonic()
    while (served := _served(meta, seen)) and sum(served) < CROWD.size:
        if time.monotonic() > began + _PATIENCE:
            raise TimeoutError(
                f"After {_PATIENCE:.0f} s, {CROWD.size - sum(served):,} messages had not left."
            )
        if max(served) < CROWD.size // CROWD.organizations and sum(served):
            seen.shares.append(min(served) / (sum(served) / len(served)))
        seen.memory.append(max(each.memory_full_info().uss for each in workers))
        say(
            f"         {time.monotonic() - began:4.0f} s  {sum(served):7,} sent, from {min(served)} to {max(served)} "
            f"of each organization, {seen.memory[-1] / 2**20:.0f} MB"
        )
        time.sleep(_LOOK)
    seen.seconds = time.monotonic() - began
    return seen


def _served(meta: httpx.Client, seen: Seen) -> list[int]:
    accounts = meta.get("/_sim/accounting").raise_for_status().json().values()
    seen.busiest_minute = max(int(each["max_in_any_60s"]) for each in accounts)
    return [int(each["accepted"]) for each in accounts]


def _rows(seen: Seen, organizations: int) -> list[Row]:
    note = (
        f"Fairness: {organizations:,} organizations with {CROWD.size // organizations} waiting messages each, "
        f"{_WORKERS} workers, {PACE} a minute, by the simulator's accounts; the least served is compared with the "
        "average at the last look before the first one was through."
    )
    half = seen.memory[len(seen.memory) // 2]
    return [
        Row("sent by two workers for all of them", rate(CROWD.size / seen.seconds), note=note),
        Row(
            "most of one organization in any 60 s",
            str(seen.busiest_minute),
            f"≤ {PACE}",
            seen.busiest_minute <= PACE,
        ),
        at_least("least served against the average", seen.shares[-1] if seen.shares else 0.0, SHARE),
        Row("the same, worst look", f"{min(seen.shares, default=0.0):.2f}"),
        Row(
            f"memory of a worker over {CROWD.size:,} messages, most · half way",
            f"{max(seen.memory) / 2**20:.0f} MB · {half / 2**20:.0f} MB",
            f"< {MEMORY_MB} MB",
            max(seen.memory) < MEMORY_MB * 2**20,
        ),
    ]
