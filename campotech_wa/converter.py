"""Look into files of strangers and convert them: thumbnails, lengths, waveforms, copies that every browser plays.

The decoders run in a process of their own, without our secrets and with little memory and time: a hostile file can
end that process and nothing else.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from campotech_wa import scratch
from campotech_wa.decoder.facts import Facts
from campotech_wa.errors import CampotechError, StorageUnavailable

log = logging.getLogger(__name__)

_LONGEST = 180.0
"""Seconds on the clock; the process also limits its own time and memory (``decoder.limits``)."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""Decoders of one process of ours: more would only take each other's cores."""

_FACTS = TypeAdapter(Facts)

DECODED = ("image/", "audio/", "video/")


class Unconvertible(CampotechError):
    """The file is broken, or too much work: no converted form of it can be made."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What was made of a file; the caller closes what there is."""

    facts: Facts
    thumbnail: BinaryIO | None = None
    playable: BinaryIO | None = None

    def close(self) -> None:
        """Let go of the files."""
        for file in (self.thumbnail, self.playable):
            if file is not None:
                file.close()


def derive(source: BinaryIO, mime_type: str) -> Derived:
    """Return what can be told of a file. A broken or hostile one tells less, or nothing.

    Raises:
        StorageUnavailable: this machine has no room to work on it.
    """
    if not mime_type.startswith(DECODED):
        return Derived(Facts())
    with ExitStack() as stack:
        thumbnail, playable = (stack.enter_context(scratch.new()) for _ in range(2))
        facts = _run("derive", mime_type, source, thumbnail, playable)
        stack.pop_all()
    return Derived(
        facts,
        _kept(thumbnail, wanted=facts.has_thumbnail),
        _kept(playable, wanted=bool(facts.playable_type)),
    )


def convert(source: BinaryIO, mime_type: str, target: str) -> BinaryIO:
    """Return the file as another type: ``image/jpeg``, ``audio/mp4``, ``audio/ogg`` (a voice note), ``video/mp4``.

    Raises:
        Unconvertible: no result came of it.
        StorageUnavailable: this machine has no room to work on it.
    """
    with ExitStack() as stack:
        result = stack.enter_context(scratch.new())
        if not _run("convert", mime_type, source, result, target=target).is_converted:
            raise Unconvertible(f"No {target} could be made of it.")
        stack.pop_all()
        return result


def _kept(file: BinaryIO, *, wanted: bool) -> BinaryIO | None:
    if wanted:
        return file
    file.close()
    return None


def _run(work: str, mime_type: str, source: BinaryIO, *targets: BinaryIO, target: str = "") -> Facts:
    """Return the last facts the process told before it ended, however it ended."""
    files = [file.fileno() for file in (source, *targets)]
    command = [
        sys.executable,
        "-I",
        "-m",
        "campotech_wa.decoder",
        work,
        mime_type,
        target,
        *map(str, files),
    ]
    with _AT_ONCE, _faults():
        # The decoder reads what is in the file, not what waits in our memory to be written.
        source.flush()
        lines = _output(command, files)
        for file in (source, *targets):
            file.seek(0)
    return _last(lines)


@contextmanager
def _faults() -> Generator[None]:
    try:
        yield
    except OSError as fault:
        raise StorageUnavailable(f"The file can not be worked on: {fault.strerror}.") from fault


def _output(command: list[str], files: list[int]) -> list[bytes]:
    process = subprocess.Popen(  # noqa: S603  (our own program; only numbers and types of ours are arguments)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=files,
        env={},
        cwd="/",
    )
    try:
        output, _ = process.communicate(timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    if process.returncode:
        log.warning("file not decoded", extra={"status": process.returncode})
    return output.splitlines()


def _last(lines: list[bytes]) -> Facts:
    for line in reversed(lines):
        try:
            return _FACTS.validate_json(line)
        except ValidationError:
            continue
    return Facts()
