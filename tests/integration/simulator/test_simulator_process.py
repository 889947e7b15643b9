"""The simulator starts, refuses to start, and stops, as a good process does."""

import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from simulator_driver import ANA, NUMBER, PATIENCE, configuration, eventually, free_port, running, start, text

DOCUMENT = configuration("http://127.0.0.1:9/")


def test_a_taken_port_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    with running(tmp_path, DOCUMENT) as simulator:
        port = simulator.http.base_url.port
        assert port

        second = start(tmp_path, DOCUMENT, port)
        _, complaint = second.communicate(timeout=PATIENCE)

    assert second.returncode == 2
    assert complaint == f"The simulator can not listen on 127.0.0.1:{port}: the port is taken.\n"


def test_it_does_not_listen_beyond_loopback(tmp_path: Path) -> None:
    process = start(tmp_path, DOCUMENT, free_port(), "--host", "0.0.0.0")  # noqa: S104 - refused
    _, complaint = process.communicate(timeout=PATIENCE)

    assert process.returncode == 2
    assert "loopback" in complaint
    assert complaint.count("\n") == 1


def test_a_configuration_that_is_not_sound_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    process = start(tmp_path, {"channels": []}, free_port())
    _, complaint = process.communicate(timeout=PATIENCE)

    assert process.returncode == 2
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_whatever_is_open(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path, DOCUMENT) as simulator:
        simulator.write()  # its webhook is refused, and would be tried for ten minutes
        simulator.control("/faults", {"latency_ms": 60_000})
        pending = threading.Thread(target=_send_in_vain, args=(str(simulator.http.base_url),))
        pending.start()
        eventually(lambda: simulator.look("/messages"))
        query = {"phone_number_id": NUMBER, "from": ANA}
        with simulator.http.stream("GET", "/_phone/events", params=query) as stream:
            next(stream.iter_lines())
            started = time.monotonic()
            simulator.process.send_signal(number)
            code = simulator.process.wait(PATIENCE)
            pending.join(PATIENCE)

        assert code == 0
        assert time.monotonic() - started < 2


def _send_in_vain(base_url: str) -> None:
    headers = {"Authorization": "Bearer access-token-1"}
    with suppress(httpx.TransportError), httpx.Client(base_url=base_url, timeout=60, trust_env=False) as http:
        http.post(f"/v25.0/{NUMBER}/messages", json=text(), headers=headers)
