"""The private PostgreSQL and Redis: they answer, they survive, they stay private."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from campotech_wa.embedded import Server, Servers, private_servers
from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import folders, postgres


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Servers]:
    """Servers of this test's own, which it may kill."""
    with private_servers(tmp_path / "data") as running:
        yield running


def sql(servers: Servers, statement: str, *values: object) -> list[tuple[object, ...]]:
    url = servers.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []


def redis_of(servers: Servers) -> "closing[redis.Redis]":
    return closing(redis.Redis.from_url(servers.redis_url))  # pyright: ignore[reportUnknownMemberType]


def test_both_answer_as_the_products_own_role(private: Servers) -> None:
    assert sql(
        private, "select current_user, current_database(), usesuper from pg_user where usename = user"
    ) == [("campotech", "campotech", False)]
    with redis_of(private) as client:
        assert client.set("answer", "42")


def test_the_data_is_there_at_the_next_start(tmp_path: Path) -> None:
    with private_servers(tmp_path) as first:
        sql(first, "create table kept as select 42 as answer")
        with redis_of(first) as client:
            client.set("kept", "42")

    with private_servers(tmp_path) as second:
        assert sql(second, "select answer from kept") == [(42,)]
        with redis_of(second) as client:
            assert client.get("kept") == b"42"


def test_what_was_committed_survives_a_killed_postgresql(private: Servers) -> None:
    sql(private, "create table kept as select 42 as answer")

    private.postgres.kill()
    private.postgres.start()

    assert sql(private, "select answer from kept") == [(42,)]


def test_what_was_acknowledged_survives_a_killed_redis(private: Servers) -> None:
    with redis_of(private) as client:
        client.set("kept", "42")

    private.redis.kill()
    private.redis.start()

    with redis_of(private) as client:
        assert client.get("kept") == b"42"


def test_a_stale_mark_that_names_somebody_elses_process_is_no_obstacle(private: Servers) -> None:
    """After a reboot, or in a container, the old process id belongs to another program."""
    cluster = private.data_dir / "postgres"
    private.postgres.kill()
    with subprocess.Popen(["sleep", "60"], user=cluster.stat().st_uid, cwd="/") as stranger:  # noqa: S607
        mark = cluster / "postmaster.pid"
        mark.write_text(mark.read_text().replace(str(private.postgres.process.pid), str(stranger.pid), 1))

        private.postgres.start()

        assert stranger.poll() is None
        stranger.kill()
    assert sql(private, "select 1") == [(1,)]


def test_servers_that_a_killed_run_left_behind_are_ended(private: Servers) -> None:
    survivors = [private.postgres.process, private.redis.process]

    again = Server(private.postgres.program), Server(private.redis.program)
    for server in again:
        server.start()

    assert all(process.has_ended() for process in survivors)
    assert sql(private, "select 1") == [(1,)]
    for server in again:
        server.stop()


def test_nothing_listens_on_the_network(private: Servers) -> None:
    processes = [
        member
        for server in (private.postgres, private.redis)
        for member in (psutil.Process(server.process.pid), *server.process.family())
    ]

    assert [process.net_connections("inet") for process in processes if process.net_connections("inet")] == []


def test_only_this_account_can_enter_the_folders(private: Servers) -> None:
    modes = {
        path.name: path.stat().st_mode & 0o077
        for path in (private.data_dir, *private.data_dir.iterdir(), folders.sockets(private.data_dir))
        if path.is_dir()
    }

    assert modes == dict.fromkeys(modes, 0)
    assert {"data", "postgres", "redis", "logs", folders.sockets(private.data_dir).name} <= set(modes)


def test_durability_is_on_and_there_is_room_for_connections(private: Servers) -> None:
    names = ("fsync", "synchronous_commit", "full_page_writes", "max_connections", "TimeZone")
    values = [sql(private, f"show {name}")[0][0] for name in names]

    assert values == ["on", "on", "on", "200", "UTC"]


def test_the_log_of_postgresql_holds_no_values(private: Servers) -> None:
    sql(private, "create table customer (wa_id text primary key)")
    sql(private, "insert into customer values (%s)", "5491155550000")

    with pytest.raises(psycopg.errors.UniqueViolation):
        sql(private, "insert into customer values (%s)", "5491155550000")

    log = private.postgres.program.log.read_text()
    assert "duplicate key" in log
    assert "5491155550000" not in log


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)

    with private_servers(deep) as servers:
        assert sql(servers, "select 1") == [(1,)]
        sockets = folders.sockets(deep)

    assert not sockets.is_relative_to(deep)
    assert len(os.fsencode(sockets)) < folders.LONGEST_SOCKET_PATH
    (sockets / "postgres").rmdir()
    sockets.rmdir()


def test_a_cluster_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(ConfigurationError, match="was written by PostgreSQL 17, and this one is 18"):
        postgres.program(tmp_path)


def test_an_interrupted_creation_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")

    with private_servers(tmp_path) as servers:
        assert sql(servers, "select 1") == [(1,)]


def test_a_server_that_can_not_start_says_why(private: Servers) -> None:
    private.postgres.kill()
    (private.data_dir / "postgres" / "global" / "pg_control").unlink()

    with pytest.raises(ConfigurationError, match="postgresql did not start") as caught:
        private.postgres.start()

    assert "pg_control" in str(caught.value)
