"""Answers that quote, and reactions that come and go, with a mouse and with a finger."""

from playwright.sync_api import Locator, expect

from tests.e2e.browsing import POCKET, Browsing
from tests.e2e.composing import Composer, sent_to
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World


def actions_of(bubble: Locator) -> Locator:
    return bubble.locator("xpath=..").locator(".actions")


def test_an_answer_quotes_and_a_reaction_comes_and_goes(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    bubble = desk.messages.first
    wamid = world.messages(int(world.conversation(customer)["id"]))[0]["wa_message_id"]

    bubble.hover()
    actions_of(bubble).get_by_label("Responder").click()
    expect(desk.page.get_by_test_id("quote-strip")).to_contain_text("Hola")
    desk.answer("¿Qué tal?")
    expect(desk.bubble("¿Qué tal?").locator(".quote")).to_contain_text("Hola")

    bubble.hover()
    actions_of(bubble).get_by_label("Reaccionar").click()
    actions_of(bubble).get_by_role("button", name="👍").click()
    expect(bubble.get_by_test_id("reactions")).to_have_text("👍")
    bubble.get_by_test_id("reactions").get_by_role("button").click()
    expect(bubble.get_by_test_id("reactions")).to_have_count(0)

    sent = sent_to(customer, world, 3)
    assert sent[0]["context"] == {"message_id": wamid}
    assert [each["reaction"] for each in sent[1:]] == [
        {"message_id": wamid, "emoji": "👍"},
        {"message_id": wamid, "emoji": ""},
    ]


def test_on_a_phone_a_long_press_opens_what_can_be_done(
    tabs: Browsing, world: World, customer: Customer
) -> None:
    desk = tabs.desk(FIRST.admin, viewport=POCKET, has_touch=True, is_mobile=True)
    desk.open_conversation(world.meets(customer))
    bubble = desk.bubble("Hola")
    expect(actions_of(bubble)).not_to_be_visible()

    bubble.dispatch_event("touchstart")
    expect(actions_of(bubble)).to_be_visible()
    actions_of(bubble).get_by_role("button", name="🙏").tap()

    expect(bubble.get_by_test_id("reactions")).to_have_text("🙏")
    assert desk.width_to_spare() == 0
