"""Login gives a browser a cookie that no script reads; no other page's form is obeyed."""

from http.cookies import SimpleCookie

import httpx
import pytest

from campotech_wa.errors import NotAuthenticated
from campotech_wa.services import people
from tests.integration.desk import change, one
from tests.integration.web.caller import call, origin

pytestmark = pytest.mark.usefixtures("desk")

EMAIL, PASSWORD = "agente@climasur.test", "demo-agente-1"
FOREIGN = ["", "null", "https://evil.example", "http://localhost.evil.example", "http://localhost:1"]


def submit(
    path: str, *, origin_: str | None = None, session: str = "", referer: str = "", **form: str
) -> httpx.Response:
    named = origin() if origin_ is None else origin_
    headers = {name: value for name, value in (("Origin", named), ("Referer", referer)) if value}
    cookies = {"campotech_session": session} if session else None
    return call("POST", f"/auth/{path}", headers=headers, data=form or None, cookies=cookies)


def log_in(email: str = EMAIL, password: str = PASSWORD) -> httpx.Response:
    return submit("login", email=email, password=password)


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    jar = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    return jar


def open_session() -> str:
    return cookies_of(log_in())["campotech_session"].value


class TestLogin:
    def test_it_leads_to_the_inbox_with_a_cookie_that_no_script_reads(self) -> None:
        answer = log_in()

        cookie = cookies_of(answer)["campotech_session"]
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (
            True,
            "lax",
            "/",
            "",
        )
        assert cookie["expires"]
        assert people.actor_of_session(cookie.value).user_id == 2

    def test_the_browser_learns_the_persons_language(self) -> None:
        assert cookies_of(log_in())["campotech_locale"].value == "es-AR"

    @pytest.mark.parametrize(
        ("email", "password"),
        [(EMAIL, "wrong"), ("nobody@climasur.test", PASSWORD), ("\x00", "\x00"), ("", "")],
    )
    def test_a_failure_leads_back_without_a_cookie(self, email: str, password: str) -> None:
        answer = log_in(email, password)

        assert (answer.status_code, answer.headers["location"]) == (303, "/login?error=credentials")
        assert "set-cookie" not in answer.headers

    def test_too_many_failures_are_told(self) -> None:
        log_in(password="wrong")
        change(
            "insert into login_attempt (subject, at) select subject, at from login_attempt, generate_series(1, 9)"
        )

        assert log_in().headers["location"] == "/login?error=throttled"

    def test_a_form_that_is_far_too_long_is_refused(self) -> None:
        answer = log_in(password="x" * 2000)

        assert answer.status_code == 422
        assert "xxx" not in answer.text

    @pytest.mark.parametrize("foreign", FOREIGN)
    @pytest.mark.parametrize("path", ["login", "logout", "logout-everywhere", "locale"])
    def test_a_form_of_another_page_is_not_obeyed(self, foreign: str, path: str) -> None:
        session = open_session()

        answer = submit(path, origin_=foreign, session=session, email=EMAIL, password=PASSWORD, locale="en")

        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
        assert people.actor_of_session(session).locale == "es-AR"

    def test_a_link_can_not_log_in(self) -> None:
        assert call("GET", "/auth/login", params={"email": EMAIL, "password": PASSWORD}).status_code == 405


class TestLogout:
    def test_it_ends_the_session_and_clears_the_cookie(self) -> None:
        session, other = open_session(), open_session()

        answer = submit("logout", session=session)

        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert cookies_of(answer)["campotech_session"].value == ""
        with pytest.raises(NotAuthenticated):
            people.actor_of_session(session)
        assert people.actor_of_session(other)

    def test_everywhere_ends_all_of_them(self) -> None:
        session, other = open_session(), open_session()

        submit("logout-everywhere", session=session)

        assert one("select count(*) from login_session where revoked_at is null") == 0
        with pytest.raises(NotAuthenticated):
            people.actor_of_session(other)

    @pytest.mark.parametrize("path", ["logout", "logout-everywhere"])
    @pytest.mark.parametrize("session", ["", "unknown"])
    def test_a_stranger_is_led_to_the_login_page(self, path: str, session: str) -> None:
        assert submit(path, session=session).headers["location"] == "/login"


class TestLocale:
    def test_a_person_keeps_the_language_they_chose(self) -> None:
        session = open_session()

        answer = submit("locale", session=session, locale="en", referer=f"{origin()}/settings?a=1#b")

        assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
        assert cookies_of(answer)["campotech_locale"].value == "en"
        assert people.actor_of_session(session).locale == "en"

    @pytest.mark.parametrize(
        ("referer", "location"),
        [
            ("", "/"),
            ("http://localhost//evil.example", "/evil.example"),
            ("http://localhost/\\evil.example", "/%5Cevil.example"),
            ("https://evil.example/x", "/x"),
            ("javascript:alert(1)", "/alert(1)"),
            ("http://[", "/"),
        ],
    )
    def test_it_leads_to_no_other_host(self, referer: str, location: str) -> None:
        answer = submit("locale", locale="en", referer=referer)

        assert (answer.status_code, answer.headers["location"]) == (303, location)

    def test_a_language_that_the_product_does_not_speak_is_refused(self) -> None:
        assert submit("locale", locale="fr").status_code == 403
