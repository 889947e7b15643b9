"""The commands that change the database: its schema, the demo's data, the first admin."""

import getpass
import json
import os
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from campotech_wa import demo
from campotech_wa.cli import place as places
from campotech_wa.cli import simulate, start
from campotech_wa.cli.attach import attached
from campotech_wa.cli.console import say
from campotech_wa.errors import ConfigurationError
from campotech_wa.services import migrations, people
from campotech_wa.signals.connection import redis


def migrate(_: Namespace) -> None:
    """Bring the database to the schema of this version."""
    with attached(places.from_environment(), start_if_missing=True), reaching_servers():
        migrations.upgrade()
    say("The database has the schema of this version.")


def check(_: Namespace) -> None:
    """Migrate, and refuse a database that everybody can log in to: the first step of ``up``."""
    with reaching_servers():
        migrations.upgrade()
        redis().ping()  # pyright: ignore[reportUnknownMemberType]
        has_known_passwords = demo.is_seeded()
    if has_known_passwords:
        raise ConfigurationError(
            "This database holds the demo's credentials, which everybody knows. "
            "Set DATA_DIR to another folder, or DATABASE_URL to another database."
        )


def seed(_: Namespace) -> None:
    """Migrate, create the demo's data, write down what the demo shows: the first step of ``demo``."""
    place = places.from_environment()
    migrations.upgrade()
    demo.seed()
    simulate.write_configuration(place)
    start.logins_file(place.data_dir).write_text(json.dumps(_logins()))


def create_admin(options: Namespace) -> None:
    """Add an organization and the first person who can log in to it."""
    password = os.environ.get("CAMPOTECH_ADMIN_PASSWORD") or _asked_password()
    with attached(places.from_environment(), start_if_missing=True), reaching_servers():
        migrations.upgrade()
        people.create_admin(
            organization=options.organization, email=options.email, name=options.name, password=password
        )
    say(f"{options.email} can log in to {options.organization}.")


@contextmanager
def reaching_servers() -> Generator[None]:
    """Say which server can not be reached.

    Raises:
        ConfigurationError: PostgreSQL or Redis refuses us, or does not answer.
    """
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        raise ConfigurationError(f"PostgreSQL can not be used: {reason}. Check DATABASE_URL.") from None
    except RedisError as error:
        raise ConfigurationError(f"Redis can not be used: {error}. Check REDIS_URL.") from None


def _logins() -> list[tuple[str, str, str, str]]:
    return [
        row
        for organization in demo.ORGANIZATIONS
        for row in (
            (organization.name, "admin", *organization.admin),
            ("", "agent", *organization.agent),
            ("", "API key", organization.api_key, ""),
        )
    ]


def _asked_password() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise ConfigurationError("The two passwords differ.")
    return password
