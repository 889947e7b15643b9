"""How many posts a second one web process acknowledges, against the bare handler, in turns."""

from tests.bench import load
from tests.bench.figures import median, rate
from tests.bench.load import Job, Outcome
from tests.bench.report import Row, at_least
from tests.bench.stage import Stage

TARGET = 0.6

_ROUNDS = 5
_SECONDS = 3.0
_CONNECTIONS = 32
_FASTEST = 4500
"""Posts a second that no round exceeds."""


def measure(stage: Stage) -> list[Row]:
    """Let both run, idle but for their own rounds; every acknowledged post must be in the table."""
    with stage.web_alone() as ours, stage.bare() as bare:
        for place in (ours, bare):
            _round(place.port, seconds=1.0)
        stage.forget_posts()
        rounds = [(_round(ours.port), _round(bare.port)) for _ in range(_ROUNDS)]
    product, reference = ([pair[side] for pair in rounds] for side in (0, 1))
    lost = sum(each.acknowledged for each in product) - stage.count("select count(*) from webhook_event")
    stage.forget_posts()
    rates = [median([each.rate for each in side]) for side in (product, reference)]
    busiest = max(each.busy for side in (product, reference) for each in side)
    note = (
        f"Throughput: {_ROUNDS} rounds of {_SECONDS:.0f} s each in turns, {_CONNECTIONS} connections, one web "
        f"process each, no workers; medians. The generator needed at most {busiest:.0%} of a core."
    )
    return [
        Row("acknowledged, one web process", f"{rate(rates[0])} ({_spread(product)})", note=note),
        Row("acknowledged, bare Starlette on granian", f"{rate(rates[1])} ({_spread(reference)})"),
        at_least("the first as a share of the second", rates[0] / rates[1], TARGET),
        Row("acknowledged but not stored", str(lost), "0", lost == 0),
    ]


def _round(port: int, seconds: float = _SECONDS) -> Outcome:
    outcome = load.run(Job(port, round(_FASTEST * seconds), _CONNECTIONS, seconds))
    if outcome.refused:
        raise RuntimeError(f"{outcome.refused} posts were refused.")
    return outcome


def _spread(rounds: list[Outcome]) -> str:
    rates = sorted(each.rate for each in rounds)
    return f"{rates[0]:,.0f}…{rates[-1]:,.0f}"
