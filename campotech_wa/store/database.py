"""The one engine of a process, made at first use, so that forked web workers never share a connection."""

from functools import cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from campotech_wa import settings

_CONNECTING = {
    "connect_timeout": 3,
    "application_name": "campotech-wa",
    "options": "-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=60000",
}


@cache
def engine() -> Engine:
    """Return the engine of this process."""
    return create_engine(
        _with_driver(settings.get().database_url),
        pool_size=8,
        max_overflow=8,
        pool_timeout=5,
        # PostgreSQL may have been restarted since the connection was last used.
        pool_pre_ping=True,
        # Parameters are content: an exception that quotes them would carry it into logs and job results.
        hide_parameters=True,
        connect_args=_CONNECTING,
    )


@cache
def lock_engine() -> Engine:
    """Return the engine for connections that are held for as long as a lock is.

    Apart from the other one: whoever works under a lock must not wait for those who hold locks.
    """
    return create_engine(
        _with_driver(settings.get().database_url),
        pool_size=4,
        max_overflow=-1,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_CONNECTING,
    )


def is_too_large(fault: OperationalError) -> bool:
    """Tell whether a value broke a limit of PostgreSQL's (class 54), such as the size of an index entry.

    psycopg counts that as operational trouble, but the same value will break it again.
    """
    return str(getattr(fault.orig, "sqlstate", "")).startswith("54")


def _with_driver(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url
