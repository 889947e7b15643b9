"""Who gets in, how they leave, and what their browser keeps."""

import re

import pytest
from playwright.sync_api import expect

from campotech_wa.domain.cookies import SESSION
from tests.e2e.browsing import Browsing, Person
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, SECOND

AT_LOGIN = re.compile(r"/login/?(\?.*)?$")
PERSON = SECOND.agent
"""Whom no other test needs: logging out everywhere ends every session."""


@pytest.fixture
def visitor(tabs: Browsing) -> Desk:
    """Open a browser that nobody has logged in."""
    return tabs.desk(None)


def log_in(desk: Desk, person: Person) -> None:
    desk.open("/login")
    desk.page.get_by_test_id("login-email").fill(person[0])
    desk.page.get_by_test_id("login-password").fill(person[1])
    desk.page.get_by_test_id("login-submit").click()


def test_a_wrong_password_is_told_in_a_sentence_and_opens_nothing(visitor: Desk) -> None:
    log_in(visitor, (PERSON[0], "not-the-password"))

    expect(visitor.page.get_by_role("alert")).to_have_text("El correo o la contraseña no son correctos.")
    expect(visitor.page.get_by_test_id("login-password")).to_have_value("")
    assert [cookie.get("name") for cookie in visitor.page.context.cookies()] == []


def test_an_unknown_address_is_told_the_same_as_a_wrong_password(visitor: Desk) -> None:
    log_in(visitor, ("nadie@electronorte.test", "not-the-password"))

    expect(visitor.page.get_by_role("alert")).to_have_text("El correo o la contraseña no son correctos.")


def test_the_right_password_leads_to_the_inbox_with_a_cookie_no_script_can_read(visitor: Desk) -> None:
    log_in(visitor, PERSON)

    expect(visitor.list).to_be_visible()
    [cookie] = [each for each in visitor.page.context.cookies() if each.get("name") == SESSION]
    assert (cookie.get("httpOnly"), cookie.get("sameSite")) == (True, "Lax")
    token = str(cookie.get("value"))
    assert token not in visitor.page.evaluate("document.cookie")
    assert token not in visitor.page.content()


def test_whoever_is_logged_in_is_led_past_the_login_page(visitor: Desk) -> None:
    log_in(visitor, PERSON)
    expect(visitor.list).to_be_visible()

    visitor.open("/login")

    expect(visitor.list).to_be_visible()


def test_logging_out_ends_the_session_itself_and_not_only_the_cookie(visitor: Desk) -> None:
    log_in(visitor, PERSON)
    expect(visitor.list).to_be_visible()
    kept = visitor.page.context.cookies()

    visitor.open("/settings")
    visitor.page.get_by_role("button", name="Cerrar sesión", exact=True).click()
    expect(visitor.page).to_have_url(AT_LOGIN)

    visitor.page.context.add_cookies([{**cookie} for cookie in kept])  # pyright: ignore[reportArgumentType]
    visitor.open("/")
    expect(visitor.page).to_have_url(AT_LOGIN)


def test_logging_out_everywhere_ends_the_open_tab_of_another_device_at_once(tabs: Browsing) -> None:
    here, there = tabs.desk(None), tabs.desk(None)
    for device in (here, there):
        log_in(device, PERSON)
        expect(device.list).to_be_visible()

    here.open("/settings")
    here.page.get_by_role("button", name="Cerrar sesión en todos los dispositivos").click()

    expect(here.page).to_have_url(AT_LOGIN)
    expect(there.page).to_have_url(AT_LOGIN)
    expect(there.items).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/conversations/1", "/settings"])
def test_a_stranger_lands_on_the_login_page(visitor: Desk, path: str) -> None:
    visitor.open(path)

    expect(visitor.page).to_have_url(AT_LOGIN)
    expect(visitor.page.get_by_test_id("login-email")).to_be_visible()
    assert FIRST.name not in visitor.page.content()
