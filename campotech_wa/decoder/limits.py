"""What the decoding process may use up, set by itself before it reads the first byte."""

import os
import resource
import signal

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 120
CLOCK_SECONDS = 170
LARGEST_RESULT = 100 * 1024**2
NICENESS = 10
"""Below the workers: nobody waits for a thumbnail as they wait for a message."""


def impose() -> None:
    """Limit memory, time and output; what exceeds a limit ends this process and no other."""
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (limit, limit))
    signal.alarm(CLOCK_SECONDS)
    os.nice(NICENESS)
