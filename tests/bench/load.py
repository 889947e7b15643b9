"""The load generator, a process of its own: reads a job as JSON, prepares its posts, sends them, writes what came."""

import asyncio
import json
import subprocess
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass, field

from campotech_wa.paths import checkout
from tests.bench import posts
from tests.bench.wire import Connection

OK = 200


@dataclass(frozen=True, slots=True)
class Job:
    """What to send. With a rate, posts leave at their scheduled times; without, as fast as they are answered."""

    port: int
    count: int
    """Posts to prepare; a job without a rate may end before they are used up."""
    connections: int
    seconds: float
    rate: float = 0.0
    wamids: list[str] = field(default_factory=list[str])
    """With some, each post tells that one of these is delivered; else each brings a text."""


@dataclass(slots=True)
class Outcome:
    """What came of it; times are in seconds."""

    began: float = 0.0
    """By the clock that all processes of a machine share."""
    acknowledged: int = 0
    refused: int = 0
    seconds: float = 0.0
    """From the first post to the last answer."""
    busy: float = 0.0
    """Share of a core that the generator itself needed: near 1, it was the bottleneck."""
    late: list[float] = field(default_factory=list[float])
    """How long after its scheduled time each post left."""
    latencies: list[float] = field(default_factory=list[float])
    """From the scheduled time, or from sending, to the answer."""

    @property
    def rate(self) -> float:
        """Acknowledged posts a second."""
        return self.acknowledged / self.seconds


def run(job: Job) -> Outcome:
    """Have a new process do a job."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        check=False,
        cwd=checkout(),
        timeout=60 + job.seconds * 3,
    )
    if done.returncode:
        raise RuntimeError(f"The load generator failed: {done.stderr[-2000:]}")
    return Outcome(**json.loads(done.stdout))


async def _carry_out(job: Job) -> Outcome:
    prepared = deque(posts.statuses(job.wamids) if job.wamids else posts.requests(job.count))
    connections = [await Connection.to(job.port) for _ in range(job.connections)]
    outcome = Outcome()
    started, worked = time.perf_counter(), time.process_time()
    if job.rate:
        await _on_schedule(job, prepared, connections, outcome)
    else:
        end = started + job.seconds
        await asyncio.gather(*(_one_after_another(each, prepared, end, outcome) for each in connections))
    outcome.seconds = time.perf_counter() - started
    outcome.busy = (time.process_time() - worked) / outcome.seconds
    for connection in connections:
        connection.close()
    return outcome


async def _one_after_another(
    connection: Connection, prepared: deque[bytes], end: float, outcome: Outcome
) -> None:
    while prepared and (sent_at := time.perf_counter()) < end:
        await _post(connection, prepared.popleft(), sent_at, outcome)


async def _on_schedule(
    job: Job, prepared: deque[bytes], connections: list[Connection], outcome: Outcome
) -> None:
    idle: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        idle.put_nowait(connection)
    outcome.began = started = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for turn in range(min(len(prepared), int(job.rate * job.seconds))):
            due = started + turn / job.rate
            await asyncio.sleep(due - time.perf_counter())
            tasks.create_task(_post_when_free(idle, prepared.popleft(), due, outcome))


async def _post_when_free(
    idle: asyncio.Queue[Connection], request: bytes, due: float, outcome: Outcome
) -> None:
    connection = await idle.get()
    outcome.late.append(time.perf_counter() - due)
    await _post(connection, request, due, outcome)
    idle.put_nowait(connection)


async def _post(connection: Connection, request: bytes, since: float, outcome: Outcome) -> None:
    status = await connection.post(request)
    outcome.latencies.append(time.perf_counter() - since)
    if status == OK:
        outcome.acknowledged += 1
    else:
        outcome.refused += 1


def main() -> None:
    """Do the job that standard input describes."""
    outcome = asyncio.run(_carry_out(Job(**json.load(sys.stdin))))
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
