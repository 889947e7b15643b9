"""Serve the compiled app: pages, websocket and HTTP routes on one port, from several processes.

This is what ``reflex run --env prod --single-port`` ends in, without the build before it, and with workers
that are replaced when they die: see docs/decisions/0001-web-process.md.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer
from reflex.utils import prerequisites
from reflex_base.environment import environment

from campotech_wa import frontend, logs, settings
from campotech_wa.paths import checkout
from campotech_wa.settings import Settings
from campotech_wa.supervision.launch import die_with_parent
from campotech_wa.web import webhook

BACKLOG = 2048
"""Connections that may wait for each process: a reload of many tabs at once, or a burst of webhooks."""

STOP_SECONDS = 4
"""Open websockets would otherwise keep a process from ending."""


LOGGERS: dict[str, Any] = {"loggers": {"_granian": {"propagate": True}}}
"""granian writes whole tracebacks itself; ours leave out the texts, which may quote what a customer wrote."""


def serve(settings: Settings) -> None:
    """Serve until a signal comes."""
    os.chdir(checkout())
    os.environ.update(frontend.runtime_environment())
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    logs.configure(settings.log_level)
    multiprocessing.set_start_method(_preload(), force=True)
    server = MPServer(
        target="campotech_wa.webserver:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.web_processes,
        http=HTTPModes.http1,
        backlog=BACKLOG,
        backpressure=BACKLOG,  # an open websocket counts; by default processes would share this number
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        log_level=LogLevels.warning,
        log_dictconfig=LOGGERS,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve()


def application() -> Callable[..., Any]:
    """Return the ASGI app of one worker process, which may not outlive its parent and keep the port."""
    die_with_parent()
    logs.configure(settings.get().log_level)
    return webhook.in_front_of(prerequisites.get_app().app())


def _preload() -> str:
    """Import the app before the workers are forked, so that they share its memory; name the start method.

    Nothing may be connected and no thread may run by then. ``gc.freeze`` keeps the collector of each worker
    from touching, and so copying, the shared pages.
    """
    if multiprocessing.get_start_method() not in {"fork", "forkserver"}:
        return "spawn"
    prerequisites.get_app()
    gc.collect()
    gc.freeze()
    return "fork"
