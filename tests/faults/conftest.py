"""One demo for all tests of this folder; see ``tests/e2e/conftest.py`` for why it lasts no longer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e import browsing, house
from tests.e2e.browsing import Browsing
from tests.e2e.house import House
from tests.e2e.world import Customer, World, somebody


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start the product as a person starts it."""
    with house.running(tmp_path_factory.mktemp("faults")) as running:
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


@pytest.fixture(scope="module")
def tabs(browser: Browser, demo: House) -> Iterator[Browsing]:
    """Tabs that stay open while processes die; what they say to their consoles is their own affair."""
    opened = Browsing(browser, demo, {})
    yield opened
    opened.close()


@pytest.fixture
def customer() -> Customer:
    """Somebody who has not written yet."""
    return somebody()
