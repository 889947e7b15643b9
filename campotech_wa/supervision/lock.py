"""One run at a time on a data folder."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from campotech_wa.errors import ConfigurationError


@contextmanager
def held(data_dir: Path) -> Generator[None]:
    """Hold the data folder's lock; the kernel frees it however this process ends.

    Raises:
        ConfigurationError: another run holds it.
    """
    descriptor = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, data_dir)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, data_dir: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 32).decode().strip()
        raise ConfigurationError(
            f"CampoTech WA already runs on {data_dir} (process {holder}). "
            "Stop it first, or set DATA_DIR to another folder."
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
