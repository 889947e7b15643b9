"""Measure everything, or what is named, and print one table: ``python -m tests.bench [--cold] [NAME …]``."""

import argparse
import sys
import time
from collections.abc import Callable

from tests.bench import acknowledgement, throughput
from tests.bench.report import Row, machine, say, table
from tests.bench.stage import Stage, prepared

STAGED: dict[str, Callable[[Stage], list[Row]]] = {
    "throughput": throughput.measure,
    "acknowledgement": acknowledgement.measure,
}
"""In this order, on one stage."""


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(STAGED))
    options = parser.parse_args()
    facts, started = machine(), time.monotonic()
    rows: list[Row] = []
    with prepared() as stage:
        for name, measure in STAGED.items():
            if not options.names or name in options.names:
                say(f"{time.monotonic() - started:6.1f} s  {name}")
                rows += measure(stage)
    say(f"\n{facts}; {time.monotonic() - started:.0f} s in all\n\n{table(rows)}")
    sys.exit(0)


if __name__ == "__main__":
    main()
