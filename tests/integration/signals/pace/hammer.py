"""A worker that asks without rest, sends to nobody, and writes down what it did. Arguments: the journal, its name."""

import random
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

from redis.exceptions import RedisError

from campotech_wa.signals import pace
from campotech_wa.signals.pace.running import Spans
from tests.integration.signals.pace.journal import Journal
from tests.integration.signals.pace.pacing import ONE, ask

LIMIT = 20
SPANS = Spans(window=timedelta(seconds=2), request=timedelta(seconds=0.5))


def main() -> None:
    """Work until somebody ends it."""
    journal, name = Journal(Path(sys.argv[1])), sys.argv[2]
    for turn in count():
        try:
            _work(journal, f"{name}.{turn}")
        except (RedisError, pace.PaceUnknown):
            continue


def _work(journal: Journal, turn: str) -> None:
    """Claim, commit, ask, send, tell: the order of the real one."""
    if pace.room(ONE, limit=LIMIT) is None:
        pace.seed(ONE, journal.past, spans=SPANS)
    slots = [f"{turn}.{i}" for i in range(random.randint(1, 5))]  # noqa: S311  (no secret)
    journal.write("attempt", *slots)
    sent = [each.slot for each in _verdicts(journal, slots) if each.is_granted]
    journal.write("void", *(slot for slot in slots if slot not in sent))
    journal.write("request", *sent)
    time.sleep(random.uniform(0, 0.05))  # noqa: S311
    journal.write("answer", *sent)
    pace.finished(ONE, sent, spans=SPANS)


def _verdicts(journal: Journal, slots: list[str]) -> list[pace.Verdict]:
    try:
        return pace.admit(ONE, [ask(slot, limit=LIMIT) for slot in slots], spans=SPANS)
    except (RedisError, pace.PaceUnknown):
        journal.write("void", *slots)
        raise


if __name__ == "__main__":
    main()
