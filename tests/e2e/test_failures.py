"""A message that fails says why, and is really sent again."""

import re

from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World, somebody

NOT_ON_WHATSAPP = 131026


def test_a_failed_message_says_why_in_spanish_and_its_retry_is_really_sent(
    tabs: Browsing, desk: Desk, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer)
    colleague = tabs.desk(FIRST.agent).open_conversation(conversation)
    desk.open_conversation(conversation)
    world.fault(customer, status_failed_code=NOT_ON_WHATSAPP, times=1)

    desk.answer("Llegamos a las tres")

    for tab in (desk, colleague):
        bubble = tab.bubble("Llegamos a las tres")
        expect(bubble).to_have_attribute("data-state", "failed")
        expect(bubble.get_by_role("alert")).to_contain_text("no tiene WhatsApp")

    desk.bubble("Llegamos a las tres").get_by_role("button", name="Reintentar").click()

    for tab in (desk, colleague):
        expect(tab.bubble("Llegamos a las tres")).to_have_attribute("data-state", "delivered")
        expect(tab.page.get_by_role("button", name="Reintentar")).to_have_count(0)
    assert world.reached(customer) == ["Llegamos a las tres", "Llegamos a las tres"]
    [message] = [each for each in world.messages(conversation) if each["direction"] == "outbound"]
    history = world.get(f"/messages/{message['id']}").json()["state_history"]
    assert "failed" in [line["state"] for line in history]
    assert message["error"] is None


def test_a_refused_message_fails_at_once_and_a_double_click_on_retry_sends_one(
    desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))
    world.fault(customer, error_code=100, times=1)

    desk.answer("Con un error")
    expect(desk.bubble("Con un error")).to_have_attribute("data-state", "failed")
    assert world.reached(customer) == []
    desk.page.get_by_role("button", name="Reintentar").dblclick()

    expect(desk.bubble("Con un error")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["Con un error"]


def test_a_slow_meta_holds_up_nobody_else(desk: Desk, world: World, customer: Customer) -> None:
    slow = somebody()
    first, second = world.meets(slow), world.meets(customer)
    world.fault(slow, latency_ms=4000, times=1)
    desk.open_conversation(first).answer("Este tarda")
    expect(desk.bubble("Este tarda")).to_have_attribute("data-state", re.compile("queued|sending"))

    desk.open_conversation(second).answer("Este no")
    until(lambda: world.reached(customer) == ["Este no"], seconds=3, what="the other customer's message")

    desk.open_conversation(first)
    expect(desk.bubble("Este tarda")).to_have_attribute("data-state", "delivered")
