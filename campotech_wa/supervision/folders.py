"""Where the private servers live inside the data folder, and whom their files belong to."""

import contextlib
import hashlib
import os
import pwd
import signal
import stat
import sys
import tempfile
from pathlib import Path

import psutil

from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision.process import Account

LONGEST_SOCKET_PATH = 100
"""Bytes. Linux allows 107 and macOS 103 for a unix socket's whole path."""

LONGEST_SOCKET_NAME = len("/postgres/.s.PGSQL.5432.lock")


def sockets(data_dir: Path) -> Path:
    """Return the folder of the private servers' sockets, created for us alone.

    It lies inside the data folder, unless that path is too long for a socket.
    """
    folder = data_dir / "run"
    if len(os.fsencode(folder)) + LONGEST_SOCKET_NAME > LONGEST_SOCKET_PATH:
        digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"campotech-{digest}"
    return own(folder)


def own(folder: Path) -> Path:
    """Create a folder that only this account can enter, or make sure that it is one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    details = folder.lstat()
    if not stat.S_ISDIR(details.st_mode) or details.st_uid != os.geteuid():
        raise ConfigurationError(f"{folder} belongs to another account. Set DATA_DIR to another folder.")
    if stat.S_IMODE(details.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def postgres_account(cluster: Path, *paths: Path) -> Account | None:
    """Say whom PostgreSQL runs as: it refuses root, so root lends it another account's name.

    An existing cluster keeps its owner. A new one gets ``postgres`` where there is one, else ``nobody``.
    ``paths`` are what the server must reach besides its cluster.
    """
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwuid(cluster.stat().st_uid) if cluster.exists() else _somebody()
    return Account(entry.pw_uid, entry.pw_gid, see_all_folders=not all(map(_open_to_all, (cluster, *paths))))


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ConfigurationError(
        "PostgreSQL can not run as root. Start this as another user, or set DATABASE_URL."
    )


def _open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents if parent.exists())


def end_leftovers(folder: Path, number: signal.Signals) -> None:
    """End servers that a killed run left behind in a folder; a server's working folder is its data folder.

    Only the holder of the data folder's lock may call this: nobody else can then have a server there.
    """
    leftovers = [
        found for found in psutil.process_iter() if found.pid != os.getpid() and _works_in(found, folder)
    ]
    for found in leftovers:
        with contextlib.suppress(psutil.Error):
            found.send_signal(number)
    for found in psutil.wait_procs(leftovers, timeout=10)[1]:
        with contextlib.suppress(psutil.Error):
            found.kill()
    psutil.wait_procs(leftovers, timeout=5)


def _works_in(found: psutil.Process, folder: Path) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        return Path(found.cwd()) == folder and found.name().startswith(("postgres", "redis", "valkey"))
    return False


def supported() -> None:
    """Refuse systems whose private servers nobody has tried."""
    if sys.platform == "win32":
        raise ConfigurationError(
            "This does not run on Windows itself. Use WSL (Windows Subsystem for Linux)."
        )
