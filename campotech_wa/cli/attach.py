"""Point a single command at the product's servers: the configured ones, else the private ones."""

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from campotech_wa import embedded, settings
from campotech_wa.cli.place import Place
from campotech_wa.errors import ConfigurationError
from campotech_wa.supervision import folders, lock, postgres, redis


@contextmanager
def attached(place: Place, *, start_if_missing: bool = False) -> Generator[None]:
    """Set this process's variables, after starting the private servers if that is asked for.

    Raises:
        ConfigurationError: the private ones do not run, and may not be started for this.
    """
    with ExitStack() as stack:
        if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
            if not _private_servers_run(place.data_dir):
                if not start_if_missing:
                    raise ConfigurationError(
                        f"DATABASE_URL or REDIS_URL is not set, and nothing runs on {place.data_dir}."
                    )
                stack.enter_context(_started(place.data_dir))
            for name, url in (("DATABASE_URL", postgres.url), ("REDIS_URL", redis.url)):
                os.environ[name] = os.environ.get(name) or url(place.data_dir)
        os.environ["DATA_DIR"] = str(place.data_dir)
        settings.get()
        yield


@contextmanager
def _started(data_dir: Path) -> Generator[None]:
    folders.own(data_dir)
    with lock.held(data_dir), embedded.private_servers(data_dir):
        yield


def _private_servers_run(data_dir: Path) -> bool:
    return data_dir.exists() and postgres.is_ready(data_dir) and redis.is_ready(data_dir)
