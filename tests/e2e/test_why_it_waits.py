"""A message that WhatsApp does not take yet says why it waits, and that nobody has to do anything about it."""

from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World, somebody

THROTTLED = 130429
MANY = 12
"""Sends that went well: beside them two refusals slow nobody else down."""


def test_a_message_that_left_too_fast_says_so_in_the_thread_and_in_the_queue_and_then_leaves(
    tabs: Browsing, desk: Desk, world: World, customer: Customer
) -> None:
    other = somebody()
    world.meets(other)
    for turn in range(MANY):
        world.send(other, f"Aviso {turn}").raise_for_status()
    queue = tabs.desk(FIRST.admin).open("/queue").page
    desk.open_conversation(world.meets(customer))
    until(lambda: len(world.reached(other)) == MANY, what="the sends before")
    world.fault(customer, error_code=THROTTLED, times=2)

    desk.answer("Ya salimos")

    bubble = desk.bubble("Ya salimos")
    expect(bubble.get_by_test_id("standing")).to_contain_text("WhatsApp pidió ir más despacio: sale solo.")
    listed = queue.get_by_test_id("queued-message").filter(has_text="Ya salimos")
    expect(listed).to_contain_text("WhatsApp pidió ir más despacio: sale solo.")
    expect(bubble).to_have_attribute("data-state", "delivered")
    expect(bubble.get_by_test_id("standing")).to_have_count(0)
    until(lambda: world.reached(customer) == ["Ya salimos"], what="the one message")
