"""A real Chromium: logged in without its login page, and telling on one clock what it shows and when."""

import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from campotech_wa.cli.place import Place
from campotech_wa.demo import ORGANIZATIONS
from campotech_wa.web.cookies import SESSION

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 15_000.0
"""Milliseconds for anything to appear."""

_WATCH = """() => {
    window.shown = {};
    const now = () => performance.timeOrigin + performance.now();
    const note = (node) => {
        for (const [text] of (node.textContent || "").matchAll(/bench-\\d{6}/g)) window.shown[text] ??= now();
    };
    const look = (changes) => changes.forEach((change) =>
        change.type === "characterData" ? note(change.target) : change.addedNodes.forEach(note));
    const thread = document.querySelector("[data-testid=thread]");
    new MutationObserver(look).observe(thread, { subtree: true, childList: true, characterData: true });
}"""


@contextmanager
def chromium() -> Generator[Browser]:
    """Start the machine's Chromium, headless."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("Chromium is missing. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


def session(place: Place) -> str:
    """Log in as the first organization's admin, through the route that the login page posts to."""
    email, password = ORGANIZATIONS[0].admin
    connection = HTTPConnection("127.0.0.1", place.port, timeout=30)
    connection.request(
        "POST",
        "/auth/login",
        urlencode({"email": email, "password": password}),
        {"Origin": place.loopback_url, "Content-Type": "application/x-www-form-urlencoded"},
    )
    cookies = SimpleCookie()
    for header in connection.getresponse().headers.get_all("set-cookie") or []:
        cookies.load(header)
    connection.close()
    return cookies[SESSION].value


def context(browser: Browser, place: Place, token: str) -> BrowserContext:
    """Open a profile without a cache, logged in."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(PATIENCE)
    opened.add_cookies([{"name": SESSION, "value": token, "url": place.loopback_url, "httpOnly": True}])
    return opened


class Thread:
    """A tab with a conversation open, whose clock is compared with ours."""

    def __init__(self, page: Page, place: Place, conversation_id: int) -> None:
        self.page = page
        page.goto(f"{place.loopback_url}/conversations/{conversation_id}")
        page.locator("[data-testid=message]").first.wait_for()
        page.evaluate(_WATCH)
        self._ahead = _ahead(page)

    def shown_at(self, marker: str) -> float:
        """Wait until a text is in the document; return when it came there, on our clock."""
        handle = self.page.wait_for_function("marker => window.shown[marker]", arg=marker, polling=20)
        return float(handle.json_value()) / 1000 - self._ahead

    def on_our_clock(self, milliseconds: float) -> float:
        """Translate a time of the browser's."""
        return milliseconds / 1000 - self._ahead


def _ahead(page: Page) -> float:
    """Return by how many seconds the browser's clock is ahead of ours, from the quickest of some questions."""
    quickest, ahead = float("inf"), 0.0
    for _ in range(20):
        asked = time.time()
        theirs = float(page.evaluate("performance.timeOrigin + performance.now()")) / 1000
        answered = time.time()
        if answered - asked < quickest:
            quickest, ahead = answered - asked, theirs - (asked + answered) / 2
    return ahead
