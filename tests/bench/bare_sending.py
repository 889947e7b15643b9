"""What sending is measured against, a process of its own: asyncio and httpx, and nothing that is written down."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import httpx

from campotech_wa.paths import checkout


@dataclass(frozen=True, slots=True)
class Job:
    """What to send."""

    url: str
    numbers: Sequence[str]
    """They take turns."""
    token: str
    messages: int
    in_flight: int


def run(job: Job) -> float:
    """Have a new process send; returns messages a second."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bare_sending"],
        input=json.dumps(asdict(job)),
        capture_output=True,
        text=True,
        check=False,
        cwd=checkout(),
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"The bare loop failed: {done.stderr[-2000:]}")
    return job.messages / float(done.stdout)


async def _send_all(job: Job) -> float:
    waiting = iter(range(job.messages))
    limits = httpx.Limits(max_connections=job.in_flight, max_keepalive_connections=job.in_flight)
    headers = {"Authorization": f"Bearer {job.token}"}
    async with httpx.AsyncClient(base_url=job.url, limits=limits, headers=headers, timeout=30) as client:
        started = time.perf_counter()
        await asyncio.gather(*(_one_after_another(client, job, waiting) for _ in range(job.in_flight)))
        return time.perf_counter() - started


async def _one_after_another(client: httpx.AsyncClient, job: Job, waiting: Iterator[int]) -> None:
    for turn in waiting:
        number = job.numbers[turn % len(job.numbers)]
        answer = await client.post(f"/v25.0/{number}/messages", json=_payload(turn))
        answer.raise_for_status()
        answer.json()


def _payload(turn: int) -> dict[str, object]:
    """Return what the product sends for such a message."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"54911{20_000_001 + turn * 10}",
        "type": "text",
        "text": {"body": f"Aviso {turn}"},
        "biz_opaque_callback_data": f"bare{turn}.1",
    }


def main() -> None:
    """Send what standard input describes; write the seconds."""
    sys.stdout.write(str(asyncio.run(_send_all(Job(**json.load(sys.stdin))))))


if __name__ == "__main__":
    main()
