"""``campotech-wa demo`` and ``up`` for real: everything starts, survives kills, and ends without a trace."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from campotech_wa.paths import ROOT
from campotech_wa.supervision import records
from tests.conftest import free_port

KEY = "a-secret-key-for-tests-0123456789-abcdef"
OURS = ("CAMPOTECH_", "DATABASE_URL", "REDIS_URL", "PORT", "SIMULATOR_PORT", "DATA_DIR")
START_SECONDS = 180
"""A cold build of the front end included, on a machine that does other things too."""

RECOVERY_SECONDS = 30


class Run:
    """One ``campotech-wa demo`` or ``up`` on a folder."""

    def __init__(self, command: str, data_dir: Path, **variables: str) -> None:
        self.data_dir = data_dir
        self.output = data_dir.with_suffix(".out")
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.port, self.simulator_port = str(free_port()), str(free_port())
        ours = {"PORT": self.port, "SIMULATOR_PORT": self.simulator_port, "DATA_DIR": str(data_dir)}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "campotech_wa.cli", command],
                cwd=ROOT,
                env={**surroundings, **ours, **variables},
                stdout=output,
                stderr=output,
            )

    def wait_for_box(self) -> None:
        said_all = eventually(
            lambda: "Ctrl-C" in self.said() or self.process.poll() is not None, START_SECONDS
        )
        assert said_all, self.said()
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.output.read_text()

    def family(self) -> list[psutil.Process]:
        return [*psutil.Process(self.process.pid).children(recursive=True), psutil.Process(self.process.pid)]

    def pid(self, name: str) -> int:
        """Find a process by the name of its program, in the records of the supervisor and of the pool."""
        found = [records.read(self.data_dir / file) for file in ("processes.json", "workers.json")]
        return next(record[name].pid for record in found if name in record)

    def get(self, path: str, port: str = "") -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError as silence:
            return 0, str(silence)

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


def eventually(holds: Callable[[], bool], seconds: float = RECOVERY_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not (is_so := holds()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return is_so


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Run]:
    run = Run("demo", folder)
    try:
        run.wait_for_box()
        yield run
    finally:
        run.stop()


def test_the_box_shows_addresses_and_logins(demo: Run) -> None:
    said = demo.said()

    for shown in (f"http://localhost:{demo.port}/", f"http://localhost:{demo.simulator_port}/", "/api/docs"):
        assert shown in said
    for login in (
        "admin@climasur.test",
        "demo-admin-1",
        "agente@electronorte.test",
        "demo-agente-2",
        "demo-api-key-2",
    ):
        assert login in said


def test_pages_assets_and_api_are_on_one_port(demo: Run) -> None:
    status, page = demo.get("/login")
    asset = re.search(r"/assets/[^\"']+\.js", page)

    assert status == 200
    assert asset
    assert demo.get(asset[0])[0] == 200
    assert json.loads(demo.get("/api/openapi.json")[1])["openapi"]
    assert demo.get("/", demo.simulator_port)[0] == 200


def test_the_compiled_pages_name_no_address_of_their_own(demo: Run) -> None:
    built = "".join(path.read_text() for path in (ROOT / ".web/build/client/assets").glob("*.js"))

    assert "window.location.origin" in built


def test_a_second_demo_on_the_same_folder_is_refused(demo: Run) -> None:
    second = Run("demo", demo.data_dir.with_name("again"), DATA_DIR=str(demo.data_dir))

    assert second.process.wait(30) == 2
    assert f"already runs on {demo.data_dir} (process {demo.process.pid})" in second.said()


def test_the_secret_key_is_for_this_account_only(demo: Run) -> None:
    assert (demo.data_dir / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name",
    [
        "worker-intake",
        "worker-delivery",
        "worker-media",
        "scheduler",
        "workers",
        "redis",
        "postgresql",
        "simulator",
        "web",
    ],
)
def test_a_killed_process_comes_back(demo: Run, name: str) -> None:
    before = demo.pid(name)

    os.kill(before, signal.SIGKILL)

    assert eventually(lambda: _has_another(demo, name, before))
    assert eventually(demo.is_ready)
    assert eventually(lambda: demo.get("/", demo.simulator_port)[0] == 200)


def test_a_killed_web_worker_is_replaced_while_the_others_serve(demo: Run) -> None:
    server = psutil.Process(demo.pid("web"))
    assert eventually(lambda: len(server.children()) == 2)
    before = {worker.pid for worker in server.children()}

    os.kill(min(before), signal.SIGKILL)

    assert eventually(lambda: len({worker.pid for worker in server.children()} - before) == 1, 5)
    assert demo.pid("web") == server.pid
    assert eventually(demo.is_ready, 5)


def test_ctrl_c_leaves_no_process_and_keeps_the_data(demo: Run) -> None:
    family = demo.family()
    assert len(family) > 10

    code = demo.stop()

    assert code == 0, demo.said()
    assert [member for member in family if member.is_running()] == []
    assert (demo.data_dir / "postgres" / "PG_VERSION").exists()
    assert not (demo.data_dir / "processes.json").exists()


def test_up_refuses_a_database_with_the_demos_passwords(demo: Run) -> None:
    demo.stop()
    run = Run("up", demo.data_dir, CAMPOTECH_SECRET_KEY=KEY)

    assert run.process.wait(60) == 2
    assert "holds the demo's credentials, which everybody knows" in run.said().splitlines()[-1]


def test_up_serves_a_fresh_folder_and_ends_at_sigterm(tmp_path: Path) -> None:
    run = Run("up", tmp_path / "data", CAMPOTECH_SECRET_KEY=KEY)
    try:
        run.wait_for_box()

        assert run.is_ready()
        assert run.get("/login")[0] == 200
        assert "demo-admin" not in run.said()
        family = run.family()
    finally:
        code = run.stop(signal.SIGTERM)

    assert code == 0
    assert [member for member in family if member.is_running()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_a_killed_run_takes_everything_with_it_and_the_next_one_starts(demo: Run) -> None:
    demo.stop()
    first = Run("demo", demo.data_dir)
    first.wait_for_box()
    family = first.family()

    first.process.kill()
    first.process.wait()
    second = Run("demo", demo.data_dir)
    try:
        second.wait_for_box()
    finally:
        second.stop()

    assert [member for member in family if member.is_running()] == []


def _has_another(run: Run, name: str, before: int) -> bool:
    try:
        return run.pid(name) != before
    except StopIteration:
        return False
