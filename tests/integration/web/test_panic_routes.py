"""Other products see how each number stands, and stop or release one, with a key of the role admin."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from campotech_wa.domain.verdict import Verdict
from tests.integration.account_card import fault
from tests.integration.desk import NUMBER, change
from tests.integration.services.panic.circuit import attempt, notice
from tests.integration.web.caller import KEY, OTHER_KEY, call

pytestmark = pytest.mark.usefixtures("desk")


def post(key: dict[str, str] = KEY, **body: Any) -> httpx.Response:
    return call("POST", "/api/v1/panic", headers=key, json={"phone_number_id": NUMBER, **body})


def rows(key: dict[str, str] = KEY) -> list[dict[str, Any]]:
    return call("GET", "/api/v1/panic", headers=key).json()["data"]


def test_every_number_has_a_row_also_without_panic() -> None:
    [row] = rows()

    assert (row["phone_number_id"], row["active"], row["reason"], row["history"]) == (NUMBER, False, None, [])


def test_a_panic_is_triggered_and_told_about() -> None:
    answer = post(action="trigger", note="Revisión")

    [row] = rows()
    assert (answer.status_code, answer.json()) == (200, row)
    assert (row["active"], row["reason"], row["lanes"], row["note"]) == (
        True,
        "manual",
        "business",
        "Revisión",
    )
    lasts = datetime.fromisoformat(row["auto_resolve_at"]) - datetime.fromisoformat(row["triggered_at"])
    assert lasts == timedelta(minutes=60)


def test_a_panic_is_resolved_and_stays_in_the_history() -> None:
    post(action="trigger", lanes="all")

    answer = post(action="resolve", note="Todo en orden")

    assert (answer.status_code, answer.json()["active"]) == (200, False)
    [episode] = answer.json()["history"]
    assert (episode["reason"], episode["lanes"], episode["resolve_note"]) == (
        "manual",
        "all",
        "Todo en orden",
    )


def test_what_can_not_be_is_a_problem_that_says_what_to_do(simulator: httpx.Client) -> None:
    assert post(action="explode").status_code == 422
    assert post(action="resolve").json()["field"] == "note"
    notice(attempt(Verdict.DENIED, 190))
    fault(simulator, 190)

    refused = post(action="resolve", note="Listo")

    assert (refused.status_code, refused.json()["code"]) == (422, "credentials")
    assert "resolve the panic" in refused.json()["detail"]


def test_a_key_of_another_organization_finds_and_stops_nothing() -> None:
    post(action="trigger")

    assert post(OTHER_KEY, action="resolve", note="x").status_code == 404
    assert [row["active"] for row in rows(OTHER_KEY)] == [False]
    assert [row["active"] for row in rows()] == [True]


def test_an_agents_key_sees_the_state_and_changes_nothing() -> None:
    post(action="trigger")
    change("update api_key set role = 'agent'")

    assert post(action="resolve", note="x").status_code == 403
    [row] = rows()
    assert (row["active"], row["history"]) == (True, [])


def test_without_a_key_nothing_is_told() -> None:
    assert call("GET", "/api/v1/panic").status_code == 401
    assert post({}, action="trigger").status_code == 401
