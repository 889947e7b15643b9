"""The processes of a demo that a test may kill, each with the way to see that another one has taken its place."""

import signal
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from tests.e2e.house import House, until

RECOVERY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Victim:
    """What to kill."""

    name: str
    choose: Callable[[House], list[psutil.Process]]
    """Which processes to kill at once; the first one must be replaced."""
    family: Callable[[House], list[psutil.Process]]
    """Where its successor will be found."""

    def kill(self, house: House) -> None:
        """Kill it as a crash would, and wait until the product is whole again."""
        chosen = until(lambda: self.choose(house), what=self.name)
        before = {each.pid for each in self.family(house)}
        for process in chosen:
            if process.is_running():
                process.send_signal(signal.SIGKILL)
        until(
            lambda: {each.pid for each in self.family(house)} - before,
            seconds=RECOVERY_SECONDS,
            what=f"a successor of {self.name}",
        )
        until(house.is_ready, seconds=RECOVERY_SECONDS, what=f"readiness after the end of {self.name}")


def program(name: str) -> Victim:
    """Return a program of the supervisor's or of the pool's."""
    return Victim(name, lambda house: _named(house, name), lambda house: _named(house, name))


def _named(house: House, name: str) -> list[psutil.Process]:
    found = house.find(name)
    return [found] if found else []


def _postgres_children(house: House) -> list[psutil.Process]:
    server = house.find("postgresql")
    return server.children(recursive=True) if server else []


def _backends(house: House) -> list[psutil.Process]:
    """Return one process of PostgreSQL's that serves a connection of ours."""
    serving = [each for each in _postgres_children(house) if "campotech" in " ".join(each.cmdline())]
    return serving[:1]


EVERY_ONE = (
    Victim("a web worker", lambda house: house.web_workers()[:1], House.web_workers),
    program("web"),
    program("worker-intake"),
    program("worker-delivery"),
    program("worker-media"),
    program("scheduler"),
    program("workers"),
    program("redis"),
    Victim("a connection's process in postgresql", _backends, _postgres_children),
    Victim(
        "postgresql with all its processes",
        lambda house: [*_named(house, "postgresql"), *_postgres_children(house)],
        lambda house: _named(house, "postgresql"),
    ),
    program("postgresql"),
)
