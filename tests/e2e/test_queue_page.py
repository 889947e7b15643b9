"""The queue page: admins see what waits, and what they do there is done."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.browsing import POCKET, Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, SECOND, Customer, World, somebody

NOT_ON_WHATSAPP = 131026


class QueuePage:
    """What an admin finds under Cola."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page
        self.card = desk.page.get_by_test_id("queue-channel")
        self.verdict = desk.page.get_by_test_id("queue-verdict")
        self.waiting = desk.page.get_by_test_id("queue-waiting")
        self.messages = desk.page.get_by_test_id("queued-message")

    def open(self) -> "QueuePage":
        """Go there and wait for the numbers."""
        self.desk.open("/queue")
        expect(self.card.first).to_be_visible()
        return self

    def do(self, deed: str, within: Locator | None = None) -> None:
        """Press a button by what it does."""
        (within or self.card).locator(f'[data-deed="{deed}"]').first.click()

    def of(self, customer: Customer) -> Locator:
        """Find the messages of a customer in the list."""
        return self.messages.filter(has=self.page.get_by_text(customer.name, exact=True))

    def show(self, kind: str) -> None:
        """List messages of another kind."""
        self.page.locator(f'[data-shown="{kind}"]').click()


@pytest.fixture
def queue(desk: Desk) -> QueuePage:
    return QueuePage(desk).open()


def test_a_pause_holds_a_message_back_and_says_so_and_a_resume_lets_it_leave(
    tabs: Browsing, queue: QueuePage, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer)
    agent = tabs.desk(FIRST.agent).open_conversation(conversation)

    queue.do("pause-all")
    expect(queue.verdict).to_have_text("Todo en pausa")
    expect(queue.card).to_contain_text("En pausa por Paula Ferreyra")
    agent.answer("Llegamos a las tres")

    expect(agent.page.get_by_test_id("queue-hint")).to_contain_text("en pausa")
    expect(agent.bubble("Llegamos a las tres")).to_have_attribute("data-state", "queued")
    expect(queue.waiting).to_have_text("1")
    expect(queue.of(customer)).to_contain_text("Llegamos a las tres")
    assert world.reached(customer) == []

    queue.do("resume")

    expect(queue.verdict).to_have_text("Enviando con normalidad")
    expect(agent.bubble("Llegamos a las tres")).to_have_attribute("data-state", "delivered")
    expect(agent.page.get_by_test_id("queue-hint")).to_have_count(0)
    expect(queue.waiting).to_have_text("0")
    expect(queue.of(customer)).to_have_count(0)
    assert world.reached(customer) == ["Llegamos a las tres"]


def test_one_message_is_cancelled_and_then_all_of_a_line_that_was_on_the_screen(
    queue: QueuePage, world: World, customer: Customer
) -> None:
    other = somebody()
    world.meets(customer)
    world.meets(other)
    queue.do("pause-all")
    expect(queue.verdict).to_have_text("Todo en pausa")
    for whom, text in ((customer, "Uno"), (other, "Dos"), (other, "Tres")):
        world.send(whom, text).raise_for_status()
    expect(queue.messages).to_have_count(3)

    queue.do("cancel", queue.of(customer))
    expect(queue.messages).to_have_count(2)
    queue.do("cancel-all")
    expect(queue.card).to_contain_text("¿Cancelar 2 mensajes?")
    queue.page.get_by_role("button", name="Sí, cancelar").click()

    expect(queue.messages).to_have_count(0)
    expect(queue.waiting).to_have_text("0")
    queue.do("resume")
    expect(queue.verdict).to_have_text("Enviando con normalidad")
    world.send(customer, "Este sí").raise_for_status()
    until(lambda: world.reached(customer) == ["Este sí"], what="only what was not cancelled")
    assert world.reached(other) == []


def test_what_failed_is_sent_again_from_the_list(queue: QueuePage, world: World, customer: Customer) -> None:
    world.meets(customer)
    world.fault(customer, status_failed_code=NOT_ON_WHATSAPP, times=1)
    world.send(customer, "¿Está en casa?").raise_for_status()
    queue.show("failed")
    expect(queue.of(customer)).to_contain_text("no tiene WhatsApp")

    queue.do("retry", queue.of(customer))

    expect(queue.of(customer)).to_have_count(0)
    until(lambda: world.reached(customer) == ["¿Está en casa?"] * 2, what="the second try")


def test_the_pace_is_changed_within_what_meta_allows(queue: QueuePage) -> None:
    form = queue.page.get_by_test_id("queue-pace")
    field = form.get_by_role("spinbutton")
    queue.page.get_by_text("Ritmo de este número").click()
    expect(queue.card).to_contain_text("de 50 por minuto")

    field.fill("120")
    form.get_by_role("button").click()
    expect(queue.card).to_contain_text("de 120 por minuto")
    queue.page.get_by_text("Ritmo de este número").click() if not field.is_visible() else None
    assert field.get_attribute("max") == "4800"
    field.fill("")
    form.get_by_role("button").click()

    expect(queue.card).to_contain_text("de 50 por minuto")


def test_a_stop_by_hand_needs_a_reason_and_stands_in_the_history_with_who_ended_it(queue: QueuePage) -> None:
    queue.page.get_by_text("Frenar a mano", exact=True).first.click()
    stop = queue.page.get_by_test_id("queue-stop")
    stop.get_by_label("Motivo").fill("Cambiamos de número")
    stop.get_by_role("button").click()
    expect(queue.verdict).to_have_text("Plantillas frenadas")

    resolve = queue.page.get_by_test_id("queue-resolve")
    resolve.get_by_label("Motivo").fill("Ya está")
    resolve.get_by_role("button").click()

    expect(queue.verdict).to_have_text("Enviando con normalidad")
    history = queue.page.get_by_test_id("queue-history")
    history.locator("summary").click()
    expect(history).to_contain_text("“Cambiamos de número · Ya está”")
    expect(history).to_contain_text("Paula Ferreyra")


def test_an_agent_is_told_that_the_page_is_not_for_them(tabs: Browsing) -> None:
    agent = tabs.desk(FIRST.agent).open("/queue")

    expect(agent.page.get_by_test_id("queue-page")).to_contain_text("Solo para administradores")
    expect(agent.page.get_by_test_id("queue-channel")).to_have_count(0)
    expect(agent.page.get_by_role("link", name="Cola")).to_have_count(0)


def test_each_organization_sees_its_own_queue_and_it_fits_a_phone(
    tabs: Browsing, queue: QueuePage, world: World, customer: Customer
) -> None:
    world.meets(customer)
    queue.do("pause-all")
    expect(queue.verdict).to_have_text("Todo en pausa")
    world.send(customer, "Para una sola empresa " + "muy larga " * 20).raise_for_status()
    expect(queue.of(customer)).to_have_count(1)

    foreign = QueuePage(tabs.desk(SECOND.admin, viewport=POCKET)).open()
    pocket = QueuePage(tabs.desk(FIRST.admin, viewport=POCKET)).open()

    expect(foreign.waiting).to_have_text("0")
    expect(foreign.messages).to_have_count(0)
    expect(pocket.of(customer)).to_have_count(1)
    assert pocket.desk.width_to_spare() == 0
    pocket.do("cancel", pocket.of(customer))
    pocket.do("resume")
    expect(queue.verdict).to_have_text(re.compile("normalidad"))
