"""A page that was built for another version loads itself anew; where that does not help, it says so in Spanish."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from campotech_wa.domain.cookies import LOCALE
from tests.e2e.browsing import Browsing
from tests.e2e.house import House
from tests.e2e.world import FIRST

BUILT_FOR = re.compile(r"stateSchema:[\w$]+,")


def outdate(page: Page) -> None:
    """Have every script of the page be that of another version, as a proxy with old files would."""

    def answer(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, body=BUILT_FOR.sub('stateSchema:"another",', found.text()))

    page.route("**/assets/*.js", answer)


@pytest.mark.parametrize(
    ("locale", "says", "button"),
    [
        ("es", "Hay una versión nueva de esta página.", "Volver a cargar"),
        ("en", "There is a new version of this page.", "Reload"),
    ],
)
def test_a_page_that_stays_out_of_date_says_so_in_the_language_of_whoever_reads_it(
    tabs: Browsing, demo: House, locale: str, says: str, button: str
) -> None:
    tabs.complaints.expected.append("built for another version")
    desk = tabs.desk(FIRST.agent)
    desk.page.context.add_cookies([{"name": LOCALE, "value": locale, "url": demo.url}])
    outdate(desk.page)

    desk.open("/")

    banner = desk.page.locator("#reflex-new-version-banner")
    expect(banner).to_contain_text(says)
    expect(banner.get_by_role("button")).to_have_text(button)
