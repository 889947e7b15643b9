"""Open the customer's phone in a real Chromium with a microphone that hums."""

import shutil
from collections.abc import Iterator

import pytest
from phone_driver import Phone
from playwright.sync_api import Browser, Page, sync_playwright
from simulator_driver import Receiver, Simulator

CHROMIUM = shutil.which("chromium")
"""Where it is missing these tests fail: ``make test`` says what to install."""
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Answer one browser; two at once would disturb each other."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, simulator: Simulator) -> Iterator[Page]:
    """Answer a fresh page on which no script may fail, and nothing may be asked of another host."""
    home = str(simulator.http.base_url)
    context = browser.new_context(base_url=home)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.extend(_elsewhere(asked.url, home)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def phone(page: Page, simulator: Simulator, receiver: Receiver) -> Phone:
    """Answer Ana's phone, open on the chat to which she has written once, so that the window is open."""
    simulator.write(body="Hola", wait=True)
    receiver.reset()
    page.goto("/")
    phone = Phone(page, simulator, receiver)
    phone.messages.first.wait_for()
    return phone


def _elsewhere(url: str, home: str) -> list[str]:
    return [] if url.startswith((home, "blob:")) else [url]
