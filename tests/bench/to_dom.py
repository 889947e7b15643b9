"""From the POST of a webhook to its text on screens: with one open tab, and with a hundred of one organization."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from playwright.sync_api import Page, WebSocket

from campotech_wa.cli.place import Place
from campotech_wa.paths import checkout
from campotech_wa.web.cookies import SESSION
from tests.bench import browser, posts
from tests.bench.crowd import Handshake
from tests.bench.figures import median, milliseconds, percentile
from tests.bench.report import Row, below
from tests.bench.stage import Stage
from tests.bench.wire import Line

TARGET_ALONE = 0.040
TARGET_CROWD = 0.200
TABS = 100

_MESSAGES = 30
_PAUSE = (0.35, 0.65)
"""Seconds between two posts: more than a tab rests between two refreshes."""


def measure(stage: Stage) -> list[Row]:
    """Post to the product and look at its tabs."""
    with stage.product() as place, browser.chromium() as chromium:
        conversation_id = stage.conversation()
        page = browser.context(chromium, place, browser.session(place)).new_page()
        opened = _Opened(page)
        thread = browser.Thread(page, place, conversation_id)
        first = _posted(place, thread)
        with _crowd(opened.handshake(place, _sessions(place), ready=list(first)[-1])) as tabs:
            sent = _posted(place, thread)
        alone = [shown - at for at, shown in first.values()]
        chromium_times = [shown - at for at, shown in sent.values()]
        others = [tab["arrived"][marker] - at for tab in tabs for marker, (at, _) in sent.items()]
    return _rows(alone, chromium_times, others, tabs)


def _rows(
    alone: list[float], chromium: list[float], others: list[float], tabs: list[dict[str, Any]]
) -> list[Row]:
    everywhere = chromium + others
    frames = sum(tab["received"] for tab in tabs) / sum(tab["frames"] for tab in tabs) / 1024
    note = (
        f"POST to text: {_MESSAGES} posts, {_PAUSE[0]}-{_PAUSE[1]} s apart, web processes as by default. "
        f"{TABS} tabs: one Chromium and {TABS - 1} socket.io clients, each with a login of its own and the "
        f"same conversation open; {len(everywhere)} arrivals, none missing, {frames:.1f} KB a frame."
    )
    return [
        below("POST to text in Chromium, 1 tab, median", median(alone), TARGET_ALONE, milliseconds, note),
        Row("the same, p95", milliseconds(percentile(alone, 0.95))),
        Row(f"POST to text, {TABS} tabs, median", milliseconds(median(everywhere))),
        below(f"POST to text, {TABS} tabs, p95", percentile(everywhere, 0.95), TARGET_CROWD, milliseconds),
        Row(f"the Chromium among the {TABS}, median", milliseconds(median(chromium))),
    ]


def _posted(place: Place, thread: browser.Thread) -> dict[str, tuple[float, float]]:
    """Post messages to the open conversation; return when each was posted, and shown in Chromium."""
    times: dict[str, tuple[float, float]] = {}
    with Line(place.port) as line:
        line.post(posts.request(posts.marker()))
        for _ in range(_MESSAGES):
            time.sleep(random.uniform(*_PAUSE))  # noqa: S311  (spreads load, guards nothing)
            marker = posts.marker()
            request = posts.request(f"¿A qué hora vienen? {marker}")
            sent_at = time.time()
            line.post(request)
            times[marker] = sent_at, thread.shown_at(marker)
    time.sleep(1)
    return times


class _Opened:
    """Listens to what a page says when it connects."""

    def __init__(self, page: Page) -> None:
        self._address = ""
        self._sent: list[str] = []
        page.on("websocket", self._listen)

    def handshake(self, place: Place, sessions: list[str], ready: str) -> Handshake:
        """Return the page's own handshake, for other tabs to repeat."""
        base, _, query = self._address.partition("?")
        pairs = (pair.partition("=")[::2] for pair in query.split("&"))
        kept = "&".join(f"{name}={'{token}' if name == 'token' else value}" for name, value in pairs)
        connect = next(frame for frame in self._sent if frame.startswith("40"))
        return Handshake(
            address=f"{base}?{kept}",
            origin=place.loopback_url,
            subprotocol=version("reflex"),
            connect=connect,
            sessions=[f"{SESSION}={session}" for session in sessions],
            ready=ready,
        )

    def _listen(self, socket: WebSocket) -> None:
        self._address = socket.url
        socket.on("framesent", lambda frame: self._sent.append(str(frame)))


def _sessions(place: Place) -> list[str]:
    """Log in once for each tab of the crowd."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(browser.session, [place] * (TABS - 1)))


@contextmanager
def _crowd(handshake: Handshake) -> Generator[list[dict[str, Any]]]:
    """Open the crowd's tabs; fill the list with what arrived at each when the block ends."""
    arrived: list[dict[str, Any]] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.crowd"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=checkout(),
    )
    try:
        if _asked(process, json.dumps(asdict(handshake))) != "ready":
            raise RuntimeError("The crowd's tabs did not open: see above.")
        yield arrived
        arrived += json.loads(_asked(process, "end"))
    finally:
        process.kill()
        process.wait()


def _asked(process: "subprocess.Popen[str]", line: str) -> str:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The crowd has no pipes.")
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()
