"""Whoever works at the desk sees at once what stopped and why; admins see more, and choose where it is told."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import DESKTOP, POCKET, Browsing
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, World

NUMBER = FIRST.channel["phone_number_id"]


def panic(world: World, action: str, **more: str) -> httpx.Response:
    """Stop the number or let it go, as another product would."""
    answer = httpx.post(
        f"{world.house.url}/api/v1/panic",
        headers={"Authorization": f"Bearer {FIRST.api_key}"},
        json={"phone_number_id": NUMBER, "action": action, **more},
        timeout=30,
    )
    return answer.raise_for_status()


@pytest.fixture(autouse=True)
def calm(world: World) -> Iterator[None]:
    """Let nothing stand still once a test is over."""
    yield
    panic(world, "resolve", note="The test is over.")


def test_a_banner_comes_and_goes_by_itself_on_every_page(tabs: Browsing, world: World) -> None:
    desks = [tabs.desk(FIRST.agent).open("/"), tabs.desk(FIRST.admin).open("/settings")]
    for desk in desks:
        expect(desk.page.get_by_text("Clima Sur Servicios").first).to_be_visible()
        expect(desk.page.get_by_test_id("panic-banner")).to_have_count(0)

    panic(world, "trigger", note="Se mandó mal una campaña")

    for desk in desks:
        banner = desk.page.get_by_test_id("panic-banner")
        expect(banner).to_contain_text("Las plantillas están frenadas")
        expect(banner).to_contain_text("Se mandó mal una campaña")
        expect(banner).to_contain_text("Podés seguir respondiendo")
        expect(banner).to_have_attribute("data-reason", "manual")
    panic(world, "resolve", note="Corregida")
    for desk in desks:
        expect(desk.page.get_by_test_id("panic-banner")).to_have_count(0)


def test_another_organization_sees_nothing_of_it(foreign_desk: Desk, desk: Desk, world: World) -> None:
    foreign_desk.open("/")
    expect(foreign_desk.page.get_by_text("Electro Norte").first).to_be_visible()

    panic(world, "trigger", lanes="all")

    expect(desk.open().page.get_by_test_id("panic-banner")).to_be_visible()
    expect(foreign_desk.page.get_by_test_id("panic-banner")).to_have_count(0)


def test_admins_have_a_bell_that_names_what_is_wrong(tabs: Browsing, world: World) -> None:
    admin, agent = tabs.desk(FIRST.admin).open(), tabs.desk(FIRST.agent).open()
    panic(world, "trigger", lanes="all")

    admin.page.get_by_test_id("bell").click()

    alert = admin.page.get_by_test_id("alert").filter(has_text="Los envíos están frenados")
    expect(alert).to_be_in_viewport()
    expect(agent.page.get_by_test_id("panic-banner")).to_be_visible()
    expect(agent.page.get_by_test_id("bell")).to_have_count(0)
    alert.click()
    expect(admin.page).to_have_url(f"{world.house.url}/queue")


@pytest.mark.parametrize("viewport", [DESKTOP, POCKET], ids=["desktop", "phone"])
def test_the_banner_leaves_room_for_the_page(tabs: Browsing, world: World, viewport: dict[str, int]) -> None:
    panic(world, "trigger", note="x" * 400)
    desk = tabs.desk(FIRST.admin, viewport=viewport).open()

    expect(desk.page.get_by_test_id("panic-banner")).to_be_in_viewport()
    expect(desk.search).to_be_in_viewport()
    assert desk.width_to_spare() == 0


def test_an_admin_chooses_where_alerts_go(desk: Desk) -> None:
    desk.open("/settings")
    places = desk.page.get_by_test_id("alert-places")
    expect(places).to_contain_text("CAMPOTECH_SMTP_HOST")

    places.locator("[name=webhook_url]").fill("http://192.168.1.8/alerts")
    places.get_by_role("button").click()
    expect(desk.toast).to_contain_text("https")

    places.locator("[name=webhook_url]").fill("https://1.1.1.1/alerts")
    places.locator("[name=email]").fill("alertas@climasur.test")
    places.get_by_role("button").click()
    expect(desk.page.get_by_test_id("signing-key")).not_to_be_empty()
    desk.open("/settings")
    expect(places.locator("[name=webhook_url]")).to_have_value("https://1.1.1.1/alerts")
    expect(desk.page.get_by_test_id("signing-key")).to_have_count(0)


def test_an_admin_chooses_when_a_number_stops(desk: Desk) -> None:
    desk.open("/settings")
    form = desk.page.get_by_test_id("thresholds")

    form.locator("[name=panic_minutes]").fill("45")
    form.get_by_role("button").click()
    expect(desk.page.get_by_text("Guardado.")).to_be_visible()

    desk.open("/settings")
    expect(form.locator("[name=panic_minutes]")).to_have_value("45")
