"""What a claim costs when a million messages wait, against a thousand; and beside one customer with ten thousand."""

from dataclasses import dataclass

from tests.bench import backlog, claiming
from tests.bench.backlog import Backlog
from tests.bench.claiming import Job
from tests.bench.figures import median, milliseconds
from tests.bench.report import Row, at_most, say
from tests.bench.stage import Stage

TARGET = 1.5

PACE = 100_000_000
SMALL = Backlog(organizations=1, customers=100, messages=10, sends_per_minute=PACE)
LARGE = Backlog(organizations=1, customers=100_000, messages=10, sends_per_minute=PACE)
LONG_LINE = 10_000

_TIMES = 200


@dataclass(frozen=True, slots=True)
class Costs:
    """Medians, in seconds."""

    claim: float
    record: float


def measure(stage: Stage) -> list[Row]:
    """Claim from each outbox, and record outcomes; the claimed messages go back."""
    small = _costs(stage, _fill(stage, SMALL))
    channel = _fill(stage, LARGE)
    large = _costs(stage, channel)
    backlog.lengthen(stage, LONG_LINE)
    long = _costs(stage, channel)
    backlog.clear(stage)
    note = (
        f"Claim: medians of {_TIMES} claims of {claiming.BATCH} messages each, with their commits, from one number's "
        f"outbox; and of recording one outcome, which lets the next of its line come forward. The long line is one "
        f"customer's {LONG_LINE:,} messages among the million, and its outcomes are those that are recorded."
    )
    return [
        Row(f"claim of {claiming.BATCH} from {SMALL.size:,} waiting", milliseconds(small.claim), note=note),
        Row(f"the same from {LARGE.size:,}", milliseconds(large.claim)),
        at_most("the second as a multiple of the first", large.claim / small.claim, TARGET),
        at_most("the same with one line of 10,000", long.claim / small.claim, TARGET),
        Row("recording an outcome: 1,000 · 1,000,000 · long line", _both(small, large, long)),
        at_most("the last as a multiple of the first", long.record / small.record, TARGET),
    ]


def _fill(stage: Stage, waiting: Backlog) -> int:
    """Put so much into the outbox, in place of what was there; returns the number's channel."""
    say(f"         putting {waiting.size:,} messages into the outbox")
    backlog.clear(stage)
    [channel] = waiting.add(stage)
    return channel


def _costs(stage: Stage, channel: int) -> Costs:
    done = claiming.run(stage, Job(channel, _TIMES))
    return Costs(median(done.claims), median(done.records))


def _both(*costs: Costs) -> str:
    return " · ".join(milliseconds(each.record) for each in costs)
