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
_IN_FLIGHT = 64
"""Of both: as many as a worker has under way at once."""
_FEWER = (16, 32)
"""What the bare loop is tried with besides: httpx looks through all connections of its pool for each request, so that
one that has fewer under way is quicker. The product spreads them over small pools (``meta.connections``)."""
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
        _emptied(stage, waiting, waker)
        rounds = [(_emptied(stage, waiting, waker), _bare(stage, waiting)) for _ in range(_ROUNDS)]
    backlog.clear(stage)
    alike = [ours / bare[_IN_FLIGHT] for ours, bare in rounds]
    best = [ours / max(bare.values()) for ours, bare in rounds]
    note = (
        f"Outbound: {waiting.size:,} messages to as many customers, {_ROUNDS} rounds in turns, no limit that binds; "
        f"medians. Ours counts from the first request to the last commit, with {_IN_FLIGHT} requests under way at "
        f"once; so does the bare loop, and it is tried with {' and '.join(map(str, _FEWER))}."
    )
    return [
        Row(
            f"sent and recorded by one worker, {what}", rate(median([ours for ours, _ in rounds])), note=note
        ),
        Row(
            f"sent by a bare asyncio and httpx loop with as many under way, {what}",
            rate(median([bare[_IN_FLIGHT] for _, bare in rounds])),
        ),
        at_least(f"the first as a share of the second, {what}", median(alike), TARGET),
        Row(
            f"the first as a share of the quickest bare loop, whatever it has under way, {what}",
            f"{median(best):.2f}",
        ),
    ]


def _bare(stage: Stage, waiting: Backlog) -> dict[int, float]:
    """Let the bare loop send; returns messages a second by how many requests it has under way."""
    url, size = stage.place.simulator_url, waiting.size
    rates = {
        many: bare_sending.run(Job(url, waiting.numbers, TOKEN, size, many)) for many in (*_FEWER, _IN_FLIGHT)
    }
    say("         bare: " + " · ".join(f"{many}: {rate(one)}" for many, one in rates.items()))
    return rates


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
