"""One demo and one Chromium for all tests of this folder; each test has customers and tabs of its own.

They last as long as the folder's tests and no longer: Playwright keeps an event loop in the main thread, where
other tests run theirs.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e import browsing, house
from tests.e2e.browsing import Browsing, Person
from tests.e2e.composing import Composer, Json
from tests.e2e.house import House, until
from tests.e2e.pages import Desk, Phone
from tests.e2e.world import FIRST, SECOND, Customer, World, somebody


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start the product as a person starts it."""
    with house.running(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="package")
def world(demo: House) -> Iterator[World]:
    """Give tests customers, and other products."""
    world = World(demo)
    yield world
    world.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start a Chromium."""
    with browsing.chromium() as opened:
        yield opened


@pytest.fixture(scope="package")
def sessions() -> dict[Person, dict[str, str]]:
    """Who is logged in already."""
    return {}


@pytest.fixture
def tabs(browser: Browser, demo: House, sessions: dict[Person, dict[str, str]]) -> Iterator[Browsing]:
    """Open tabs; at the end of a test none of them may have complained."""
    opened = Browsing(browser, demo, sessions)
    yield opened
    opened.close()
    assert opened.complaints.unexpected() == []


@pytest.fixture
def desk(tabs: Browsing) -> Desk:
    """Open a tab of organization 1's admin."""
    return tabs.desk(FIRST.admin)


@pytest.fixture
def foreign_desk(tabs: Browsing) -> Desk:
    """Open a tab of organization 2's admin."""
    return tabs.desk(SECOND.admin)


@pytest.fixture
def phone(tabs: Browsing) -> Phone:
    """Open a customer's phone."""
    return tabs.phone()


@pytest.fixture
def customer() -> Customer:
    """Somebody who has not written yet."""
    return somebody()


@pytest.fixture
def composer(desk: Desk, world: World, customer: Customer) -> Composer:
    """Open the conversation of somebody who has just written."""
    desk.open_conversation(world.meets(customer))
    return Composer(desk)


@pytest.fixture
def arrived(world: World, customer: Customer) -> Callable[[], Json]:
    """Wait for the only message that Meta got."""

    def look() -> Json:
        return until(lambda: world.accepted(customer), what="the message")[0]

    return look
