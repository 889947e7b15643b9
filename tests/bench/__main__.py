"""Measure everything, or what is named, and print one table: ``python -m tests.bench [--cold] [NAME …]``."""

import argparse
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.bench import (
    acknowledgement,
    claim,
    fairness,
    first_page,
    intake,
    media,
    outbound,
    start,
    status,
    throughput,
    to_dom,
    to_simulator,
)
from tests.bench.report import Row, machine, say, table
from tests.bench.stage import Stage, prepared

STAGED: dict[str, Callable[[Stage], list[Row]]] = {
    "throughput": throughput.measure,
    "acknowledgement": acknowledgement.measure,
    "intake": intake.measure,
    "media": media.measure,
    "to_dom": to_dom.measure,
    "to_simulator": to_simulator.measure,
    "first_page": first_page.measure,
    "outbound": outbound.measure,
    "fairness": fairness.measure,
    "claim": claim.measure,
    "status": status.measure,
}
"""What needs a stage; all share one."""

ALONE: dict[str, Callable[[], list[Row]]] = {"start": start.measure, "cold": start.measure_cold}


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join((*STAGED, *ALONE)))
    parser.add_argument("--cold", action="store_true", help="also time `make demo` in a fresh clone")
    options = parser.parse_args()
    names = list(dict.fromkeys(options.names or [*STAGED, "start"])) + ["cold"] * options.cold
    if unknown := set(names) - {*STAGED, *ALONE}:
        parser.error(f"No such measurement: {', '.join(sorted(unknown))}.")
    facts, started = machine(), time.monotonic()
    rows: list[Row] = []
    with ExitStack() as stack:
        stage = stack.enter_context(prepared()) if set(names) & set(STAGED) else None
        for name in names:
            say(f"{time.monotonic() - started:6.1f} s  {name}")
            rows += STAGED[name](stage) if stage and name in STAGED else ALONE[name]()
    say(f"\n{facts}; {time.monotonic() - started:.0f} s in all\n\n{table(rows)}")


if __name__ == "__main__":
    main()
