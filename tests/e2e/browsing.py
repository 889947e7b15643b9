"""A real Chromium whose tabs are logged in and listened to."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from campotech_wa.domain.cookies import LOCALE, SESSION
from tests.e2e.house import House
from tests.e2e.pages import Complaints, Desk, Phone

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
"""The last two are a microphone that beeps, and somebody who allows it."""
PATIENCE = 20_000
"""Milliseconds for anything to appear."""

DESKTOP = {"width": 1280, "height": 800}
POCKET = {"width": 390, "height": 800}

Person = tuple[str, str]
"""E-mail and password."""


@contextmanager
def chromium() -> Generator[Browser]:
    """Start the machine's Chromium, headless."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "Chromium is missing. On Debian: apt-get install chromium"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield browser
        browser.close()


def session(house: House, person: Person) -> dict[str, str]:
    """Log in through the route that the login page posts to; returns the cookies it sets."""
    email, password = person
    answer = httpx.post(
        f"{house.url}/auth/login",
        data={"email": email, "password": password},
        headers={"Origin": house.url},
        timeout=30,
    )
    cookies = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return {name: cookies[name].value for name in (SESSION, LOCALE)}


class Browsing:
    """Opens tabs for the length of a test. People log in once: a password takes its time to be hashed."""

    def __init__(self, browser: Browser, house: House, sessions: dict[Person, dict[str, str]]) -> None:
        self._browser, self._house, self._sessions = browser, house, sessions
        self._open: list[BrowserContext] = []
        self.complaints = Complaints()

    def desk(self, person: Person | None, **options: Any) -> Desk:
        """Open a profile of its own for a person; without one, nobody is logged in."""
        return Desk(self.page(person, **options), self._house)

    def phone(self, **options: Any) -> Phone:
        """Open a customer's phone."""
        return Phone(self.page(None, **options), self._house)

    def another(self, desk: Desk) -> Desk:
        """Open one more tab of a profile."""
        return Desk(self._listened(desk.page.context.new_page()), self._house)

    def page(self, person: Person | None, **options: Any) -> Page:
        """Open an empty tab in a profile of its own."""
        settings: dict[str, Any] = {"viewport": DESKTOP, "timezone_id": "America/Argentina/Buenos_Aires"}
        context = self._browser.new_context(**settings | options)
        context.set_default_timeout(PATIENCE)
        self._open.append(context)
        if person:
            context.add_cookies(
                [{"name": SESSION, "value": self.session(person), "url": self._house.url, "httpOnly": True}]
            )
        return self._listened(context.new_page())

    def session(self, person: Person) -> str:
        """Return the token of a person's session."""
        if person not in self._sessions:
            self._sessions[person] = session(self._house, person)
        return self._sessions[person][SESSION]

    def close(self) -> None:
        """Close every tab."""
        for context in self._open:
            context.close()

    def _listened(self, page: Page) -> Page:
        self.complaints.listen(page)
        return page
