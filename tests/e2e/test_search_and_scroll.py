"""Finding a conversation in a long list, and an old message in a long thread."""

import time
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World, somebody

MANY = 60
"""Two pages of the list, and a page and a half of a thread."""

MEASURE = """(pane, id) => {
    const message = pane.querySelector(`[data-message-id="${id}"]`);
    return [pane.scrollHeight, message.getBoundingClientRect().top - pane.getBoundingClientRect().top];
}"""
"""How long a thread is, and where in its pane a message stands."""

SCROLL_UP = f"""(pane, id) => {{
    pane.scrollTop = 100;
    return ({MEASURE})(pane, id);
}}"""


@pytest.fixture(scope="module")
def crowd(world: World) -> Sequence[Customer]:
    """Sixty customers, of whom the first wrote longest ago."""
    people = [somebody() for _ in range(MANY)]
    for turn, person in enumerate(people):
        world.writes(person, "Buenas", at=time.time() - 3600 + turn)
    until(lambda: _count(world) >= MANY, what="sixty conversations")
    return people


def _count(world: World) -> int:
    return len(world.get("/conversations", limit=100).json()["data"])


@pytest.mark.parametrize(
    "typed",
    [
        "Peña Núñez",
        "pena nunez",
        "NUÑEZ",
        "15 4321-8765",
        "011 15 4321-8765",
        "+54 9 11 4321 8765",
        "43218765",
    ],
)
def test_a_conversation_is_found_by_any_spelling(desk: Desk, world: World, typed: str) -> None:
    begonia = Customer("5491143218765", "Begoña Peña Núñez")
    other = somebody()
    world.meets(begonia)
    world.meets(other)
    desk.open()
    expect(desk.item(other)).to_be_visible()

    desk.search.fill(typed)

    expect(desk.items).to_have_count(1)
    expect(desk.item(begonia)).to_be_visible()
    desk.search.fill("")
    expect(desk.item(other)).to_be_visible()


def test_a_search_without_a_match_says_so(desk: Desk) -> None:
    desk.open()
    desk.search.fill("zzz nadie zzz")

    expect(desk.page.get_by_text("Nadie coincide con esa búsqueda")).to_be_visible()


def test_a_search_never_finds_another_organizations_customer(
    foreign_desk: Desk, world: World, customer: Customer
) -> None:
    world.meets(customer)
    foreign_desk.open()

    for typed in (customer.name, customer.wa_id, "%", "' or 1=1 --"):
        foreign_desk.search.fill(typed)
        expect(foreign_desk.page.get_by_text("Nadie coincide con esa búsqueda")).to_be_visible()


def test_a_list_being_searched_stays_live(desk: Desk, world: World) -> None:
    known, late = Customer(somebody().wa_id, "Zulema Uno"), Customer(somebody().wa_id, "Zulema Dos")
    world.meets(known)
    desk.open()
    desk.search.fill("zulema")
    expect(desk.items).to_have_count(1)

    world.meets(late)
    world.meets(somebody())

    expect(desk.items).to_have_count(2)
    expect(desk.items.first).to_contain_text("Zulema Dos")


def test_older_conversations_load_as_one_scrolls_down(
    desk: Desk, world: World, crowd: Sequence[Customer]
) -> None:
    desk.open()
    expect(desk.items.nth(29)).to_be_attached()
    expect(desk.item(crowd[0])).to_have_count(0)

    until(lambda: _scroll(desk.list, "1e6") and desk.item(crowd[0]).count(), what="the oldest conversation")

    names = [row["customer"]["name"] for row in world.get("/conversations", limit=100).json()["data"]]
    shown = desk.items.locator("strong").all_inner_texts()
    assert shown[:100] == names[: len(shown)]


def test_older_messages_load_as_one_scrolls_up_and_what_one_reads_holds_still(
    desk: Desk, world: World, customer: Customer
) -> None:
    started = time.time() - 3600
    for turn in range(MANY):
        world.writes(customer, f"línea {turn:02}", at=started + turn)
    conversation = int(world.conversation(customer)["id"])
    until(lambda: len(world.messages(conversation)) == MANY, what="sixty messages")
    desk.open_conversation(conversation)
    expect(desk.bubble(f"línea {MANY - 1}")).to_be_in_viewport()
    expect(desk.bubble("línea 00")).to_have_count(0)
    first = desk.messages.first.get_attribute("data-message-id")

    before, at_first = desk.thread.evaluate(SCROLL_UP, first)
    expect(desk.bubble("línea 00")).to_be_attached()

    after, at_last = desk.thread.evaluate(MEASURE, first)
    assert after > before
    assert abs(at_last - at_first) <= 1
    assert desk.texts() == [f"línea {turn:02}" for turn in range(MANY)]


def test_a_new_message_does_not_pull_away_who_reads_older_ones(
    desk: Desk, world: World, customer: Customer
) -> None:
    started = time.time() - 3600
    for turn in range(35):
        world.writes(customer, f"renglón {turn:02}", at=started + turn)
    conversation = int(world.conversation(customer)["id"])
    until(lambda: len(world.messages(conversation)) == 35, what="the messages")
    desk.open_conversation(conversation)
    expect(desk.bubble("renglón 34")).to_be_in_viewport()
    _scroll(desk.thread, "300")
    desk.page.wait_for_timeout(200)

    world.writes(customer, "uno nuevo")

    expect(desk.bubble("uno nuevo")).to_be_attached()
    assert desk.thread.evaluate("pane => pane.scrollTop") == 300
    desk.page.get_by_label("Ir al último mensaje").click()
    expect(desk.bubble("uno nuevo")).to_be_in_viewport()
    expect(desk.page.get_by_label("Ir al último mensaje")).to_be_hidden()
    world.writes(customer, "y otro")
    expect(desk.bubble("y otro")).to_be_in_viewport()


def test_whoever_answers_from_further_up_sees_the_answer(
    desk: Desk, world: World, customer: Customer
) -> None:
    started = time.time() - 3600
    for turn in range(35):
        world.writes(customer, f"fila {turn:02}", at=started + turn)
    conversation = int(world.conversation(customer)["id"])
    until(lambda: len(world.messages(conversation)) == 35, what="the messages")
    desk.open_conversation(conversation)
    expect(desk.bubble("fila 34")).to_be_in_viewport()
    _scroll(desk.thread, "100")
    desk.page.wait_for_timeout(200)

    desk.answer("la respuesta")

    expect(desk.bubble("la respuesta")).to_be_in_viewport()


def _scroll(pane: Locator, top: str) -> bool:
    pane.evaluate(f"pane => {{ pane.scrollTop = {top}; }}")
    return True
