"""What the command line says to people: progress with elapsed seconds, a box, one last sentence."""

import sys
import time
from dataclasses import dataclass, field

SPEAKER = "campotech-wa: "
"""Before a sentence on standard error, as other command lines do."""

HEARTBEAT = 10.0
"""Seconds of silence after which a long step says that it still works."""


@dataclass(slots=True)
class Console:
    """Says what happens, on standard output, each line with the seconds since the start."""

    started_at: float = field(default_factory=time.monotonic)
    spoke_at: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """The seconds since the start."""
        return time.monotonic() - self.started_at

    def step(self, text: str) -> None:
        """Say what begins now."""
        self.spoke_at = time.monotonic()
        say(f"{self.elapsed:6.1f} s  {text}")

    def heartbeat(self) -> None:
        """Say that a long step still works, now and then."""
        if time.monotonic() - self.spoke_at >= HEARTBEAT:
            self.step("… still working")

    def note(self, text: str) -> None:
        """Report something that happened later, with the time of day."""
        say(f"{time.strftime('%H:%M:%S')}  {text}")


def say(text: str) -> None:
    """Write a line for people, whatever their terminal can show."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def fail(sentence: str) -> None:
    """Write the sentence that says why nothing more happens and what to do."""
    sys.stderr.write(f"{SPEAKER}{sentence}\n")
    sys.stderr.flush()


def box(lines: list[str]) -> None:
    """Show lines in a frame."""
    width = max(map(len, lines))
    drawn = _can_draw()
    top, side, bottom = ("┌{}┐", "│", "└{}┘") if drawn else ("+{}+", "|", "+{}+")
    rule = ("─" if drawn else "-") * (width + 2)
    body = (f"{side} {line:<{width}} {side}" for line in lines)
    say("\n".join(("", top.format(rule), *body, bottom.format(rule), "")))


def _can_draw() -> bool:
    try:
        "┌".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
