"""The only place that commits: one use case, one transaction, signals only after it."""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campotech_wa.store.database import engine, lock_engine

P = ParamSpec("P")
R = TypeVar("R")

_DEADLOCK = "40P01"
_TRIES = 3
"""Rounds for a use case that is ended because it and another one wait for each other."""

log = logging.getLogger(__name__)


class Transaction:
    """A session and the signals to give once it is committed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._signals: list[Callable[[], object]] = []

    def after_commit(self, signal: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call ``signal`` when, and only when, everything is committed."""
        self._signals.append(lambda: signal(*args, **kwargs))

    def give_signals(self) -> None:
        """Call the signals. They handle their own faults: what they announce is already true."""
        for signal in self._signals:
            signal()


@contextmanager
def transaction() -> Generator[Transaction]:
    """Run one use case: everything it writes is committed together, or nothing is."""
    with Session(engine(), expire_on_commit=False) as session:
        tx = Transaction(session)
        yield tx
        session.commit()
    tx.give_signals()


def patiently(use_case: Callable[[Transaction], R]) -> R:
    """Run a use case in a transaction, and again if it and another one waited for each other.

    A merge of customers and whoever writes to them need the same rows: PostgreSQL lets one of the two go.
    """
    for left in reversed(range(_TRIES)):
        try:
            with transaction() as tx:
                done = use_case(tx)
        except OperationalError as fault:
            if left == 0 or getattr(fault.orig, "sqlstate", "") != _DEADLOCK:
                raise
        else:
            return done
    raise AssertionError("The last round raises or returns.")


@contextmanager
def reading() -> Generator[Session]:
    """Open a session that will not write.

    Without BEGIN and ROLLBACK, two of four round trips: each statement sees what is committed then, in both cases.
    """
    with Session(engine().execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False) as session:
        yield session


@contextmanager
def exclusive(kind: int, channel_id: int) -> Generator[bool]:
    """Hold the lock of one kind of work on one channel; yields False when somebody else holds it.

    PostgreSQL frees the lock when the connection ends, so a killed worker blocks nobody: that is why the lock
    is not a lease in Redis and not RQ's ``RateLimit`` (docs/decisions/0003).
    """
    with lock_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        keys = {"kind": kind, "channel": channel_id}
        held = bool(connection.execute(text("select pg_try_advisory_lock(:kind, :channel)"), keys).scalar())
        try:
            yield held
        finally:
            if held and not connection.invalidated:
                connection.execute(text("select pg_advisory_unlock(:kind, :channel)"), keys)
