"""Bring the database to the schema of this version."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import text

from alembic import command
from campotech_wa.store.database import engine, lock_engine

_LOCK = 7_246_017
"""Any constant of ours: two deploys at once migrate one after the other."""


def upgrade() -> None:
    """Apply every migration that is missing; several processes may call this at once."""
    with lock_engine().connect() as connection:
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.commit()
        try:
            with engine().begin() as migrating:
                migrating.execute(text("set local statement_timeout = 0"))
                config = configuration()
                config.attributes["connection"] = migrating
                command.upgrade(config, "head")
        finally:
            # Closed and not given back: it has no time limit any more.
            connection.invalidate()


def configuration() -> Config:
    """Return Alembic's configuration: its scripts stand beside the package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "alembic"))
    return config
