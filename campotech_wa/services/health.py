"""Tell whether the product can do its work: database, Redis, workers, and what waits."""

import socket
from datetime import datetime
from urllib.parse import urlsplit

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campotech_wa import clock, settings
from campotech_wa.signals import jobs
from campotech_wa.store import attachments, events, outbox, panics
from campotech_wa.store.transaction import reading

_META_PATIENCE = 1.0
"""Seconds for a TCP connection to Meta; readiness must answer while Meta does not."""


def readiness() -> tuple[bool, dict[str, object]]:
    """Return whether the product is ready, and the parts of that answer."""
    database = _database()
    queue = _redis()
    ready = database["ok"] is True and queue["ok"] is True and bool(queue.get("workers"))
    parts = {"database": database, "redis": queue, "meta": _meta(), "panic": _panic()}
    return ready, {"ready": ready, **parts}


def _database() -> dict[str, object]:
    try:
        with reading() as session:
            session.execute(text("select 1"))
            intake, outbound = events.backlog(session), outbox.backlog(session, now=clock.now())
            files = attachments.backlog(session)
    except SQLAlchemyError as fault:
        return {"ok": False, "error": type(fault).__name__}
    return {"ok": True, "intake": _backlog(*intake), "outbox": _backlog(*outbound), "media": _backlog(*files)}


def _panic() -> dict[str, object]:
    """Count the numbers that stand still. They make the product unready no more than Meta's absence does."""
    try:
        with reading() as session:
            return {"active": panics.count_active(session)}
    except SQLAlchemyError as fault:
        return {"active": None, "error": type(fault).__name__}


def _redis() -> dict[str, object]:
    try:
        return {"ok": True, "workers": jobs.workers()}
    except RedisError as fault:
        return {"ok": False, "error": type(fault).__name__}


def _meta() -> dict[str, object]:
    """Try to reach Meta. It never makes the product unready: what comes in is kept, what goes out waits."""
    address = urlsplit(settings.get().graph_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        socket.create_connection((address.hostname or "", port), timeout=_META_PATIENCE).close()
    except OSError as fault:
        return {"ok": False, "error": type(fault).__name__}
    return {"ok": True}


def _backlog(depth: int, oldest: datetime | None) -> dict[str, object]:
    age = (clock.now() - oldest).total_seconds() if oldest else 0.0
    return {"depth": depth, "oldest_seconds": round(age, 1)}
