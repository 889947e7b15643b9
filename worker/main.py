"""One worker process: settings, queues, its event loop, signals."""

import argparse
import logging
import sys
from types import TracebackType

from rq import SimpleWorker
from rq.job import Job
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


_WORKER_TTL = 30
"""Seconds after which a worker that was killed no longer counts in /readyz."""


def log_failure(job: Job, kind: type[BaseException], error: BaseException, trace: TracebackType) -> bool:
    """Log what stopped a job, by type and place; RQ's own lines quote the text. The sweep calls it again."""
    log.error("job failed", exc_info=(kind, error, trace), extra={"job": job.func_name})
    return True


def run(queues: list[str]) -> None:
    """Work on the queues, the first above the others, until told to stop."""
    logs.configure(settings.get().log_level)
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
