"""Let Meta write to the desk, let staff answer, and look into the tables: what several files of tests share."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from sqlalchemy import text as sql

from campotech_wa import settings
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, Wamid
from campotech_wa.embedded import Server
from campotech_wa.meta.client import Answer, GraphClient
from campotech_wa.services import compose, credentials, deliver, process
from campotech_wa.services.deliver import claim, pace, record
from campotech_wa.services.deliver.parcel import Outcome, Parcel
from campotech_wa.services.receive import Receiver
from campotech_wa.signals import jobs
from campotech_wa.signals.connection import redis
from campotech_wa.store.database import engine

JsonObject = dict[str, Any]

ANA, BETO = "5491131234567", "5493515123456"
NUMBER = "100000000000001"
SECRET = "demo-app-secret-1"
PATIENCE = 30.0
"""Seconds after which an awaited thing is not coming; far more than a busy machine needs."""

_wamids = count(1)


def text(body: str = "Hola", *, sender: str | None = ANA, wamid: str = "", **more: object) -> JsonObject:
    """Build a customer's text as Meta posts it; its time is now unless told otherwise."""
    message: JsonObject = {
        "id": wamid or f"wamid.in.{next(_wamids)}",
        "timestamp": unix(datetime.now(UTC)),
        "type": "text",
        "text": {"body": body},
    }
    return message | ({"from": sender} if sender else {}) | more


def status(wamid: str, word: str, **more: object) -> JsonObject:
    """Build a status as Meta posts it."""
    return {"id": wamid, "status": word, "timestamp": unix(datetime.now(UTC)), **more}


def failed(wamid: str, code: int = 131026, **more: object) -> JsonObject:
    """Build the status of a message that could not be delivered."""
    reason = {"code": code, "title": "Undeliverable", "error_data": {"details": "It could not be delivered."}}
    return status(wamid, "failed", errors=[reason], **more)


def value(
    *,
    messages: list[Any] | None = None,
    statuses: list[Any] | None = None,
    name: str = "Ana Gómez",
    number: str = NUMBER,
) -> JsonObject:
    """Build the value of one change; a single contact names whoever writes."""
    body: JsonObject = {"metadata": {"phone_number_id": number}, "statuses": statuses or []}
    return body | ({"contacts": [{"profile": {"name": name}}], "messages": messages} if messages else {})


def payload(*values: JsonObject) -> bytes:
    """Build the body of a POST with one change a value; no two of them are alike."""
    changes = [{"field": "messages", "value": each} for each in values]
    return json.dumps({"entry": [{"id": str(uuid4()), "changes": changes}]}).encode()


def sign(body: bytes, secret: str = SECRET) -> str:
    """Sign a body as Meta does."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(*bodies: bytes, key: str = "demo-1", secret: str = SECRET) -> None:
    """Have bodies received, in order, through the front door."""

    async def one_by_one() -> None:
        receiver = Receiver()
        for body in bodies:
            await receiver.receive(key, body, sign(body, secret))

    asyncio.run(one_by_one())


def hear(*messages: JsonObject, name: str = "Ana Gómez") -> ConversationId:
    """Receive and process messages in one POST; returns the conversation of the newest."""
    post(payload(value(messages=list(messages) or [text()], name=name)))
    process.channel(ChannelId(1))
    return ConversationId(one("select conversation_id from wa_message order by id desc limit 1"))


def report(*statuses: JsonObject) -> None:
    """Receive and process statuses in one POST."""
    post(payload(value(statuses=list(statuses))))
    process.channel(ChannelId(1))


def say(actor: Actor, conversation_id: ConversationId, body: str = "Ya salimos") -> MessageId:
    """Answer a customer; the message waits in the outbox."""
    return compose.text(actor, conversation_id, body, key=str(uuid4())).message_id


def drain(channel_id: int = 1, *, url: str = "") -> None:
    """Drain a channel's outbox as a worker does, against the simulator or another server."""
    client = _client(url or settings.get().graph_url)
    asyncio.run_coroutine_threadsafe(deliver.channel(ChannelId(channel_id), client), _loop()).result(PATIENCE)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of every drain: as in a worker, connections outlive a drain, and cost is shared."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="drains", daemon=True).start()
    return loop


