"""How soon a person who opens the inbox in a browser without a cache sees conversations."""

from playwright.sync_api import Browser

from campotech_wa.cli.place import Place
from tests.bench import browser
from tests.bench.figures import median
from tests.bench.report import Row, below
from tests.bench.stage import Stage

TARGET = 1.5

_VISITS = 7

_NOTE_ROWS = """() => {
    const look = () => document.querySelector("[data-testid=conversation-item]")
        ? requestAnimationFrame(() => requestAnimationFrame(() => (window.usable = performance.now())))
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
}"""
"""Two frames after the rows are in the document they have been painted."""


def measure(stage: Stage) -> list[Row]:
    """Visit the inbox again and again, each time with a new profile."""
    with stage.product() as place, browser.chromium() as chromium:
        stage.conversation()
        token = browser.session(place)
        visits = [_visit(chromium, place, token) for _ in range(_VISITS)]
    note = f"First page: {_VISITS} visits with empty caches, logged in, from navigation to painted rows."
    return [
        below("first page usable, median", median(visits), TARGET, _seconds, note),
        Row("the same, slowest", _seconds(max(visits))),
    ]


def _visit(chromium: Browser, place: Place, token: str) -> float:
    with browser.context(chromium, place, token) as profile:
        page = profile.new_page()
        page.add_init_script(f"({_NOTE_ROWS})()")
        page.goto(f"{place.loopback_url}/", wait_until="commit")
        return float(page.wait_for_function("window.usable").json_value()) / 1000


def _seconds(value: float) -> str:
    return f"{value:.2f} s"
