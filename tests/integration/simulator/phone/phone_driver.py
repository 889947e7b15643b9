"""Do on the phone page what a customer does, and send it what a business sends."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page
from simulator_driver import ANA, NUMBER, TOKEN, Receiver, Simulator, eventually


@dataclass
class Phone:
    """The page, the simulator that serves it, and the endpoint of the business."""

    page: Page
    simulator: Simulator
    receiver: Receiver

    @property
    def messages(self) -> Locator:
        """Every message of the chat."""
        return self.page.get_by_test_id("phone-message")

    @property
    def sheet(self) -> Locator:
        """The sheet that is open."""
        return self.page.get_by_role("dialog")

    def gets(self, kind: str, content: object, **more: object) -> Locator:
        """Let the business send a message; answer its bubble as soon as it is there."""
        body = {"messaging_product": "whatsapp", "to": f"+{ANA}", "type": kind, kind: content, **more}
        answer = self.simulator.post(body)
        assert answer.status_code == 200, answer.text
        shown = self.message(str(answer.json()["messages"][0]["id"]))
        shown.wait_for()
        return shown

    def asked(self, kind: str, action: object, **more: object) -> Locator:
        """Let the business send an interactive message."""
        content = {"type": kind, "body": {"text": "¿Qué decís?"}, "action": action, **more}
        return self.gets("interactive", content)

    def upload(self, content: bytes, mime_type: str, name: str = "archivo") -> str:
        """Upload a file as the business does, and answer its id."""
        answer = self.simulator.http.post(
            f"/v25.0/{NUMBER}/media",
            headers={"Authorization": f"Bearer {TOKEN}"},
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (name, content, mime_type)},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def message(self, wamid: str) -> Locator:
        """Find a message by its id."""
        return self.page.locator(f'[data-message-id="{wamid}"]')

    def write(self, body: str) -> Locator:
        """Type a text and press Enter; answer its bubble."""
        self.page.get_by_test_id("phone-composer").fill(body)
        self.page.keyboard.press("Enter")
        return self.message(str(self.wrote("text")["id"]))

    def attach(self, label: str) -> None:
        """Choose something of the menu under the plus."""
        self.page.get_by_test_id("phone-attach").click()
        self.page.get_by_role("menuitem", name=label, exact=True).click()

    def pick(self, label: str, name: str, mime_type: str, content: bytes) -> None:
        """Choose a kind of file in that menu, and then the file."""
        self.page.get_by_test_id("phone-attach").click()
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("menuitem", name=label, exact=True).click()
        chooser.value.set_files(FilePayload(name=name, mimeType=mime_type, buffer=content))

    def hand_in(self) -> None:
        """Press the button of the open sheet, which closes it."""
        self.sheet.locator("footer button").click()
        self.sheet.wait_for(state="detached")

    def act(self, message: Locator, label: str) -> None:
        """Choose what to do with a message."""
        message.locator(".bubble").click(button="right", position={"x": 8, "y": 8})
        self.page.get_by_role("menu").get_by_label(label).or_(
            self.page.get_by_role("menuitem", name=label, exact=True)
        ).first.click()

    def wrote(self, kind: str) -> dict[str, Any]:
        """Answer the last message of this type that the business was told of, as soon as there is one."""
        found = eventually(lambda: [each for each in self.receiver.messages if each["type"] == kind])
        return dict(found[-1])

    def replied(self, kind: str) -> Any:
        """Answer the interactive reply of this kind, as soon as there is one."""
        reply = self.wrote("interactive")
        assert reply["interactive"]["type"] == kind
        return reply["interactive"][kind]
