"""What has not left says so in the thread and in the list, and can be taken back or changed there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World


@pytest.fixture
def paused(tabs: Browsing) -> Iterator[Locator]:
    """Pause everything that organization 1 sends; yields the button that ends it."""
    page = tabs.desk(FIRST.admin).open("/queue").page
    page.locator('[data-deed="pause-all"]').click()
    resume = page.locator('[data-deed="resume"]')
    expect(resume).to_be_visible()
    yield resume
    if resume.is_visible():
        resume.click()
    expect(page.locator('[data-deed="pause-all"]')).to_be_visible()


def do(bubble: Locator, deed: str) -> None:
    bubble.locator(f'[data-deed="{deed}"]').click()


def test_a_message_that_waits_is_changed_in_the_composer_and_leaves_as_it_says_then(
    paused: Locator, desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))
    desk.answer("Llegamos a las tres")
    do(desk.bubble("Llegamos a las tres"), "change")
    expect(desk.composer).to_have_value("Llegamos a las tres")
    expect(desk.page.get_by_test_id("edit-strip")).to_be_visible()

    desk.answer("Llegamos a las cuatro")

    expect(desk.bubble("Llegamos a las cuatro")).to_have_attribute("data-waiting", "queued")
    expect(desk.bubble("Llegamos a las tres")).to_have_count(0)
    expect(desk.page.get_by_test_id("edit-strip")).to_have_count(0)
    expect(desk.composer).to_have_value("")
    paused.click()
    expect(desk.bubble("Llegamos a las cuatro")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["Llegamos a las cuatro"]


def test_a_change_that_is_given_up_brings_back_what_was_being_written(
    paused: Locator, desk: Desk, world: World, customer: Customer
) -> None:
    assert paused
    desk.open_conversation(world.meets(customer))
    desk.answer("Primero")
    expect(desk.bubble("Primero").locator('[data-deed="change"]')).to_be_visible()
    desk.composer.fill("A medio escribir")

    do(desk.bubble("Primero"), "change")
    expect(desk.composer).to_have_value("Primero")
    desk.composer.press("Escape")

    expect(desk.composer).to_have_value("A medio escribir")
    do(desk.bubble("Primero"), "cancel")
    expect(desk.bubble("Primero")).to_have_attribute("data-state", "cancelled")


def test_a_cancelled_message_never_leaves_and_neither_thread_nor_list_say_it_did(
    paused: Locator, desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))
    desk.answer("Mejor no")
    expect(desk.item(customer).get_by_test_id("row-queued")).to_be_visible()

    do(desk.bubble("Mejor no"), "cancel")

    expect(desk.bubble("Mejor no")).to_have_attribute("data-state", "cancelled")
    expect(desk.bubble("Mejor no")).to_contain_text("Cancelado: no se envió.")
    expect(desk.item(customer).get_by_test_id("row-cancelled")).to_be_visible()
    paused.click()
    desk.answer("Ahora sí")
    expect(desk.bubble("Ahora sí")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["Ahora sí"]


def test_a_scheduled_message_says_when_and_leaves_at_a_press(
    desk: Desk, world: World, customer: Customer
) -> None:
    conversation = world.meets(customer)
    order = {
        "to": customer.wa_id,
        "type": "text",
        "text": {"body": "Mañana temprano"},
        "send_at": (datetime.now(UTC) + timedelta(hours=20)).isoformat(),
    }
    headers = {"Authorization": f"Bearer {FIRST.api_key}"}
    world.web.post("/api/v1/messages", json=order, headers=headers).raise_for_status()
    bubble = desk.open_conversation(conversation).bubble("Mañana temprano")
    expect(bubble).to_have_attribute("data-waiting", "later")
    expect(bubble).to_contain_text("Programado para ")

    do(bubble, "send-now")

    expect(bubble).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["Mañana temprano"]


def test_an_answer_that_never_came_is_shown_as_unconfirmed_until_a_status_tells(
    desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))
    world.fault(customer, drop_response=True, times=1)

    desk.answer("¿Lo recibió?")

    until(
        lambda: desk.bubble("¿Lo recibió?").get_attribute("data-state") in {"unconfirmed", "delivered"},
        what="a state that does not claim what nobody knows",
    )
    expect(desk.bubble("¿Lo recibió?")).to_have_attribute("data-state", "delivered")
    assert world.reached(customer) == ["¿Lo recibió?"]
