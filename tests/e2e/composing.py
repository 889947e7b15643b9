"""What stands around the field where staff write, and what of it arrives."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World

Json = dict[str, Any]
Filled = dict[str, str | list[str]]


class Composer:
    """What stands around the field where staff write."""

    def __init__(self, desk: Desk) -> None:
        self.page = desk.page
        self.form = desk.page.locator("dialog.form")
        self.tray = desk.page.get_by_test_id("tray")
        self.unsent = desk.page.locator(".unsent li")

    def attach(self, name: str) -> None:
        """Choose something of the attach menu."""
        self.page.get_by_test_id("attach").click()
        self.page.locator(f'[data-attach="{name}"]').click()

    def fill(self, values: Filled) -> None:
        """Fill in the form; a list goes to fields of the same name, one after the other."""
        for name, value in values.items():
            for place, each in enumerate([value] if isinstance(value, str) else value):
                self.form.locator(f'[name="{name}"]').nth(place).fill(each)

    def send_form(self) -> None:
        """Press the button of the form, which closes it."""
        self.form.get_by_test_id("form-send").click()
        expect(self.form).to_have_count(0)

    def pick(self, *files: tuple[str, str, bytes]) -> None:
        """Pick files, each by name, type and content."""
        chosen = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
        self.page.get_by_test_id("file-input").set_input_files(chosen)  # pyright: ignore[reportArgumentType]

    def send(self) -> None:
        """Press the round button."""
        self.page.get_by_test_id("send").click()


def sent_to(customer: Customer, world: World, count: int) -> list[Json]:
    """Wait for so many messages that Meta got."""
    until(lambda: len(world.accepted(customer)) >= count, what=f"{count} messages")
    return world.accepted(customer)
