"""The two pages that people look at: a staff member's tab and the customer's phone."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import ConsoleMessage, Dialog, Error, Locator, Page, expect

from campotech_wa.demo import DemoOrganization
from tests.e2e.house import House
from tests.e2e.world import FIRST, Customer

SEEN_BLUE = "rgb(17, 119, 181)"
"""The style sheet's --seen, in the light scheme."""

LEFT_EARLY = "WebSocket is closed before the connection is established"
"""What Chromium says when a page is left while it connects."""


@dataclass
class Complaints:
    """What a page's console and scripts complained of, and what a person would have been startled by."""

    heard: list[str] = field(default_factory=list[str])
    expected: list[str] = field(default_factory=lambda: [LEFT_EARLY])
    """Patterns of what a test provokes itself."""

    def listen(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("dialog", self._dialog)

    def unexpected(self) -> list[str]:
        """Return what nobody provoked."""
        return [line for line in self.heard if not any(re.search(each, line) for each in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: Error) -> None:
        self.heard.append(f"page error: {error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Desk:
    """A staff member's tab."""

    def __init__(self, page: Page, house: House) -> None:
        self.page, self.house = page, house
        self.list = page.get_by_test_id("conversation-list")
        self.items = page.get_by_test_id("conversation-item")
        self.thread = page.get_by_test_id("thread")
        self.messages = page.get_by_test_id("message")
        self.composer = page.get_by_test_id("composer")
        self.window = page.get_by_test_id("window-badge")
        self.search = page.get_by_test_id("search")
        self.toast = page.locator("[data-sonner-toast]")

    def open(self, path: str = "/") -> "Desk":
        """Go to a page and wait until it shows what it has."""
        self.page.goto(f"{self.house.url}{path}")
        return self

    def open_conversation(self, conversation_id: int) -> "Desk":
        """Open a conversation and wait for its messages."""
        self.open(f"/conversations/{conversation_id}")
        expect(self.messages.first).to_be_visible()
        return self

    def item(self, customer: Customer) -> Locator:
        """Find a customer in the list."""
        return self.items.filter(has=self.page.get_by_text(customer.name, exact=True))

    def bubble(self, text: str) -> Locator:
        """Find a message by its text."""
        return self.messages.filter(has=self.page.get_by_text(text, exact=True))

    def answer(self, text: str) -> None:
        """Type an answer and press Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def texts(self) -> list[str]:
        """Return the texts on the screen, from top to bottom."""
        return self.messages.locator("p").all_inner_texts()

    def width_to_spare(self) -> float:
        """Return how far the page can be scrolled sideways: nothing, if all fits."""
        return float(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


class Phone:
    """The customer's phone."""

    def __init__(self, page: Page, house: House) -> None:
        self.page, self.house = page, house
        self.messages = page.get_by_test_id("phone-message")

    def open(self, customer: Customer, *, to: DemoOrganization = FIRST) -> "Phone":
        """Open the chat of a customer with an organization."""
        query = urlencode(
            {"phone_number_id": to.channel["phone_number_id"], "from": customer.wa_id, "name": customer.name}
        )
        self.page.goto(f"{self.house.simulator_url}/?{query}")
        return self

    def write(self, text: str) -> None:
        """Type a text and send it."""
        self.page.get_by_test_id("phone-composer").fill(text)
        self.page.get_by_test_id("phone-send").click()

    def bubble(self, text: str) -> Locator:
        """Find a message by its text."""
        return self.messages.filter(has=self.page.get_by_text(text, exact=True))
