"""A real worker process does what it is woken for, and ends cleanly when it is told to."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId
from campotech_wa.embedded import Servers
from tests.integration.desk import (
    ANA,
    NUMBER,
    change,
    eventually,
    hear,
    one,
    payload,
    post,
    rows,
    say,
    state_of,
    text,
    value,
    without,
)
from tests.integration.processes import scheduler, web, worker

Process = subprocess.Popen[bytes]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.fixture
def working(environment: dict[str, str], simulator: httpx.Client, log: Path) -> Iterator[Process]:
    assert simulator
    with worker(environment, log) as process:
        yield process


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


def ask(process: Process, log: Path) -> tuple[int, str]:
    """Tell a process to end, and return how it did."""
    process.send_signal(signal.SIGTERM)
    return process.wait(20), log.read_text()


class TestWork:
    def test_a_conversation_works_in_both_directions(
        self,
        environment: dict[str, str],
        simulator: httpx.Client,
        agent: Actor,
        working: Process,
        tmp_path: Path,
    ) -> None:
        message = {"type": "text", "text": {"body": "¿Vienen hoy?"}}
        inbound = {"phone_number_id": NUMBER, "from": ANA, "profile_name": "Ana Gómez", "message": message}
        with web(environment, tmp_path / "web.log"):
            simulator.post("/_sim/inbound", json=inbound).raise_for_status()
            [conversation] = eventually(lambda: rows("select id from conversation where unread_count = 1"))

            message_id = say(agent, ConversationId(conversation["id"]), "Ya salimos")
            eventually(lambda: state_of(message_id) == "delivered")

            simulator.post("/_sim/read", json={"phone_number_id": NUMBER, "from": ANA}).raise_for_status()
            eventually(lambda: state_of(message_id) == "read")

        assert [each["payload"]["text"]["body"] for each in accepted(simulator)] == ["Ya salimos"]
        assert working.poll() is None

    def test_a_burst_is_worked_off(self, working: Process) -> None:
        post(*(payload(value(messages=[text(str(number))])) for number in range(100)))

        eventually(lambda: one("select count(*) from wa_message") == 100)

        assert working.poll() is None

    def test_it_outlives_a_restart_of_redis(self, working: Process, servers: Servers) -> None:
        with without(servers.redis):
            post(payload(value(messages=[text("a")])))

        post(payload(value(messages=[text("b")])))
        eventually(lambda: one("select count(*) from wa_message") == 2)

        assert working.poll() is None

    def test_it_outlives_a_restart_of_postgresql(
        self, working: Process, agent: Actor, servers: Servers
    ) -> None:
        message_id = say(agent, hear())
        eventually(lambda: state_of(message_id) == "sent")

        with without(servers.postgres):
            pass

        again = say(agent, hear())
        eventually(lambda: state_of(again) == "sent")
        assert working.poll() is None

    def test_what_lost_its_wake_up_is_found_by_the_schedule(
        self, environment: dict[str, str], working: Process, servers: Servers, tmp_path: Path
    ) -> None:
        assert working
        with without(servers.redis):
            post(payload(value(messages=[text()])))
        change("update webhook_event set due_at = due_at - interval '1 minute'")

        with scheduler(environment, tmp_path / "schedule.log") as process:
            eventually(lambda: one("select count(*) from wa_message") == 1)
            assert ask(process, tmp_path / "schedule.log")[0] == 0


class TestEnd:
    def test_an_idle_worker_ends_cleanly(self, working: Process, log: Path) -> None:
        code, said = ask(working, log)

        assert code == 0
        assert "Traceback" not in said

    def test_a_worker_finishes_what_it_has_begun_to_send(
        self, simulator: httpx.Client, agent: Actor, working: Process, log: Path
    ) -> None:
        simulator.post("/_sim/faults", json={"latency_ms": 1500, "times": 1}).raise_for_status()
        message_id = say(agent, hear())
        eventually(lambda: accepted(simulator))

        code, said = ask(working, log)

        assert (code, state_of(message_id)) == (0, "sent")
        assert "Traceback" not in said

    @pytest.mark.parametrize("program", ["worker.main", "worker.schedule"])
    def test_without_its_settings_it_says_what_is_missing(
        self, environment: dict[str, str], program: str
    ) -> None:
        bare = {name: text_ for name, text_ in environment.items() if name != "CAMPOTECH_SECRET_KEY"}

        command = [sys.executable, "-m", program, *["intake"][: program == "worker.main"]]
        done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)

        assert done.returncode == 1
        assert done.stderr == "CAMPOTECH_SECRET_KEY is not set. See .env.example.\n"
