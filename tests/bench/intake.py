"""How many messages and statuses a second one worker process parses and stores, and what that does to its memory."""

import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, islice

import psycopg

from campotech_wa.paths import ROOT
from tests.bench import posts
from tests.bench.figures import median, rate
from tests.bench.report import Row
from tests.bench.stage import Stage

TEXTS_A_SECOND, STATUSES_A_SECOND = 400, 800

_ROUNDS = 3
_BACKLOG = 2_000
_ENDURANCE = 100_000
_GROWTH_MB = 10
"""Of 100,000 webhooks; less than a tenth of a kilobyte each."""

_PROCESS = """
import sys, time, psutil
from campotech_wa.services import process
from campotech_wa.domain.ids import ChannelId
process.channel(ChannelId(1))
for line in sys.stdin:
    began = time.perf_counter()
    process.channel(ChannelId(1))
    print(time.perf_counter() - began, psutil.Process().memory_info().rss, flush=True)
"""

_numbers = count(1)


def measure(stage: Stage) -> list[Row]:
    """Time a backlog of one text or one status a POST, then let a hundred thousand pass through one process."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROCESS],
        env=stage.variables,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        try:
            _round(stage, worker, _texts(200))
            texts = [_round(stage, worker, _texts(_BACKLOG))[0] for _ in range(_ROUNDS)]
            statuses = [_round(stage, worker, _statuses(stage, _BACKLOG))[0] for _ in range(_ROUNDS)]
            before, after = _endure(stage, worker)
        finally:
            worker.terminate()
    note = (
        f"Intake: one process takes a backlog of {_BACKLOG:,} posts, each with one text or one status; median of "
        f"{_ROUNDS}. Statuses tell sent, delivered and read of {_BACKLOG // 3} messages in turn."
    )
    grown = (after - before) / 2**20
    return [
        _at_least("texts parsed and stored, one process", median(texts), TEXTS_A_SECOND, note),
        _at_least("statuses parsed and stored, one process", median(statuses), STATUSES_A_SECOND, note),
        Row(
            f"memory added by {_ENDURANCE:,} more webhooks",
            f"{grown:.1f} MB",
            f"< {_GROWTH_MB} MB",
            grown < _GROWTH_MB,
        ),
    ]


def _endure(stage: Stage, worker: "subprocess.Popen[str]") -> tuple[int, int]:
    before = _round(stage, worker, _texts(_BACKLOG))[1]
    after = before
    for _ in range(_ENDURANCE // 10_000):
        after = _round(stage, worker, _texts(10_000))[1]
    return before, after


def _round(stage: Stage, worker: "subprocess.Popen[str]", bodies: Iterator[bytes]) -> tuple[float, int]:
    """Store posts, have them processed; returns posts a second and the process's memory."""
    stored = _store(stage, bodies)
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()
    seconds, memory = worker.stdout.readline().split()
    left = stage.count("select count(*) from webhook_event where processed_at is null")
    if left:
        raise RuntimeError(f"{left} posts were not processed.")
    stage.forget_posts()
    return stored / float(seconds), int(memory)


def _store(stage: Stage, bodies: Iterator[bytes]) -> int:
    with psycopg.connect(stage.database) as connection, connection.cursor() as cursor:
        columns = "organization_id, channel_id, digest, body, attempts, error"
        with cursor.copy(f"copy webhook_event ({columns}) from stdin") as copy:
            stored = 0
            for body in bodies:
                copy.write_row((1, 1, hashlib.sha256(body).digest(), body, 0, ""))
                stored += 1
    return stored


def _texts(how_many: int) -> Iterator[bytes]:
    return (posts.body(f"¿Pueden venir hoy? {posts.marker()}", customer=turn) for turn in range(how_many))


def _statuses(stage: Stage, how_many: int) -> Iterator[bytes]:
    """Write three statuses for each of as many messages as that takes, which wait for them."""
    sent = list(_send(stage, how_many // 3 + 1))
    told = ((message, wamid, word) for word in ("sent", "delivered", "read") for message, wamid in sent)
    return (_status(*one) for one in islice(told, how_many))


def _send(stage: Stage, how_many: int) -> Iterator[tuple[int, str]]:
    """Put messages into the store as if Meta had just accepted them."""
    conversation = stage.count("select min(id) from conversation")
    with psycopg.connect(stage.database) as connection:
        for _ in range(how_many):
            wamid = f"wamid.out{secrets.token_hex(12)}"
            [message] = connection.execute(_MESSAGE, (conversation, wamid)).fetchone() or (0,)
            connection.execute(_ATTEMPT, (message, wamid))
            yield message, wamid


_MESSAGE = """
insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content, envelope,
                        wamid, state, error_detail, sent_at)
values (1, 1, %s, 'outbound', 'desk', 'text', '{"body": "Vamos"}', '{}', %s, 'queued', '', now()) returning id
"""
_ATTEMPT = """
insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, outcome, wamid)
values (1, 1, %s, 1, now(), 'accepted', %s)
"""


def _status(message: int, wamid: str, word: str) -> bytes:
    report = {
        "id": wamid,
        "status": word,
        "timestamp": str(int(time.time())),
        "recipient_id": posts.number(0),
    }
    report |= {
        "pricing": {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
    }
    return json.dumps(posts.payload({"statuses": [report]})).encode()


def _at_least(what: str, value: float, target: float, note: str) -> Row:
    written: Callable[[float], str] = rate
    return Row(what, written(value), f"≥ {written(target)}", value >= target, note)
