"""One worker process: settings, queues, its event loop, signals."""

import argparse
import logging
import os
import sys
from types import TracebackType

from redis.client import Pipeline
from rq import Queue, SimpleWorker, worker_registration
from rq.executions import Execution
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer

from campotech_wa import logs, settings
from campotech_wa.errors import ConfigurationError
from campotech_wa.signals.connection import queue_redis
from worker import loop

log = logging.getLogger("worker.main")


class DeskWorker(SimpleWorker):
    """Runs jobs in its own process, whose event loop and connections outlive them."""

    max_connection_wait_time = 2.0
    """Seconds between the tries to reach Redis again; RQ's own minute would be felt."""

    def handle_job_failure(
        self,
        job: Job,
        queue: Queue,
        started_job_registry: StartedJobRegistry | None = None,
        exc_string: str = "",  # noqa: ARG002
        execution: Execution | None = None,
    ) -> None:
        """Mark a job as failed, without the text of what stopped it: it may quote content."""
        super().handle_job_failure(job, queue, started_job_registry, "see the log", execution)  # pyright: ignore[reportUnknownMemberType]

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say that this worker lives, also to a Redis that has lost its memory: /readyz counts who is registered."""
        worker_registration.register(self, pipeline)
        super().heartbeat(timeout, pipeline)


_WORKER_TTL = 30
"""Seconds; RQ adds sixty: then a worker that was killed no longer counts in /readyz."""


_NICENESS = 5
"""Where cores are few, acknowledging Meta and showing pages go before processing: Meta drops slow endpoints."""


def log_failure(job: Job, kind: type[BaseException], error: BaseException, trace: TracebackType) -> bool:
    """Log what stopped a job, by type and place. The sweep wakes what is still due."""
    log.error("job failed", exc_info=(kind, error, trace), extra={"job": job.func_name})
    return True


def run(queues: list[str]) -> None:
    """Work on the queues, the first above the others, until told to stop."""
    logs.configure(settings.get().log_level)
    os.nice(_NICENESS)
    worker = DeskWorker(
        queues,
        connection=queue_redis(),
        serializer=JSONSerializer,
        worker_ttl=_WORKER_TTL,
        exception_handlers=[log_failure],
    )
    worker.log_result_lifespan = False
    log.info("worker started", extra={"queue": ",".join(queues)})
    worker.work(logging_level="CRITICAL")
    loop.finish()


def main() -> None:
    """Start from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queues", nargs="+")
    try:
        run(parser.parse_args().queues)
    except ConfigurationError as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
