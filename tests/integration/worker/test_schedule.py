"""What runs periodically goes on running, whatever one of its works meets, and none of them holds up the sweep."""

import logging
import socket
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from campotech_wa.domain.access import Actor
from campotech_wa.errors import NotFound
from campotech_wa.signals.connection import redis
from tests import samples
from tests.integration.desk import change, eventually, payload, post, text, value, woken
from tests.integration.files import empty, upload
from tests.integration.processes import scheduler
from worker import schedule


@pytest.mark.parametrize("fault", [NotFound("gone"), OperationalError("select", {}, OSError())])
def test_what_is_out_of_order_only_postpones_the_work(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise fault

    schedule.attempt(fails)

    assert [record.message for record in caplog.records] == ["postponed"]


def test_a_thread_aside_survives_what_nobody_has_named(caplog: pytest.LogCaptureFixture) -> None:
    stop, tries = threading.Event(), list[int]()

    def fails() -> None:
        tries.append(1)
        if len(tries) == 2:
            stop.set()
        raise ValueError("what a customer wrote")

    with caplog.at_level(logging.ERROR):
        schedule.repeat(fails, 0.01, stop)

    assert len(tries) == 2
    assert [record.__dict__["error_type"] for record in caplog.records] == ["ValueError", "ValueError"]
    assert "what a customer wrote" not in caplog.text


def test_a_storage_that_does_not_answer_holds_up_no_sweep(
    environment: dict[str, str], agent: Actor, tmp_path: Path
) -> None:
    upload(agent, samples.PDF)
    change("update media_file set used_at = now() - interval '31 days'")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(20)
        bucket = {
            "CAMPOTECH_MEDIA_STORE": "s3://media",
            "CAMPOTECH_S3_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "CAMPOTECH_S3_ACCESS_KEY": "a",
            "CAMPOTECH_S3_SECRET_KEY": "b",
        }
        with scheduler(environment | bucket, tmp_path / "schedule.log"):
            asked, _ = silent.accept()
            with asked:
                post(payload(value(messages=[text()])))
                redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
                change("update webhook_event set due_at = due_at - interval '1 hour'")

                eventually(lambda: woken("intake"))
    empty()
