"""What can be wrong around the command line: each time one sentence on standard error and exit code 2."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from campotech_wa.paths import ROOT
from campotech_wa.supervision import lock
from tests.conftest import free_port

KEY = "a-secret-key-for-tests-0123456789-abcdef"
OURS = ("CAMPOTECH_", "DATABASE_URL", "REDIS_URL", "PORT", "SIMULATOR_PORT", "DATA_DIR")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Runs ``campotech-wa`` in a folder, with nothing of this test run's own environment."""

    folder: Path

    def __call__(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        ports = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port())}
        return subprocess.run(
            [sys.executable, "-m", "campotech_wa.cli", *words],
            cwd=self.folder,
            env={**surroundings, "PYTHONPATH": str(ROOT), **ports, **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def campotech(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the only line on standard error of a command that could not do its work."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    [line] = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("name", ["PORT", "SIMULATOR_PORT"])
def test_a_taken_port(campotech: CommandLine, taken_port: str, name: str) -> None:
    said = sentence(campotech("demo", **{name: taken_port}))

    assert f"Port {taken_port} can not be used" in said
    assert f"choose another port, such as {name}={int(taken_port) + 1}" in said


def test_a_port_that_shares_with_whoever_lets_it_counts_as_taken(campotech: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as server:
        port = str(server.getsockname()[1])

        assert f"Port {port} can not be used" in sentence(campotech("demo", PORT=port))


def test_one_port_for_both(campotech: CommandLine) -> None:
    said = sentence(campotech("demo", PORT="8123", SIMULATOR_PORT="8123"))

    assert "PORT and SIMULATOR_PORT are both 8123" in said


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none(campotech: CommandLine, port: str) -> None:
    assert f"PORT is not a port: {port}." in sentence(campotech("demo", PORT=port))


def test_a_host_that_is_not_of_this_machine(campotech: CommandLine) -> None:
    said = sentence(campotech("demo", CAMPOTECH_HOST="203.0.113.7"))

    assert "203.0.113.7" in said


def test_a_second_demo_on_the_same_folder(campotech: CommandLine, tmp_path: Path) -> None:
    data_dir = tmp_path / ".data"
    data_dir.mkdir()

    with lock.held(data_dir):
        said = sentence(campotech("demo"))

    assert f"already runs on {data_dir} (process {os.getpid()})" in said


def test_a_data_folder_that_is_a_file(campotech: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = sentence(campotech("demo", DATA_DIR=str(tmp_path / "file" / "below")))

    assert "can not be written" in said
    assert "Set DATA_DIR to a folder that you may write to" in said


def test_a_data_folder_where_nobody_may_write(campotech: CommandLine) -> None:
    said = sentence(campotech("demo", DATA_DIR="/proc/campotech"))

    assert "/proc/campotech can not be written" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_full_disk(campotech: CommandLine, tmp_path: Path) -> None:
    mounted = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(tmp_path)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let root mount")
    try:
        said = sentence(campotech("demo", DATA_DIR=str(tmp_path / "data")))
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)  # noqa: S607

    assert f"The disk of {tmp_path}/data is full" in said
    assert "Free some space, or set DATA_DIR" in said


def test_up_without_a_secret_key_starts_nothing(campotech: CommandLine, tmp_path: Path) -> None:
    assert "CAMPOTECH_SECRET_KEY is not set. See .env.example." in sentence(campotech("up"))

    assert not (tmp_path / ".data").exists()


def test_up_with_a_weak_secret_key(campotech: CommandLine) -> None:
    said = sentence(campotech("up", CAMPOTECH_SECRET_KEY="a" * 40))

    assert "CAMPOTECH_SECRET_KEY is not usable" in said
    assert "aaaa" not in said


def test_up_with_a_database_that_does_not_answer(campotech: CommandLine) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"

    done = campotech("up", CAMPOTECH_SECRET_KEY=KEY, DATABASE_URL=url)

    said = sentence(done)
    assert "PostgreSQL can not be used" in said
    assert "Check DATABASE_URL" in said


def test_up_with_a_redis_that_does_not_answer(campotech: CommandLine) -> None:
    done = campotech("up", CAMPOTECH_SECRET_KEY=KEY, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")

    said = sentence(done)
    assert "Redis can not be used" in said
    assert "Check REDIS_URL" in said


def test_one_process_without_its_servers(campotech: CommandLine) -> None:
    said = sentence(campotech("scheduler", CAMPOTECH_SECRET_KEY=KEY))

    assert "DATABASE_URL or REDIS_URL is not set, and nothing runs on" in said


def test_variables_come_from_the_dotenv_file(campotech: CommandLine, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CAMPOTECH_HOST=203.0.113.8\n")

    assert "203.0.113.8" in sentence(campotech("demo"))


def test_the_environment_wins_over_the_dotenv_file(campotech: CommandLine, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=1\n")

    assert "PORT is not a port: none." in sentence(campotech("demo", PORT="none"))


def test_help_lists_the_commands_at_once(campotech: CommandLine) -> None:
    done = campotech("--help")

    assert done.returncode == 0
    for command in ("demo", "up", "worker", "migrate", "create-admin", "simulator", "build"):
        assert f"  {command} " in done.stdout or f"  {command}\n" in done.stdout


def test_an_admin_is_created_in_a_fresh_folder(campotech: CommandLine) -> None:
    words = ("--organization", "Norte", "--email", "ana@norte.test", "--name", "Ana")
    variables = {"CAMPOTECH_SECRET_KEY": KEY, "CAMPOTECH_ADMIN_PASSWORD": "a long enough password"}

    first = campotech("create-admin", *words, **variables)
    second = campotech("create-admin", *words, **variables)

    assert first.stdout == "ana@norte.test can log in to Norte.\n", first.stderr
    assert "ana@norte.test can log in already" in sentence(second)
