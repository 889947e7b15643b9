"""Products list the templates of their organization, and have them read from Meta anew."""

import base64

import httpx
import pytest

from campotech_wa.domain.access import Actor
from tests.integration.account_card import fault
from tests.integration.template_shelf import BODY, known, put
from tests.integration.web.caller import KEY, OTHER_KEY, call, get

pytestmark = pytest.mark.usefixtures("simulator")


def names(**query: str) -> list[str]:
    return [each["name"] for each in get("/templates", None, **query).json()["data"]]


def test_a_sync_tells_what_it_found_and_the_list_holds_it(simulator: httpx.Client) -> None:
    put(simulator, "turno", status="PAUSED")

    done = call("POST", "/api/v1/templates/sync", headers=KEY)

    assert done.json() == {"data": [{"waba_id": "200000000000001", "listed": 1, "changed": 1, "gone": 0}]}
    [found] = get("/templates").json()["data"]
    assert (found["name"], found["language"], found["category"]) == ("turno", "es_AR", "UTILITY")
    assert (found["status"], found["waba_id"], found["gone_at"]) == ("PAUSED", "200000000000001", None)
    assert (found["components"], found["parameter_format"]) == ([BODY], "POSITIONAL")


def test_a_list_goes_on_where_its_cursor_says(admin: Actor, simulator: httpx.Client) -> None:
    for name in ("c", "a"):
        put(simulator, name)
    put(simulator, "b", language="en")
    known(admin, simulator, language="es")

    first = get("/templates", limit="2").json()
    rest = get("/templates", limit="2", cursor=first["next_cursor"]).json()

    assert [each["name"] for each in (*first["data"], *rest["data"])] == ["a", "b", "c", "turno"]
    assert rest["next_cursor"] is None


def test_a_list_is_restricted_by_name_status_and_language(admin: Actor, simulator: httpx.Client) -> None:
    put(simulator, "turno_2", status="REJECTED")
    put(simulator, "aviso", language="en")
    known(admin, simulator)

    assert names(name="turno") == ["turno", "turno_2"]
    assert names(name="%") == []
    assert names(status="REJECTED") == ["turno_2"]
    assert names(language="en") == ["aviso"]


@pytest.mark.parametrize(
    "place", ["", "[]", "[1, 2, 3]", '["a", "b", null]', '["a", "b", 1e999]', "[" * 9000]
)
def test_a_cursor_of_somebody_else_is_refused(place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode() or "x"
    answer = get("/templates", cursor=cursor[:200])

    assert (answer.status_code, answer.json()["code"]) == (422, "cursor")


def test_a_cursor_with_half_of_a_character_leads_nowhere_and_breaks_nothing() -> None:
    cursor = base64.urlsafe_b64encode(b'["\\ud800", "b", 1]').decode()

    assert get("/templates", cursor=cursor).json() == {"data": [], "next_cursor": None}


def test_another_organization_sees_none_of_it(admin: Actor, simulator: httpx.Client) -> None:
    known(admin, simulator)

    assert get("/templates", OTHER_KEY).json() == {"data": [], "next_cursor": None}


def test_whoever_has_no_key_learns_nothing() -> None:
    assert call("GET", "/api/v1/templates").status_code == 401
    assert call("POST", "/api/v1/templates/sync").status_code == 401


def test_what_meta_refuses_is_told(simulator: httpx.Client) -> None:
    fault(simulator, 200, "message_templates")

    answer = call("POST", "/api/v1/templates/sync", headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (502, "meta_200")
