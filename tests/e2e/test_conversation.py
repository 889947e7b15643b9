"""The conversation itself, from the customer's phone to the staff's tabs and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import until
from tests.e2e.pages import SEEN_BLUE, Desk, Phone
from tests.e2e.world import FIRST, SECOND, Customer, World, somebody

RECORD_STATES = """() => {
    window.states = [];
    const note = () => {
        const last = [...document.querySelectorAll("[data-testid=message][data-direction=outbound]")].at(-1);
        if (last && window.states.at(-1) !== last.dataset.state) window.states.push(last.dataset.state);
    };
    new MutationObserver(note).observe(document.querySelector("[data-testid=thread]"),
        { subtree: true, childList: true, attributes: true });
}"""
"""Has a page note every state that its newest outbound message is ever shown in."""

IN_ORDER = ["queued", "sending", "sent", "delivered", "read"]


def test_what_a_customer_types_appears_in_the_inbox_by_itself(
    desk: Desk, phone: Phone, customer: Customer
) -> None:
    desk.open()
    expect(desk.list).to_be_visible()

    phone.open(customer).write("¿Vienen hoy?")

    row = desk.item(customer)
    expect(row).to_contain_text("¿Vienen hoy?")
    expect(row.get_by_test_id("unread-badge")).to_have_text("1")
    expect(desk.items.first).to_contain_text(customer.name)
    expect(phone.bubble("¿Vienen hoy?")).to_have_attribute("data-direction", "out")

    phone.write("Estoy hasta las seis")
    expect(row).to_contain_text("Estoy hasta las seis")
    expect(row.get_by_test_id("unread-badge")).to_have_text("2")


def test_an_opened_conversation_is_read_and_its_badge_goes_in_every_tab(
    tabs: Browsing, desk: Desk, world: World, customer: Customer
) -> None:
    colleague = tabs.desk(FIRST.agent).open()
    world.meets(customer, "Hola", "¿Hay alguien?")
    expect(colleague.item(customer).get_by_test_id("unread-badge")).to_have_text("2")

    desk.open()
    desk.item(customer).click()

    expect(desk.bubble("¿Hay alguien?")).to_be_visible()
    expect(colleague.item(customer).get_by_test_id("unread-badge")).to_have_count(0)
    expect(desk.item(customer).get_by_test_id("unread-badge")).to_have_count(0)
    until(lambda: world.conversation(customer)["unread_count"] == 0, what="the unread count of zero")


def test_the_answer_appears_on_the_phone_and_its_ticks_go_forward_to_blue(
    desk: Desk, phone: Phone, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer, "Buen día"))
    desk.page.evaluate(RECORD_STATES)

    desk.answer("Buen día, ya salimos")

    bubble = desk.bubble("Buen día, ya salimos")
    expect(bubble).to_have_attribute("data-state", "delivered")
    expect(bubble.get_by_label("Entregado")).not_to_have_css("color", SEEN_BLUE)

    phone.open(customer)
    expect(phone.bubble("Buen día, ya salimos")).to_have_attribute("data-state", "read")
    expect(phone.bubble("Buen día, ya salimos")).to_have_attribute("data-direction", "in")
    expect(bubble).to_have_attribute("data-state", "read")
    expect(bubble.get_by_label("Leído")).to_have_css("color", SEEN_BLUE)

    shown: list[str] = desk.page.evaluate("window.states")
    assert shown == [state for state in IN_ORDER if state in shown]
    [answer] = [each for each in world.messages(_id(desk)) if each["direction"] == "outbound"]
    history = world.get(f"/messages/{answer['id']}").json()["state_history"]
    assert [line["state"] for line in history] == IN_ORDER


def test_two_staff_tabs_show_the_same_conversation_live(
    tabs: Browsing, desk: Desk, phone: Phone, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer, "Hola")
    colleague = tabs.desk(FIRST.agent).open_conversation(conversation)
    twin = tabs.another(desk.open_conversation(conversation)).open_conversation(conversation)

    phone.open(customer).write("¿Cuánto sale?")
    colleague.answer("Ahora te paso")
    desk.answer("Son 20.000")

    for tab in (desk, twin, colleague):
        for text in ("¿Cuánto sale?", "Ahora te paso", "Son 20.000"):
            expect(tab.bubble(text)).to_be_visible()
        expect(tab.bubble("Son 20.000")).to_have_attribute("data-state", "read")


def test_the_other_organizations_tab_shows_nothing_of_it(
    desk: Desk, foreign_desk: Desk, phone: Phone, world: World, customer: Customer
) -> None:
    foreign_desk.open()
    expect(foreign_desk.list).to_be_visible()
    rail = foreign_desk.page.get_by_role("navigation")
    before = rail.inner_text()
    desk.open()

    phone.open(customer).write("Esto es sólo para ustedes")
    expect(desk.item(customer)).to_contain_text("Esto es sólo para ustedes")
    foreign_desk.page.wait_for_timeout(500)

    assert customer.name not in foreign_desk.page.content()
    assert rail.inner_text() == before

    foreign_desk.open(f"/conversations/{world.conversation(customer)['id']}")
    expect(foreign_desk.page.get_by_text("Esta conversación no existe")).to_be_visible()
    foreign_desk.page.reload()
    expect(foreign_desk.page.get_by_text("Esta conversación no existe")).to_be_visible()
    assert customer.name not in foreign_desk.page.content()


def test_a_customer_of_two_organizations_has_two_conversations(
    desk: Desk, foreign_desk: Desk, world: World, customer: Customer
) -> None:
    world.meets(customer, "Para la uno")
    world.meets(customer, "Para la dos", to=SECOND)

    expect(desk.open().item(customer)).to_contain_text("Para la uno")
    expect(foreign_desk.open().item(customer)).to_contain_text("Para la dos")


@pytest.mark.parametrize("kind", ["reaction", "hologram"])
def test_what_is_not_shown_yet_is_named_and_not_dropped(
    desk: Desk, world: World, customer: Customer, kind: str
) -> None:
    conversation = world.meets(customer, "Mirá")
    message = {
        "id": f"wamid.odd.{customer.wa_id}",
        "from": customer.wa_id,
        "timestamp": "1790000000",
        "type": kind,
        kind: {"emoji": "👍"},
    }
    assert world.event({"messages": [message]}).status_code == 200

    until(lambda: len(world.messages(conversation)) == 2, what="the message of another type")
    desk.open_conversation(conversation)
    expect(desk.messages.and_(desk.page.locator(f"[data-type={kind}]"))).to_be_visible()


def test_many_conversations_at_once_stay_apart(desk: Desk, world: World) -> None:
    people = [somebody() for _ in range(5)]
    desk.open()

    for turn in range(3):
        for person in people:
            world.writes(person, f"{person.name} dice {turn}")

    for person in people:
        expect(desk.item(person)).to_contain_text(f"{person.name} dice 2")
        expect(desk.item(person).get_by_test_id("unread-badge")).to_have_text("3")


def _id(desk: Desk) -> int:
    found = re.search(r"/conversations/(\d+)", desk.page.url)
    assert found
    return int(found[1])
