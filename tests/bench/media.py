"""How much memory the largest file takes up in any of our processes, on each of its ways, and how long each takes."""

import json
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx
import psutil

from campotech_wa import demo
from campotech_wa.cli.place import Place
from tests.bench.report import Row, below
from tests.bench.stage import Stage

LARGEST = 100 * 1024 * 1024
MOST_ADDED_MB = 40
_WARM_UP = 256 * 1024
_PIECE = 1024 * 1024
_PATIENCE = 120.0
_CUSTOMER = "5491150000001"
_NOT_OURS = ("simulator", "postgres", "redis", "valkey")


@dataclass
class Figures:
    """What one way of a file cost."""

    seconds: float = 0.0
    added: dict[int, int] = field(default_factory=dict[int, int])
    """Bytes by which each process grew at its largest."""

    @property
    def megabytes(self) -> float:
        """The growth of the process that grew most."""
        return max(self.added.values(), default=0) / 2**20


def measure(stage: Stage) -> list[Row]:
    """Send a document of a hundred megabytes through the product in both directions."""
    with stage.product() as place, httpx.Client(timeout=_PATIENCE) as client:
        world = _World(stage, place, client)
        world.all_ways(_WARM_UP)
        figures = world.all_ways(LARGEST)
    note = (
        "Media: one document of 100 MB through the product as `campotech-wa demo` starts it; growth of the resident "
        "memory of whichever process of ours grew most, sampled every 5 ms, after a small one went the same ways."
    )
    return [
        below(
            f"memory added by 100 MB {way}, in {each.seconds:.1f} s", each.megabytes, MOST_ADDED_MB, _mb, note
        )
        for way, each in figures.items()
    ]


class _World:
    """The demo's first organization, one customer, and the simulator between them."""

    def __init__(self, stage: Stage, place: Place, client: httpx.Client) -> None:
        self._stage, self._client = stage, client
        self._product, self._simulator = place.loopback_url, f"http://127.0.0.1:{place.simulator_port}"
        self._key = {"Authorization": f"Bearer {demo.ORGANIZATIONS[0].api_key}"}
        self._number = "100000000000001"

    def all_ways(self, size: int) -> dict[str, Figures]:
        """Let a file of this size go each way; return what each cost."""
        figures: dict[str, Figures] = {}
        with _watched() as figures["from Meta into the storage"]:
            attachment = self._comes_in(size)
        with _watched() as figures["to a person"]:
            self._is_shown(attachment)
        with _watched() as figures["from a person into the storage"]:
            media_id = self._is_handed_in(size)
        with _watched() as figures["from the storage to Meta"]:
            self._leaves(media_id)
        return figures

    def _comes_in(self, size: int) -> int:
        newest = "select coalesce(max(id), 0) from wa_attachment where state = 'stored'"
        known = self._stage.count(newest)
        told = self._client.post(
            f"{self._simulator}/_sim/media",
            params={"phone_number_id": self._number},
            content=_document(size),
            headers={"Content-Type": "application/pdf"},
        ).json()
        message = {"type": "document", "document": {"id": told["id"], "filename": "plano.pdf"}}
        inbound = {"phone_number_id": self._number, "from": _CUSTOMER, "message": message}
        self._client.post(f"{self._simulator}/_sim/inbound", json=inbound).raise_for_status()
        return _until(lambda: found if (found := self._stage.count(newest)) > known else 0)

    def _is_shown(self, attachment: int) -> None:
        address = f"{self._product}/api/v1/media/{attachment}"
        with self._client.stream("GET", address, headers=self._key) as answer:
            answer.raise_for_status()
            for _ in answer.iter_raw(_PIECE):
                pass

    def _is_handed_in(self, size: int) -> str:
        answer = self._client.post(
            f"{self._product}/api/v1/media",
            params={"filename": "plano.pdf"},
            content=_document(size),
            headers=self._key,
        )
        return str(answer.raise_for_status().json()["id"])

    def _leaves(self, media_id: str) -> None:
        message = {"to": f"+{_CUSTOMER}", "type": "document", "document": {"id": media_id}}
        answer = self._client.post(f"{self._product}/api/v1/messages", json=message, headers=self._key)
        sent = json.loads(answer.raise_for_status().text)["id"]
        address = f"{self._product}/api/v1/messages/{sent}"
        waiting = {"queued", "failed"}
        _until(lambda: self._client.get(address, headers=self._key).json()["state"] not in waiting)


def _document(size: int) -> Iterator[bytes]:
    """Yield a document that no other run has sent."""
    head = b"%PDF-1.4\n" + os.urandom(64)
    yield head
    for start in range(len(head), size, _PIECE):
        yield os.urandom(min(_PIECE, size - start))


@contextmanager
def _watched() -> Generator[Figures]:
    """Watch the memory of every process of ours while the block runs."""
    figures, over = Figures(), threading.Event()
    before = dict(_ours())
    watcher = threading.Thread(target=_watch, args=(before, figures, over))
    started = time.perf_counter()
    watcher.start()
    try:
        yield figures
    finally:
        figures.seconds = time.perf_counter() - started
        over.set()
        watcher.join()


def _watch(before: dict[int, int], figures: Figures, over: threading.Event) -> None:
    while not over.wait(0.005):
        for pid, size in before.items():
            try:
                grown = psutil.Process(pid).memory_info().rss - size
            except psutil.NoSuchProcess:
                continue
            figures.added[pid] = max(grown, figures.added.get(pid, 0))


def _ours() -> Iterator[tuple[int, int]]:
    """Yield every process of ours with its memory; one that ends while we look is none."""
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if not any(word in " ".join(each.cmdline()) for word in _NOT_OURS):
                yield each.pid, each.memory_info().rss


def _until(found: Callable[[], int]) -> int:
    deadline = time.monotonic() + _PATIENCE
    while not (answer := found()):
        if time.monotonic() > deadline:
            raise TimeoutError("The file did not get through in time.")
        time.sleep(0.05)
    return answer


def _mb(value: float) -> str:
    return f"{value:.1f} MB"
