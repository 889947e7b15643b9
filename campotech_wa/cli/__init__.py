"""``campotech-wa``, the command line. A command's module is imported when it runs: ``--help`` is instant."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from campotech_wa.cli import console, failures, place
from campotech_wa.errors import CampotechError
from campotech_wa.supervisor import StoppedError

Command = Callable[[Namespace], None]

BAD_SURROUNDINGS = 2
"""The exit code when something outside the program has to be put right first."""

INTERRUPTED = 130
"""As a shell reports a program that Ctrl-C ended."""

PLAIN = (
    ("demo", "start:demo", "try it: everything, with demo data and a simulated WhatsApp"),
    ("up", "start:up", "run it: everything, as the environment configures it"),
    ("web", "web:run", "only the web server"),
    ("workers", "pool:run", "only the worker processes and the scheduler"),
    ("scheduler", "worker:repeat", "only the scheduler"),
    ("simulator", "simulate:run", "only the demo's simulated WhatsApp"),
    ("migrate", "database:migrate", "bring the database to the schema of this version"),
    ("build", "build:run", "build the front end, if its sources changed"),
)
"""Commands without options: name, place in this package, summary."""

STEPS = (("seed-demo", "database:seed"), ("check-database", "database:check"))
"""What ``demo`` and ``up`` run between starting servers and starting the product."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        place.read_dotenv()
        command(options)
    except (StoppedError, KeyboardInterrupt):
        return INTERRUPTED
    except (CampotechError, OSError) as error:
        if os.environ.get("CAMPOTECH_TRACEBACK"):
            raise
        console.fail(failures.sentence(error))
        return BAD_SURROUNDINGS
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="campotech-wa",
        description="The WhatsApp desk of field-service companies.",
        epilog="Variables: PORT, SIMULATOR_PORT, DATA_DIR, and those that .env.example explains.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, target, summary in PLAIN:
        commands.add_parser(name, help=summary, description=summary).set_defaults(command=_lazily(target))
    for name, target in STEPS:
        commands.add_parser(name).set_defaults(command=_lazily(target))
    worker = commands.add_parser("worker", help="only one worker process")
    worker.add_argument("queues", nargs="*", metavar="QUEUE", help="from the most to the least urgent")
    worker.set_defaults(command=_lazily("worker:run"))
    admin = commands.add_parser("create-admin", help="add an organization and its first admin")
    for option in ("--organization", "--email", "--name"):
        admin.add_argument(option, required=True)
    admin.set_defaults(command=_lazily("database:create_admin"))
    return parser


def _lazily(target: str) -> Command:
    module, _, name = target.partition(":")

    def run(options: Namespace) -> None:
        command: Command = getattr(import_module(f"campotech_wa.cli.{module}"), name)
        command(options)

    return run


if __name__ == "__main__":
    sys.exit(main())
