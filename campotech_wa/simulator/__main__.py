"""Serve the simulator on loopback: `python -m campotech_wa.simulator --config FILE.json`."""

import argparse
import asyncio
import errno
import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from campotech_wa.simulator.app import Simulator
from campotech_wa.simulator.settings import Configuration, ConfigurationError, load

CAN_NOT_START = 2


class StartError(Exception):
    """The simulator can not be served there; the message says why, in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; answer the exit code."""
    options = _options(arguments)
    try:
        configuration = load(options.config)
        _check_address(options.host, options.port)
    except (ConfigurationError, StartError) as error:
        sys.stderr.write(f"{error}\n")
        return CAN_NOT_START
    sys.stdout.write(f"Simulated WhatsApp Cloud API and phone page: http://{options.host}:{options.port}/\n")
    sys.stdout.flush()
    asyncio.run(serve(configuration, options.host, options.port))
    return 0


async def serve(configuration: Configuration, host: str, port: int) -> None:
    """Serve in this process and this event loop, for the world lives in its memory."""
    simulator = Simulator(configuration)
    server = Server(
        simulator.app,
        host,
        port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        backlog=1024,
    )
    loop = asyncio.get_running_loop()

    def stop() -> None:
        simulator.close()
        server.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()


def _options(arguments: Sequence[str] | None) -> "_Options":
    parser = argparse.ArgumentParser(prog="python -m campotech_wa.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", default=8090, type=int)
    parser.add_argument("--config", required=True, type=Path, help='a JSON file: {"channels": [...]}')
    return parser.parse_args(arguments, namespace=_Options())


class _Options(argparse.Namespace):
    host: str
    port: int
    config: Path


def _check_address(host: str, port: int) -> None:
    if not _is_loopback(host):
        raise StartError(f"The simulator has no passwords and listens on loopback only, not on {host}.")
    # The server shares ports with whoever lets it (SO_REUSEPORT): only a plain bind notices a neighbour.
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        reason = "the port is taken" if error.errno == errno.EADDRINUSE else error.strerror
        raise StartError(f"The simulator can not listen on {host}:{port}: {reason}.") from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # The server's native threads outlive it: one that wakes while the interpreter takes itself apart aborts
    # the process (SIGABRT in about one exit of eight after a load test). Nothing is left to clean up by now.
    os._exit(exit_code)
