"""One worker's claims in a process of its own: a channel and a count go in, the seconds of each claim come out."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

from campotech_wa.domain.ids import ChannelId, Wamid
from campotech_wa.meta.client import Answer
from campotech_wa.paths import checkout
from campotech_wa.services import credentials
from campotech_wa.services.deliver import admission, claim, pace, record
from campotech_wa.services.deliver.parcel import Parcel
from tests.bench.stage import Stage

T = TypeVar("T")

BATCH = 16
"""Messages of a claim, as a turn makes it."""

_WARM = 20


@dataclass(frozen=True, slots=True)
class Job:
    """What to claim, and how often."""

    channel_id: int
    times: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds of each."""

    claims: list[float]
    """Of a batch, which then went back into its lines."""
    records: list[float]
    """Of the outcome of one message; the next one of its line came forward with it."""


def run(stage: Stage, job: Job) -> Outcome:
    """Have a new process do it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.claiming"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        check=False,
        cwd=checkout(),
        env=stage.variables,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"The claims failed: {done.stderr[-2000:]}")
    return Outcome(**json.loads(done.stdout))


class _Worker:
    """Claims for one channel."""

    def __init__(self, channel_id: ChannelId) -> None:
        known = credentials.by_channel(channel_id)
        if known is None:
            raise RuntimeError("There is no such channel.")
        self._channel, self._pace = known, pace.of(known)

    def claim(self, limit: int = BATCH) -> list[Parcel]:
        return claim.next_parcels(self._channel, self._pace, limit).parcels

    def time_claim(self) -> float:
        claimed, seconds = _timed(self.claim)
        if len(claimed) != BATCH:
            raise RuntimeError(f"{len(claimed)} messages were claimed, and not {BATCH}.")
        admission.put_back(claimed)
        return seconds

    def time_record(self) -> float:
        [parcel] = self.claim(1)
        answer = Answer(Wamid(f"wamid.claim{secrets.token_hex(8)}"))
        return _timed(lambda: record.outcomes([(parcel, answer)]))[1]


def _timed(what: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return what(), time.perf_counter() - began


def main() -> None:
    """Do what standard input describes."""
    job = Job(**json.load(sys.stdin))
    worker = _Worker(ChannelId(job.channel_id))
    records = [worker.time_record() for _ in range(job.times)]
    claims = [worker.time_claim() for _ in range(job.times + _WARM)][_WARM:]
    json.dump(asdict(Outcome(claims, records)), sys.stdout)


if __name__ == "__main__":
    main()
