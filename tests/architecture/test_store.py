"""Every query is by organization, and models and migrations never differ."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import FunctionType
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from alembic import command
from campotech_wa import store
from campotech_wa.embedded import Servers
from campotech_wa.services.migrations import configuration
from campotech_wa.tables import metadata

WITHOUT_ORGANIZATION = {
    "alerts.claim_due": "the schedule serves every organization",
    "alerts.refused_templates": "the schedule serves every organization",
    "alerts.standing": "the schedule serves every organization",
    "alerts.waiting": "the schedule serves every organization",
    "attachments.backlog": "counts across organizations, for /readyz",
    "attachments.channels_due": "the sweep serves every organization",
    "attachments.due": "by channel, for the fetch that holds its lock",
    "attachments.is_due": "by channel, for the fetch",
    "channels.by_id": "a job's argument, which only our own processes make",
    "channels.unseen": "the schedule serves every organization",
    "channels.by_webhook_key": "the key itself tells the organization",
    "database.engine": "no query",
    "database.is_too_large": "no query",
    "database.lock_engine": "no query",
    "events.add_all": "each row names its own organization",
    "events.any_pending": "by channel, for the drain that holds its lock",
    "events.backlog": "counts across organizations, for /readyz",
    "events.channels_due": "the sweep serves every organization",
    "events.due": "by channel, for the job that holds its lock",
    "events.forget_parked": "retention, across organizations",
    "events.is_due": "by channel, for the job",
    "events.lock_wamids": "locks by channel, no rows",
    "events.mark_failed": "ids that events.due returned",
    "events.mark_processed": "ids that events.due returned",
    "gate.channels_due": "the sweep serves every organization",
    "media.idle": "retention, across organizations",
    "outbox.backlog": "counts across organizations, for /readyz",
    "outbox.channels_due": "the sweep serves every organization",
    "claims.owed": "by channel, for the turn that serves it",
    "claims.states_owed": "by channel, for the turn that serves it",
    "outbox_lines.enter": "ids of messages that the caller has read by organization",
    "outbox_lines.headless": "the sweep serves every organization",
    "outbox_lines.lock": "ids of conversations that the caller has read by organization",
    "outbox_lines.settle": "ids of conversations that the caller has read by organization",
    "panics.count_active": "counts across organizations, for /readyz",
    "panics.underway": "the schedule serves every organization",
    "people.add_attempt": "a login has no organization yet",
    "people.forget_attempts": "retention, across organizations",
    "people.forget_sessions": "retention, across organizations",
    "people.key_owner": "the key itself tells the organization",
    "people.media_limits": "retention, across organizations",
    "people.recent_attempts": "a login has no organization yet",
    "people.revoke_session": "the session's secret is the authority",
    "people.session_owner": "the session's secret tells the organization",
    "people.user_by_email": "a login has no organization yet",
    "recordset.as_rows": "no query",
    "templates.unread": "the schedule serves every organization",
    "sms.by_callback_key": "the key itself tells the organization",
    "sms.held_up": "the sweep serves every organization",
    "sms.organizations_due": "the sweep serves every organization",
    "transaction.exclusive": "no query",
    "transaction.patiently": "no query",
    "transaction.reading": "no query",
    "transaction.transaction": "no query",
}


def public_functions() -> Iterator[tuple[str, FunctionType]]:
    for module_info in pkgutil.iter_modules(store.__path__):
        module = import_module(f"{store.__name__}.{module_info.name}")
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else None
            is_ours = isinstance(function, FunctionType) and function.__module__ == module.__name__
            if is_ours and not name.startswith("_"):
                yield f"{module_info.name}.{name}", cast("FunctionType", function)


@pytest.mark.parametrize(("name", "function"), list(public_functions()))
def test_every_public_function_takes_the_organization_by_keyword_or_says_why_not(
    name: str, function: FunctionType
) -> None:
    parameter = inspect.signature(function).parameters.get("organization_id")
    takes_it = parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY

    assert takes_it != (name in WITHOUT_ORGANIZATION)


def test_every_exception_names_a_function_that_exists() -> None:
    assert set(WITHOUT_ORGANIZATION) <= {name for name, _ in public_functions()}


def test_the_history_of_migrations_has_one_head() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1


def test_models_and_migrations_do_not_differ(servers: Servers) -> None:
    admin = create_engine(servers.admin_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("drop database if exists migrations"))
        connection.execute(text("create database migrations"))
    empty = create_engine(admin.url.set(database="migrations"))

    with empty.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    empty.dispose()
    admin.dispose()
