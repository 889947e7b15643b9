"""How long Meta waits for its 200 when posts come at their own pace, while the workers process them."""

from tests.bench import load
from tests.bench.figures import milliseconds, percentile
from tests.bench.load import Job, Outcome
from tests.bench.report import Row, below
from tests.bench.stage import Stage

TARGET = 0.025

_RATE = 300
_SECONDS = 15.0
_CONNECTIONS = 48


def measure(stage: Stage) -> list[Row]:
    """Post on schedule to the bare handler, then to the whole product."""
    with stage.bare() as bare:
        reference = _posted(bare.port)
    with stage.product() as ours:
        outcome = _posted(ours.port)
        behind = stage.wait_until_processed()
    late = percentile(outcome.late, 0.99)
    note = (
        f"Acknowledgement: {_RATE} posts a second for {_SECONDS:.0f} s, counted from each post's scheduled "
        f"time, sent or not (the generator was {milliseconds(late)} late at the 99th percentile); web "
        "processes, workers and scheduler as `campotech-wa demo` starts them."
    )
    return [
        Row(
            f"acknowledgement at {_RATE}/s, p50", milliseconds(percentile(outcome.latencies, 0.5)), note=note
        ),
        below(
            f"acknowledgement at {_RATE}/s, p99",
            percentile(outcome.latencies, 0.99),
            TARGET,
            milliseconds,
        ),
        Row("the same of the bare handler, p50 · p99", _both(reference)),
        Row("all posts processed after the last one", f"{behind:.1f} s"),
    ]


def _posted(port: int) -> Outcome:
    outcome = load.run(Job(port, round(_RATE * _SECONDS), _CONNECTIONS, _SECONDS, rate=_RATE))
    if outcome.refused:
        raise RuntimeError(f"{outcome.refused} posts were refused.")
    return outcome


def _both(outcome: Outcome) -> str:
    return " · ".join(milliseconds(percentile(outcome.latencies, share)) for share in (0.5, 0.99))
