"""Writing an answer: keys, drafts, and one message for one click, however bad the connection."""

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import House, until
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World, somebody, texts

OFFERED_AGAIN = 4_500
"""Milliseconds after which the composer has offered an unanswered send once more."""


class Line:
    """A page's connection to the server, which a test can make as bad as it likes."""

    def __init__(self, desk: Desk) -> None:
        self.is_deaf = False
        """The page hears nothing any more, as when the server's answers are lost."""
        self.is_mute = False
        """Nothing the page says arrives any more."""
        self.last_words = ""
        """The page goes deaf when it has heard these."""
        self._sockets: list[WebSocketRoute] = []
        desk.page.route_web_socket(lambda url: "/_event" in url, self._relay)

    def break_off(self) -> None:
        """Break the connection; the next one is good."""
        self.is_deaf = self.is_mute = False
        self._sockets[-1].close()

    def _relay(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self._sockets.append(page)
        server.on_message(lambda frame: self._tell(page, frame))
        page.on_message(lambda frame: None if self.is_mute else server.send(frame))

    def _tell(self, page: WebSocketRoute, frame: str | bytes) -> None:
        if self.is_deaf:
            return
        page.send(frame)
        self.is_deaf = bool(self.last_words) and self.last_words in str(frame)


@pytest.fixture
def line(desk: Desk) -> Line:
    """Hold the connection of the admin's tab."""
    return Line(desk)


def test_shift_enter_makes_a_line_and_enter_sends_it(desk: Desk, world: World, customer: Customer) -> None:
    desk.open_conversation(world.meets(customer))

    desk.composer.press_sequentially("Hola")
    desk.composer.press("Shift+Enter")
    desk.composer.press_sequentially("¿a qué hora?")
    expect(desk.composer).to_have_value("Hola\n¿a qué hora?")
    desk.composer.press("Enter")

    expect(desk.composer).to_have_value("")
    until(lambda: world.reached(customer) == ["Hola\n¿a qué hora?"], what="one message of two lines")
    assert desk.messages.last.locator("p").inner_text() == "Hola\n¿a qué hora?"


def test_the_send_button_sends_and_is_off_while_there_is_nothing_to_send(
    desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))
    send = desk.page.get_by_test_id("send")
    expect(send).to_be_disabled()
    desk.composer.fill("   \n ")
    expect(send).to_be_disabled()

    desk.composer.fill("Con el botón")
    send.click()

    until(lambda: world.reached(customer) == ["Con el botón"], what="the message")
    expect(desk.composer).to_be_focused()


def test_a_draft_outlives_a_reload_and_a_look_at_another_conversation(
    desk: Desk, world: World, customer: Customer
) -> None:
    conversation, other = world.meets(customer), world.meets(somebody())
    desk.open_conversation(conversation)
    desk.composer.fill("Todavía no está")

    desk.open_conversation(other)
    expect(desk.composer).to_have_value("")
    desk.open_conversation(conversation)
    desk.page.reload()

    expect(desk.composer).to_have_value("Todavía no está")
    assert world.reached(customer) == []


def test_after_a_click_on_another_conversation_nothing_can_be_written_to_the_one_before(
    desk: Desk, line: Line, world: World, customer: Customer
) -> None:
    other = somebody()
    first, second = world.meets(customer, "Soy la primera"), world.meets(other)
    desk.open_conversation(first)
    expect(desk.item(other)).to_be_visible()

    line.is_mute = True
    desk.item(other).click()
    expect(desk.page).to_have_url(re.compile(rf"/conversations/{second}$"))

    expect(desk.composer).to_have_count(0)
    expect(desk.bubble("Soy la primera")).to_have_count(0)


def test_a_tab_that_loads_another_conversation_never_shows_the_composer_of_the_one_before(
    desk: Desk, line: Line, world: World, customer: Customer
) -> None:
    first, second = world.meets(customer, "Soy la primera", "y ya"), world.meets(somebody(), "Soy otra")

    def load() -> bool:
        """Load the second one; its web process may be one that remembers the first."""
        line.last_words = ""
        desk.open_conversation(first)
        line.last_words = "Soy la primera"
        desk.open(f"/conversations/{second}")
        desk.page.wait_for_timeout(500)
        return line.is_deaf

    until(load, what="a page that was first told of the conversation before")
    expect(desk.composer).to_have_count(0)
    expect(desk.bubble("Soy la primera")).to_have_count(0)


def test_two_quick_answers_arrive_as_two_and_in_order(desk: Desk, world: World, customer: Customer) -> None:
    desk.open_conversation(world.meets(customer))

    for text in ("primero", "segundo", "tercero"):
        desk.answer(text)

    until(lambda: len(world.reached(customer)) >= 3, what="three messages")
    assert world.reached(customer) == ["primero", "segundo", "tercero"]
    expect(desk.bubble("tercero")).to_have_attribute("data-state", "delivered")
    assert desk.texts()[-3:] == ["primero", "segundo", "tercero"]


def test_enter_held_down_sends_once(desk: Desk, world: World, customer: Customer) -> None:
    desk.open_conversation(world.meets(customer))
    desk.composer.fill("una vez")

    for _ in range(5):
        desk.composer.press("Enter", no_wait_after=True)

    expect(desk.bubble("una vez")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["una vez"]


def test_a_send_whose_confirmation_is_lost_is_offered_again_and_stays_one_message(
    desk: Desk, line: Line, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer)
    desk.open_conversation(conversation)

    line.is_deaf = True
    desk.answer("¿Llegó?")
    until(lambda: world.reached(customer), what="the message")
    expect(desk.page.get_by_text("Enviando…")).to_be_visible()
    desk.page.wait_for_timeout(OFFERED_AGAIN)
    line.break_off()

    expect(desk.page.get_by_text("Enviando…")).to_have_count(0)
    expect(desk.bubble("¿Llegó?")).to_have_count(1)
    assert world.reached(customer) == ["¿Llegó?"]
    assert texts(world.messages(conversation), "outbound") == ["¿Llegó?"]


def test_an_unsent_message_outlives_a_reload(
    desk: Desk, line: Line, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))

    line.is_mute = True
    desk.answer("no salió")
    expect(desk.page.get_by_text("Enviando…")).to_be_visible()
    assert world.reached(customer) == []
    line.is_mute = False
    desk.page.reload()

    expect(desk.bubble("no salió")).to_have_attribute("data-state", "delivered")
    expect(desk.page.get_by_text("Enviando…")).to_have_count(0)
    assert world.reached(customer) == ["no salió"]


def test_what_is_sent_while_the_server_is_gone_arrives_once_when_it_is_back(
    tabs: Browsing, desk: Desk, demo: House, world: World, customer: Customer
) -> None:
    tabs.complaints.expected.append("WebSocket connection to .* failed")
    desk.open_conversation(world.meets(customer))
    server = demo.one("web")

    server.kill()
    desk.answer("uno, sin conexión")
    desk.answer("dos, sin conexión")
    expect(desk.page.get_by_text("Enviando…")).to_have_count(2)

    until(lambda: len(world.reached(customer)) >= 2, what="both messages")
    expect(desk.page.get_by_text("Enviando…")).to_have_count(0)
    expect(desk.bubble("dos, sin conexión")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["uno, sin conexión", "dos, sin conexión"]
    assert desk.texts()[-2:] == ["uno, sin conexión", "dos, sin conexión"]
    until(demo.is_ready, what="readiness")
