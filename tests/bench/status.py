"""From a status of Meta's to the changed state in the database, while many come."""

import secrets
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import psycopg

from tests.bench import load, posts
from tests.bench.figures import median, milliseconds, percentile
from tests.bench.load import Job
from tests.bench.report import Row, below
from tests.bench.stage import Stage

MEDIAN, P99 = 0.100, 0.500

_RATE = 200
_SECONDS = 15.0
_CONNECTIONS = 48
_PATIENCE = 30.0
_LOOK = 0.004

_SENT = """
with thread as (
    select id, row_number() over (order by id) - 1 as turn from conversation where channel_id = 1 limit %(customers)s
), message as (
    insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content, envelope,
                            wamid, state, error_detail, sent_at)
    select 1, 1, thread.id, 'outbound', 'desk', 'text', '{"body": "Vamos"}', '{}', sent.wamid, 'sent', '', now()
    from unnest(%(wamids)s::text[]) with ordinality as sent(wamid, number)
    join thread on thread.turn = (sent.number - 1) %% %(customers)s
    returning id, wamid
)
insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, finished_at, outcome, wamid)
select 1, 1, id, 1, now(), now(), 'accepted', wamid from message
"""

_DELIVERED = """
select line.id, message.wamid from wa_message_state line join wa_message message on message.id = line.message_id
where line.id > %s and line.state = 'delivered' and message.state = 'delivered'
"""
_OVERLAP = 2_000
"""Lines become visible in another order than they are numbered in: each look goes back so far."""


class Watch:
    """Looks at the database from the side, and notes when it sees which message delivered."""

    def __init__(self, stage: Stage) -> None:
        self.seen: dict[str, float] = {}
        self._database = stage.database
        self._is_over = threading.Event()

    def look(self) -> None:
        """Look until told to stop."""
        newest = 0
        with psycopg.connect(self._database, autocommit=True) as connection:
            while not self._is_over.wait(_LOOK):
                found = connection.execute(_DELIVERED, (newest - _OVERLAP,)).fetchall()
                now = time.perf_counter()
                for number, wamid in found:
                    newest = max(newest, number)
                    self.seen.setdefault(wamid, now)

    def stop(self) -> None:
        """End it."""
        self._is_over.set()


def measure(stage: Stage) -> list[Row]:
    """Post statuses on schedule to the whole product, and look from the side when each is in the database."""
    with stage.product() as place:
        stage.conversation()
        wamids = _sent(stage, round(_RATE * _SECONDS))
        with _watching(stage) as watch:
            outcome = load.run(Job(place.port, 0, _CONNECTIONS, _SECONDS, rate=_RATE, wamids=wamids))
            _wait(watch, len(wamids))
    due = {wamid: outcome.began + turn / _RATE for turn, wamid in enumerate(wamids)}
    times = [watch.seen[wamid] - at for wamid, at in due.items()]
    note = (
        f"Statuses: {_RATE} posts a second for {_SECONDS:.0f} s, each about a message of its own in "
        f"{posts.CUSTOMERS} conversations, counted from each post's scheduled time to when another connection sees "
        f"the new state; web processes, workers and scheduler as `campotech-wa demo` starts them."
    )
    return [
        below(f"status to the changed state at {_RATE}/s, median", median(times), MEDIAN, milliseconds, note),
        below("the same, p99", percentile(times, 0.99), P99, milliseconds),
    ]


def _sent(stage: Stage, how_many: int) -> list[str]:
    """Put messages into the store as if Meta had accepted and sent them."""
    wamids = [f"wamid.status{secrets.token_hex(12)}" for _ in range(how_many)]
    with psycopg.connect(stage.database) as connection:
        connection.execute(_SENT, {"wamids": wamids, "customers": posts.CUSTOMERS})
    return wamids


@contextmanager
def _watching(stage: Stage) -> Generator[Watch]:
    watch = Watch(stage)
    thread = threading.Thread(target=watch.look, name="watch")
    thread.start()
    try:
        yield watch
    finally:
        watch.stop()
        thread.join()


def _wait(watch: Watch, how_many: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while len(watch.seen) < how_many:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{how_many - len(watch.seen)} statuses never reached the database.")
        time.sleep(0.05)
