"""The pages on a phone, in the dark, and with texts that somebody wrote to break them."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import DESKTOP, POCKET, Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk, Phone
from tests.e2e.world import FIRST, Customer, World, somebody

HOSTILE = (
    "<script>window.pwned = 1</script>",
    '<img src=x onerror="window.pwned = 2">',
    '"><svg onload=alert(1)>',
    "javascript:alert(1) {{7*7}} ${7*7} %s",
    "\u202eodot la séver\u202c y sigue",
    "x" * 4096,
    "👩🏽‍🔧🔧❄️🇦🇷 ¡listo! 👍🏿",
    "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 z̸̧̢͎̘͑̽a̸l̶g̵o̷",
)


def test_a_phone_shows_the_list_then_the_thread_and_leads_back(
    tabs: Browsing, world: World, customer: Customer
) -> None:
    world.meets(customer, "¿Están?")
    desk = tabs.desk(FIRST.admin, viewport=POCKET, has_touch=True, is_mobile=True).open()
    expect(desk.list).to_be_visible()
    expect(desk.thread).to_have_count(0)
    assert desk.width_to_spare() == 0

    desk.item(customer).tap()
    expect(desk.bubble("¿Están?")).to_be_visible()
    expect(desk.list).not_to_be_visible()
    expect(desk.composer).to_be_in_viewport()
    expect(desk.window).to_be_in_viewport()
    assert desk.width_to_spare() == 0
    desk.answer("Acá estamos")
    expect(desk.bubble("Acá estamos")).to_be_in_viewport()

    desk.page.get_by_label("Volver a la lista").tap()
    expect(desk.item(customer)).to_contain_text("Vos: Acá estamos")
    expect(desk.composer).to_have_count(0)


def test_a_phone_finds_back_from_a_conversation_that_does_not_exist(tabs: Browsing) -> None:
    desk = tabs.desk(FIRST.admin, viewport=POCKET, has_touch=True, is_mobile=True)
    desk.open("/conversations/999999")
    expect(desk.page.get_by_text("Esta conversación no existe")).to_be_visible()

    desk.page.get_by_label("Volver a la lista").tap()

    expect(desk.list).to_be_visible()


@pytest.mark.parametrize("path", ["/login", "/", "/settings", "/conversations/999999"])
def test_the_dark_scheme_is_dark_everywhere(tabs: Browsing, path: str) -> None:
    person = None if path == "/login" else FIRST.admin
    desk = tabs.desk(person, color_scheme="dark").open(path)
    desk.page.wait_for_load_state("networkidle")

    body = desk.page.locator("body")
    expect(body).to_have_css("background-color", "rgb(14, 21, 20)")
    expect(body).to_have_css("color", "rgb(228, 236, 234)")


@pytest.mark.parametrize("viewport", [DESKTOP, POCKET], ids=["desktop", "phone"])
def test_hostile_texts_are_shown_as_texts_and_break_nothing(
    tabs: Browsing, world: World, viewport: dict[str, int]
) -> None:
    nasty = somebody('<b onmouseover="window.pwned=3">Eva</b>\u202e ' + "W" * 300)
    for text in HOSTILE:
        world.writes(nasty, text)
    conversation = int(world.conversation(nasty)["id"])
    until(lambda: len(world.messages(conversation)) == len(HOSTILE), what="all of it")
    desk = tabs.desk(FIRST.admin, viewport=viewport)

    desk.open()
    expect(desk.items.first).to_contain_text("<b onmouseover=")
    assert desk.width_to_spare() == 0
    desk.open_conversation(conversation)

    expect(desk.messages).to_have_count(len(HOSTILE))
    assert sorted(desk.messages.locator("p").all_text_contents()) == sorted(HOSTILE)
    assert desk.width_to_spare() == 0
    box, pane = desk.messages.nth(5).bounding_box(), desk.thread.bounding_box()
    assert box
    assert pane
    assert pane["x"] <= box["x"]
    assert box["x"] + box["width"] <= pane["x"] + pane["width"]
    assert desk.thread.evaluate("pane => pane.scrollWidth - pane.clientWidth") == 0
    assert desk.page.evaluate("window.pwned") is None


def test_hostile_answers_reach_the_phone_as_they_were_written(
    desk: Desk, phone: Phone, world: World, customer: Customer
) -> None:
    desk.open_conversation(world.meets(customer))

    for text in HOSTILE:
        desk.composer.fill(text)
        desk.composer.press("Enter")
    until(lambda: len(world.reached(customer)) == len(HOSTILE), what="all of it")

    assert world.reached(customer) == list(HOSTILE)
    phone.open(customer)
    expect(phone.messages).to_have_count(len(HOSTILE) + 1)
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    for page in (phone.page, desk.page):
        assert page.evaluate("window.pwned") is None


def test_a_conversation_that_does_not_exist_says_so(desk: Desk) -> None:
    for path in ("/conversations/999999", "/conversations/99999999999999999999999", "/conversations/abc"):
        desk.open(path)
        expect(desk.page.get_by_text("Esta conversación no existe")).to_be_visible()
