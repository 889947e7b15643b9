"""The table that a run prints: what was measured, what it should be, whether it is."""

import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import psutil

HEADINGS = ("measurement", "measured", "target", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``reached`` is None where there is nothing to reach."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None
    note: str = ""
    """How to read the figure; shown below the table."""

    @property
    def verdict(self) -> str:
        """Say in a word whether the target is reached."""
        return {True: "reached", False: "MISSED", None: ""}[self.reached]


def below(what: str, value: float, target: float, written: Callable[[float], str], note: str = "") -> Row:
    """Judge a figure that should be small."""
    return Row(what, written(value), f"< {written(target)}", value < target, note)


def at_least(what: str, value: float, target: float, note: str = "") -> Row:
    """Judge a ratio that should be large."""
    return Row(what, f"{value:.2f}", f"≥ {target:.2f}", value >= target, note)


def at_most(what: str, value: float, target: float, note: str = "") -> Row:
    """Judge a ratio that should be small."""
    return Row(what, f"{value:.2f}", f"≤ {target:.2f}", value <= target, note)


def table(rows: Sequence[Row]) -> str:
    """Draw the rows as a Markdown table, with their notes below."""
    lines = [HEADINGS, *((row.what, row.measured, row.target, row.verdict) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    notes = dict.fromkeys(row.note for row in rows if row.note)
    return "\n".join(chain(drawn, [""] if notes else [], (f"- {note}" for note in notes)))


def machine() -> str:
    """Say in a line what the figures were measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f} before the start"
    )


def say(text: str) -> None:
    """Write a line for people."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
