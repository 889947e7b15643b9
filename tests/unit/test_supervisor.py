"""The supervisor with real processes: small Python programs."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from campotech_wa.supervision.process import Program
from campotech_wa.supervisor import ProgramError, StoppedError, Supervisor, supervising

PATIENCE = 10.0

Make = Callable[..., Program]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a program of a few lines of Python; it may write into the files ``events`` and ``pids``."""

    def program(code: str, *, name: str = "program", **details: object) -> Program:
        return Program(
            name=name,
            command=(sys.executable, "-c", textwrap.dedent(code)),
            environment={"PYTHONUNBUFFERED": "1"},
            directory=tmp_path,
            log=tmp_path / f"{name}.log",
            **details,  # pyright: ignore[reportArgumentType]
        )

    return program


@contextmanager
def watched(folder: Path) -> Generator[tuple[Supervisor, list[str]]]:
    reports: list[str] = []
    with supervising(folder / "processes.json", report=reports.append, tick=lambda: None) as supervisor:
        yield supervisor, reports


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def events(folder: Path) -> list[str]:
    path = folder / "events"
    return path.read_text().split() if path.exists() else []


def has_ended(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_program_that_ends_is_started_again_after_growing_delays(tmp_path: Path, make: Make) -> None:
    program = make("""
        import os, signal, time
        open("events", "a").write(f"{time.monotonic()}\\n")
        if len(open("events").readlines()) == 3:
            os.kill(os.getppid(), signal.SIGINT)
            time.sleep(60)
    """)

    with watched(tmp_path) as (supervisor, reports):
        supervisor.start(program)
        supervisor.watch()

    first, second, third = map(float, events(tmp_path))
    assert second - first >= 0.2
    assert third - second >= 0.4
    assert reports == ["program ended with code 0; it is started again"] * 2


def test_a_killed_program_is_started_again(tmp_path: Path, make: Make) -> None:
    program = make("""
        import os, signal, time
        open("events", "a").write("run\\n")
        number = signal.SIGKILL if len(open("events").readlines()) == 1 else signal.SIGTERM
        os.kill(os.getpid() if number == signal.SIGKILL else os.getppid(), number)
        time.sleep(60)
    """)

    with watched(tmp_path) as (supervisor, reports):
        supervisor.start(program)
        supervisor.watch()

    assert events(tmp_path) == ["run", "run"]
    assert reports == ["program was ended by SIGKILL; it is started again"]


def test_stages_end_in_reverse_order(tmp_path: Path, make: Make) -> None:
    code = """
        import signal, sys, time
        def end(*_):
            open("events", "a").write("{name}\\n")
            sys.exit()
        signal.signal(signal.SIGTERM, end)
        open("{name}.ready", "w").close()
        time.sleep(60)
    """

    with watched(tmp_path) as (supervisor, _):
        for name in ("first", "second", "third"):
            is_ready = (tmp_path / f"{name}.ready").exists
            supervisor.start(make(code.replace("{name}", name), name=name, is_ready=is_ready))

    assert events(tmp_path) == ["third", "second", "first"]


def test_a_program_that_ignores_the_request_is_killed_after_its_time(tmp_path: Path, make: Make) -> None:
    code = """
        import signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        open("ready", "w").close()
        time.sleep(60)
    """

    with watched(tmp_path) as (supervisor, _):
        supervisor.start(make(code, is_ready=(tmp_path / "ready").exists, stop_seconds=0.3))
        [kept] = supervisor.kept
        assert kept.run
        pid, asked_at = kept.run.pid, time.monotonic()

    assert has_ended(pid)
    assert 0.3 <= time.monotonic() - asked_at < 3


@pytest.mark.parametrize("escape", ["", "os.setsid()"], ids=["same group", "own session"])
def test_what_a_program_started_ends_with_it(tmp_path: Path, make: Make, escape: str) -> None:
    code = f"""
        import os, signal, time
        if os.fork() == 0:
            {escape}
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            open("pids", "w").write(f"{{os.getpid()}}\\n")
        time.sleep(60)
    """
    pids = tmp_path / "pids"

    with watched(tmp_path) as (supervisor, _):
        supervisor.start(make(code, is_ready=lambda: pids.exists() and bool(pids.read_text().strip())))

    assert has_ended(int(pids.read_text()))


def test_a_program_that_ends_before_it_is_ready_shows_the_end_of_its_log(tmp_path: Path, make: Make) -> None:
    program = make("print('no luck today'); raise SystemExit(3)", is_ready=lambda: False)

    with watched(tmp_path) as (supervisor, _), pytest.raises(ProgramError) as caught:
        supervisor.start(program)

    assert "program ended with code 3" in str(caught.value)
    assert "no luck today" in str(caught.value)


def test_a_program_that_is_not_ready_in_time_is_an_error(tmp_path: Path, make: Make) -> None:
    program = make("import time; time.sleep(60)", is_ready=lambda: False, ready_seconds=0.2)

    with watched(tmp_path) as (supervisor, _), pytest.raises(ProgramError, match="was not ready after"):
        supervisor.start(program)


def test_a_wish_to_stop_ends_the_start(tmp_path: Path, make: Make) -> None:
    program = make(
        "import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(60)",
        is_ready=lambda: False,
    )

    with watched(tmp_path) as (supervisor, _), pytest.raises(StoppedError):
        supervisor.start(program)


def test_a_task_runs_to_its_end(tmp_path: Path, make: Make) -> None:
    with watched(tmp_path) as (supervisor, _):
        supervisor.run(make("open('events', 'w').write('done')"))

    assert events(tmp_path) == ["done"]


def test_a_task_that_fails_is_an_error(tmp_path: Path, make: Make) -> None:
    with watched(tmp_path) as (supervisor, _), pytest.raises(ProgramError, match="ended with code 4"):
        supervisor.run(make("raise SystemExit(4)"))


def test_a_second_wish_to_stop_kills_at_once(tmp_path: Path, make: Make) -> None:
    code = """
        import os, signal, time
        def again(*_):
            os.kill(os.getppid(), signal.SIGINT)
        signal.signal(signal.SIGTERM, again)
        os.kill(os.getppid(), signal.SIGINT)
        while True:
            time.sleep(1)
    """

    with watched(tmp_path) as (supervisor, _):
        supervisor.start(make(code, stop_seconds=60))
        supervisor.watch()
        stopped_at = time.monotonic()

    assert time.monotonic() - stopped_at < 5


def test_what_a_crashed_program_leaves_in_its_group_is_ended(tmp_path: Path, make: Make) -> None:
    code = """
        import os, signal, time
        if os.fork() == 0:
            open("pids", "a").write(f"{os.getpid()}\\n")
            time.sleep(60)
        while not os.path.exists("pids"):
            time.sleep(0.01)
        raise SystemExit(1)
    """
    pids = tmp_path / "pids"

    with watched(tmp_path) as (supervisor, _), pytest.raises(ProgramError):
        supervisor.start(make(code, is_ready=lambda: False))

    assert eventually(lambda: all(has_ended(int(pid)) for pid in pids.read_text().split()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_programs_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    code = f"""
        import sys
        from pathlib import Path
        from campotech_wa.supervision.process import Program
        from campotech_wa.supervisor import supervising
        folder = Path({str(tmp_path)!r})
        sleeper = "open('ready', 'w').close(); import time; time.sleep(60)"
        program = Program(name="sleeper", command=(sys.executable, "-c", sleeper), directory=folder,
                          log=folder / "log", is_ready=(folder / "ready").exists)
        with supervising(folder / "processes.json", report=print, tick=lambda: None) as supervisor:
            supervisor.start(program)
            print(supervisor.kept[0].run.pid, flush=True)
            supervisor.watch()
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        child = int(supervisor.stdout.readline())
        assert not has_ended(child)

        supervisor.kill()

    assert eventually(lambda: has_ended(child))


def test_a_run_under_nohup_outlives_its_terminal(tmp_path: Path, make: Make) -> None:
    program = make(
        "import os, signal, time; os.kill(os.getppid(), signal.SIGHUP); open('events', 'w').write('sent')"
    )
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with watched(tmp_path) as (supervisor, _):
            supervisor.run(program)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert events(tmp_path) == ["sent"]


def test_signals_are_as_before_afterwards(tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]

    with watched(tmp_path):
        pass

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)] == before


def test_a_forked_program_writes_to_its_own_log(tmp_path: Path) -> None:
    log = tmp_path / "forked.log"

    def speak() -> None:
        sys.stdout.write("hello from the copy\n")

    with watched(tmp_path) as (supervisor, _):
        supervisor.run(Program(name="forked", log=log, call=speak))

    assert log.read_text() == "hello from the copy\n"


def test_a_forked_program_that_raises_fails_with_its_traceback_in_the_log(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("odd")

    with (
        watched(tmp_path) as (supervisor, _),
        pytest.raises(ProgramError, match="ended with code 1") as caught,
    ):
        supervisor.run(Program(name="forked", log=tmp_path / "forked.log", call=fail))

    assert "ValueError: odd" in str(caught.value)


def test_a_forked_program_is_killed_and_started_again(tmp_path: Path) -> None:
    path = tmp_path / "events"

    def once_then_report() -> None:
        with path.open("a") as file:
            file.write("run\n")
        number = signal.SIGKILL if len(events(tmp_path)) == 1 else signal.SIGTERM
        os.kill(os.getpid() if number == signal.SIGKILL else os.getppid(), number)
        time.sleep(60)

    with watched(tmp_path) as (supervisor, reports):
        supervisor.start(Program(name="forked", log=tmp_path / "forked.log", call=once_then_report))
        supervisor.watch()

    assert events(tmp_path) == ["run", "run"]
    assert reports == ["forked was ended by SIGKILL; it is started again"]
