"""Every process of the product is killed in turn while a customer and staff write to each other."""

import contextlib
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import House, until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, JsonObject, World, somebody, texts
from tests.faults.traffic import Traffic, flowing
from tests.faults.victims import EVERY_ONE

SETTLING_SECONDS = 90.0
"""What is unconfirmed waits 45 seconds for a sign of life, and what comes after it waits behind it."""

ON_THE_WAY = 1200
"""Milliseconds that each send takes, so that a killed worker leaves some whose answer nobody heard."""

CALM = 1000
"""Milliseconds of an undisturbed conversation between two deaths."""


@dataclass(frozen=True, slots=True)
class Story:
    """What was said, and what became of it."""

    traffic: Traffic
    desk: Desk
    messages: list[JsonObject]
    reached: list[str]


@pytest.fixture(scope="module")
def story(demo: House, world: World, tabs: Browsing) -> Story:
    """Kill them all; then wait until everything has settled, but not for ever."""
    customer = somebody()
    conversation = world.meets(customer, "Empezamos")
    desk = tabs.desk(FIRST.admin).open_conversation(conversation)
    desk.page.evaluate("window.isTheSamePage = true")
    world.fault(customer, latency_ms=ON_THE_WAY)

    with flowing(demo, customer) as traffic:
        for victim in EVERY_ONE:
            desk.page.wait_for_timeout(CALM)
            victim.kill(demo)
        desk.page.wait_for_timeout(CALM)

    def is_settled() -> bool:
        found = world.messages(conversation)
        return len(texts(found, "inbound")) > len(traffic.written) and all(
            each["state"] in {"delivered", "read"} for each in found if each["direction"] == "outbound"
        )

    with contextlib.suppress(AssertionError):  # the tests say what is missing
        until(is_settled, seconds=SETTLING_SECONDS, what="every text stored and every answer delivered")
    return Story(traffic, desk, world.messages(conversation), world.reached(customer))


def test_every_text_of_the_customer_is_there_once_and_in_order(story: Story) -> None:
    assert texts(story.messages, "inbound") == [*story.traffic.written, "Empezamos"]


def test_every_answer_reached_the_customer_once_and_in_order(story: Story) -> None:
    assert story.reached == story.traffic.answered


def test_every_answer_is_known_to_be_delivered(story: Story) -> None:
    answers = [each for each in story.messages if each["direction"] == "outbound"]

    assert [each["content"]["body"] for each in answers] == story.traffic.answered
    assert [each for each in answers if each["state"] != "delivered"] == []


def test_nothing_ended_among_the_dead_letters(tabs: Browsing) -> None:
    settings = tabs.desk(FIRST.admin).open("/settings")

    expect(settings.page.get_by_test_id("dead-letters")).to_contain_text(
        "Todo lo que mandó Meta está procesado."
    )


def test_the_open_tab_shows_everything_without_having_been_reloaded(story: Story) -> None:
    expect(story.desk.bubble("Empezamos")).to_be_attached()
    expect(story.desk.bubble(story.traffic.answered[-1])).to_have_attribute("data-state", "delivered")

    assert story.desk.page.evaluate("window.isTheSamePage")
    assert story.desk.texts()[-len(story.traffic.answered) :] == story.traffic.answered