@cache
def _client(url: str) -> GraphClient:
    return GraphClient(url, settings.get().graph_version)


def claimed(limit: int = 8) -> list[Parcel]:
    """Claim what may leave the first channel's outbox, as a turn does."""
    channel = credentials.by_channel(ChannelId(1))
    assert channel is not None
    return claim.next_parcels(channel, pace.of(channel), limit).parcels


def settle(parcel: Parcel, outcome: Outcome | str) -> None:
    """Record what became of a parcel; a text is the wamid of an acceptance."""
    record.outcomes([(parcel, Answer(Wamid(outcome)) if isinstance(outcome, str) else outcome)])


def rows(query: str, **values: object) -> list[JsonObject]:
    """Read rows."""
    with engine().connect() as connection:
        return [dict(row) for row in connection.execute(sql(query), values).mappings()]


def one(query: str, **values: object) -> Any:
    """Read the only column of the only row."""
    [row] = rows(query, **values)
    [column] = row.values()
    return column


def change(statement: str, **values: object) -> None:
    """Change the tables behind the product's back: time passes, a disaster happens."""
    with engine().begin() as connection:
        connection.execute(sql(statement), values)


def state_of(message_id: MessageId) -> str:
    """Return the state of a message."""
    return str(one("select state from wa_message where id = :id", id=message_id))


def history_of(message_id: MessageId) -> list[str]:
    """Return every state that a message has been in, as they were recorded."""
    lines = rows("select state from wa_message_state where message_id = :id order by id", id=message_id)
    return [str(line["state"]) for line in lines]


def woken(queue: str) -> list[tuple[str, int]]:
    """Return the jobs that wait in a queue, each with its channel."""
    waiting: list[Any] = jobs.queue(queue).jobs
    return [(str(job.func_name), int(job.args[0])) for job in waiting]


def let_time_pass() -> None:
    """Make everything due that only waits for its time."""
    change("update wa_outbound_queue set due_at = due_at - interval '1 hour'")
    change("update webhook_event set due_at = due_at - interval '1 hour'")


@contextmanager
def forbidden(table: str, condition: str) -> Generator[None]:
    """Have PostgreSQL refuse rows of a table that do not meet a condition: a fault that is nobody's content."""
    change(f"alter table {table} add constraint test_fault check ({condition}) not valid")
    try:
        yield
    finally:
        change(f"alter table {table} drop constraint test_fault")


def eventually(seen: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Ask until the answer is true, and return it."""
    deadline = monotonic() + patience
    while not (answer := seen()):
        assert monotonic() < deadline, "It never happened."
        sleep(0.02)
    return answer


def unix(moment: datetime) -> str:
    """Write a moment as Meta does."""
    return str(int(moment.timestamp()))


def ago(**time: float) -> str:
    """Write a moment in the past as Meta does."""
    return unix(datetime.now(UTC) - timedelta(**time))


@contextmanager
def listening(organization_id: int = 1) -> Generator[Callable[..., JsonObject | None]]:
    """Listen to an organization's live events; yields a way to take the next one, or None if none comes."""
    with redis().pubsub(ignore_subscribe_messages=True) as heard:  # pyright: ignore[reportUnknownMemberType]
        heard.subscribe(f"live:{organization_id}")  # pyright: ignore[reportUnknownMemberType]
        heard.get_message(timeout=1)

        def next_event(patience: float = 1) -> JsonObject | None:
            message: Any = heard.get_message(timeout=patience)  # pyright: ignore[reportUnknownVariableType]
            return json.loads(message["data"]) if message else None

        yield next_event


@contextmanager
def without(server: Server) -> Generator[None]:
    """Kill a server as a crash would, and bring it back afterwards."""
    server.kill()
    try:
        yield
    finally:
        server.start()


@contextmanager
def graph_answering(status: int, body: str, *, delay: float = 0) -> Generator[str]:
    """Serve an answer that the simulator never gives; yields the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            sleep(delay)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
