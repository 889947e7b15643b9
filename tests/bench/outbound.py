"""How many messages a second one worker process sends, every row committed, against a loop that only sends."""

import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from tests.bench import backlog, bare_sending, sending
from tests.bench.backlog import TOKEN, Backlog
from tests.bench.bare_sending import Job
from tests.bench.figures import median, rate
from tests.bench.report import Row, at_least, say
from tests.bench.sending import Waker
from tests.bench.stage import Stage

TARGET = 0.6

ONE = Backlog(organizations=1, customers=1600, messages=1, sends_per_minute=1_000_000)
MANY = Backlog(organizations=16, customers=100, messages=1, sends_per_minute=1_000_000)

_ROUNDS = 3
_IN_FLIGHT = (16, 32, 64)
"""How many requests the bare loop has under way at once: the last is what a worker may have; the best counts, because
httpx looks through all its connections for each request, and a worker that always has fewer under way gains by it."""
_PATIENCE = 300.0

_SPAN = """
select extract(epoch from max(finished_at) - min(started_at))
from wa_send_attempt where channel_id > 2 and outcome = 'accepted'
"""


def measure(stage: Stage) -> list[Row]:
    """Empty an outbox and send as much without one, in turns; from one number, then from several."""
    return [
        *_compare(stage, ONE, "one number"),
        *_compare(stage, MANY, f"{MANY.organizations} numbers"),
    ]


def _compare(stage: Stage, waiting: Backlog, what: str) -> list[Row]:
    with sending.counting_meta(stage, waiting), sending.workers(stage, 1), _waker(stage) as waker:
        jobs = [
            Job(stage.place.simulator_url, waiting.numbers, TOKEN, waiting.size, many) for many in _IN_FLIGHT
        ]
        _emptied(stage, waiting, waker)
        rounds = [(_emptied(stage, waiting, waker), _best(jobs)) for _ in range(_ROUNDS)]
    backlog.clear(stage)
    ours, bare = (median([pair[side] for pair in rounds]) for side in (0, 1))
    shares = [pair[0] / pair[1] for pair in rounds]
    note = (
        f"Outbound: {waiting.size:,} messages to as many customers, {_ROUNDS} rounds in turns, no limit that binds; "
        f"medians. Ours counts from the first request to the last commit; the bare loop is the best of "
        f"{', '.join(map(str, _IN_FLIGHT))} requests under way at once."
    )
    return [
        Row(f"sent and recorded by one worker, {what}", rate(ours), note=note),
        Row(f"sent by a bare asyncio and httpx loop, {what}", rate(bare)),
        at_least(f"the first as a share of the second, {what}", median(shares), TARGET),
    ]


def _best(jobs: list[Job]) -> float:
    """Let the bare loop send with each number of requests under way; returns messages a second of the quickest."""
    rates = [bare_sending.run(job) for job in jobs]
    say(
        "         bare: "
        + " · ".join(f"{job.in_flight}: {rate(one)}" for job, one in zip(jobs, rates, strict=True))
    )
    return max(rates)


def _emptied(stage: Stage, waiting: Backlog, waker: Waker) -> float:
    """Let a worker empty the outbox; returns messages a second."""
    backlog.clear(stage)
    channels = waiting.add(stage)
    waker.wake(channels)
    deadline = time.monotonic() + _PATIENCE
    while stage.count("select count(*) from wa_outbound_queue"):
        if time.monotonic() > deadline:
            raise TimeoutError("The outbox did not get empty in time.")
        time.sleep(0.05)
    sent = stage.count("select count(*) from wa_message where channel_id > 2 and state = 'sent'")
    if sent != waiting.size:
        raise RuntimeError(f"{waiting.size - sent} messages were not sent.")
    seconds = stage.ask(_SPAN)
    say(f"         {waiting.size / seconds:,.0f} messages a second")
    return waiting.size / seconds


@contextmanager
def _waker(stage: Stage) -> Generator[Waker]:
    with ExitStack() as stack:
        waker = Waker(stage)
        stack.callback(waker.stop)
        yield waker
