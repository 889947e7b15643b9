"""Run one use case in a process that dies at its n-th step: at a statement, before or after a commit, around a send.

Started once with ``python -m``; each line of its input, such as ``deliver 7 …``, is answered with the exit code of a
child forked for it: 9 when it died, 0 when the use case came to its end in fewer steps.
"""

import asyncio
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from campotech_wa import settings
from campotech_wa.domain.access import Actor, Role
from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId, PhoneNumberId, UserId
from campotech_wa.meta.client import Answer, GraphClient
from campotech_wa.services import compose, deliver, process
from campotech_wa.store.database import engine
from tests.integration.desk import post

DIED = 9
MODULE = "tests.integration.services.mortal"


class Steps:
    """Counts steps, and ends the process at the one that was asked for."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self, *_: object, **__: object) -> None:
        """Take a step; the process may not survive it."""
        self._left -= 1
        if self._left == 0:
            os._exit(DIED)


class MortalClient(GraphClient):
    """A client whose process may die before a request leaves, and before its answer is read."""

    def __init__(self, steps: Steps) -> None:
        super().__init__(settings.get().graph_url, settings.get().graph_version)
        self._steps = steps

    async def send(
        self, phone_number_id: PhoneNumberId, payload: dict[str, Any], *, access_token: str
    ) -> Answer:
        """Send as usual, between two steps."""
        self._steps.step()
        answer = await super().send(phone_number_id, payload, access_token=access_token)
        self._steps.step()
        return answer


def _receive(_: Steps, body: str) -> None:
    post(body.encode())


def _process(_: Steps) -> None:
    process.channel(ChannelId(1))


def _compose(_: Steps, conversation_id: int, body: str, key: str) -> None:
    agent = Actor(OrganizationId(1), Role.AGENT, UserId(2))
    compose.text(agent, ConversationId(conversation_id), body, key=key)


def _deliver(steps: Steps) -> None:
    asyncio.run(deliver.channel(ChannelId(1), MortalClient(steps)))


_USE_CASES: dict[str, Callable[..., None]] = {
    "receive": _receive,
    "process": _process,
    "compose": _compose,
    "deliver": _deliver,
}


class Mortals:
    """The process that forks them, seen from a test."""

    def __init__(self, process_: subprocess.Popen[str]) -> None:
        self._process = process_

    def live(self, use_case: str, steps: int, *arguments: object) -> bool:
        """Run a use case that dies at a step; tells whether it came to its end before that."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([use_case, steps, *arguments]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        assert code in {0, DIED}, f"{use_case} failed at step {steps}."
        return code == 0


@contextmanager
def mortals(environment: dict[str, str]) -> Generator[Mortals]:
    """Start the forking process, and end it afterwards."""
    command = [sys.executable, "-m", MODULE]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process_:
        yield Mortals(process_)
        assert process_.stdin is not None
        process_.stdin.close()
        process_.wait(10)


def _live(use_case: str, last: int, *arguments: object) -> None:
    steps = Steps(last)
    event.listen(engine(), "before_cursor_execute", steps.step)
    event.listen(engine(), "commit", steps.step)
    event.listen(Session, "after_commit", steps.step)
    _USE_CASES[use_case](steps, *arguments)


def _serve() -> None:
    warnings.simplefilter("error")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(*json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
