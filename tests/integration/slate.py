"""Remember the tables as the demo's seed left them, and bring them back to that whatever a test did to them."""

from sqlalchemy import Connection, text

from campotech_wa.tables import metadata

SEEDED = ("organization", "user_account", "api_key", "channel")
"""What the seed makes, in the order of what points to what. It is copied back: hashing its passwords for every test
would take longer than the tests."""

_NAMES = [table.name for table in reversed(metadata.sorted_tables)]

_REMEMBER = (
    # Statistics that PostgreSQL gathers at moments of its own would change plans from run to run.
    *(f"alter table {name} set (autovacuum_enabled = false)" for name in _NAMES),
    "create schema seeded",
    *(f"create table seeded.{name} as table {name}" for name in SEEDED),
    "create table seeded.counted as select sequencename, last_value from pg_sequences where schemaname = 'public'",
)

_WIPE = " ".join(f"delete from {name};" for name in _NAMES)  # noqa: S608  (ours)
"""Each table after those that point to it. A truncation of tables that are mostly empty costs twenty times as much:
it makes new files for each of them and for their indexes."""

_TRUNCATE = f"""
select string_agg(oid::regclass::text, ', ') into large from pg_class
where relname = any('{{{",".join(_NAMES)}}}') and relnamespace = 'public'::regnamespace
  and pg_relation_size(oid) > 256 * 1024;
if large is not null then execute 'truncate ' || large || ' cascade'; end if;
"""  # noqa: S608  (as above)
"""What a test has filled: to delete it row by row takes long, and dead rows would be read by the tests after it."""

_RESTORE = (
    f"do $$ declare large text; begin {_TRUNCATE} {_WIPE} end $$",
    *(f"insert into {name} table seeded.{name}" for name in SEEDED),
    """
    select setval(cast(sequencename as regclass), coalesce(last_value, 1), last_value is not null)
      from seeded.counted
    """,
)


def remember(connection: Connection) -> None:
    """Take what is there as the state in which every test begins."""
    for statement in _REMEMBER:
        connection.execute(text(statement))


def restore(connection: Connection) -> None:
    """Undo whatever was written since; ids are counted as if nothing had been."""
    for statement in _RESTORE:
        connection.execute(text(statement))
