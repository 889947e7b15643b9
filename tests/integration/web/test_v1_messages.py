"""Other products schedule, change, cancel and repeat messages; what comes too late is 409, what is another's 404."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.integration.desk import ANA, change, hear, one
from tests.integration.web.caller import KEY, OTHER_KEY, call, get

pytestmark = pytest.mark.usefixtures("desk")

PROBLEM = "application/problem+json"
BYE: dict[str, Any] = {"type": "text", "text": {"body": "Chau"}}


def send(**more: object) -> int:
    message = {"to": ANA, "type": "text", "text": {"body": "Hola"}, **more}
    answer = call("POST", "/api/v1/messages", headers=KEY, json=message)
    assert answer.status_code == 202
    return int(answer.json()["id"])


def patch(message_id: int, body: dict[str, Any], key: dict[str, str] = KEY) -> httpx.Response:
    return call("PATCH", f"/api/v1/messages/{message_id}", headers=key, json=body)


def ask(message_id: int, what: str, key: dict[str, str] = KEY) -> httpx.Response:
    return call("POST", f"/api/v1/messages/{message_id}/{what}", headers=key)


def ahead(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def claimed(message_id: int) -> None:
    change("update wa_outbound_queue set state = 'sending'")
    change("update wa_message set state = 'sending' where id = :id", id=message_id)


class TestSchedule:
    def test_the_answer_and_the_message_tell_its_time_and_priority(self) -> None:
        hear()
        send_at = ahead(hours=1)

        answer = call(
            "POST", "/api/v1/messages", headers=KEY,
            json={"to": ANA, **BYE, "send_at": send_at, "priority": "low"},
        )  # fmt: skip

        message = get(f"/messages/{answer.json()['id']}").json()
        assert (answer.json()["priority"], answer.json()["send_at"]) == ("low", send_at)
        assert (message["priority"], message["send_at"], message["state"]) == ("low", send_at, "queued")

    def test_a_time_beyond_the_window_is_a_problem_that_says_when_it_closes(self) -> None:
        hear()

        answer = call(
            "POST", "/api/v1/messages", headers=KEY, json={"to": ANA, **BYE, "send_at": ahead(days=2)}
        )

        assert (answer.status_code, answer.json()["code"]) == (422, "after_window")
        assert "It closes at" in answer.json()["detail"]


class TestChange:
    def test_the_answer_is_the_message_as_it_is_now(self) -> None:
        hear()
        message_id = send()

        answer = patch(message_id, BYE | {"priority": "high"})

        assert answer.status_code == 200
        assert answer.json() == get(f"/messages/{message_id}").json()
        assert (answer.json()["content"], answer.json()["priority"]) == ({"body": "Chau"}, "high")

    def test_null_for_its_time_is_now_and_no_time_is_as_it_was(self) -> None:
        hear()
        message_id = send(send_at=ahead(hours=1))

        kept = patch(message_id, {"priority": "high"}).json()["send_at"]
        cleared = patch(message_id, {"send_at": None}).json()["send_at"]

        assert kept is not None
        assert cleared is None

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, ""),
            ({"to": ANA}, "body.to"),
            ({"priority": "urgent"}, "body.priority"),
            ({"send_at": "tomorrow"}, "send_at"),
            ({"type": "text", "text": {"body": ""}}, "text.body"),
            ({"text": {"body": "Chau"}}, "type"),
            ({"biz_opaque_callback_data": "7"}, "body"),
        ],
    )
    def test_what_can_never_work_is_refused_by_name(self, body: dict[str, Any], field: str) -> None:
        hear()
        message_id = send()

        answer = patch(message_id, body)

        assert (answer.status_code, answer.json().get("field", "")) == (422, field)
        assert get(f"/messages/{message_id}").json()["content"] == {"body": "Hola"}

    def test_on_its_way_it_is_409(self) -> None:
        hear()
        message_id = send()
        claimed(message_id)

        answer = patch(message_id, BYE)

        assert (answer.status_code, answer.headers["content-type"]) == (409, PROBLEM)
        assert answer.json()["code"] == "already_on_its_way"
        assert get(f"/messages/{message_id}").json()["content"] == {"body": "Hola"}


class TestCancel:
    def test_it_is_cancelled_however_often_it_is_asked_for(self) -> None:
        hear()
        message_id = send()

        answers = [ask(message_id, "cancel") for _ in range(2)]

        assert [(answer.status_code, answer.json()["state"]) for answer in answers] == [
            (200, "cancelled")
        ] * 2
        assert one("select count(*) from wa_outbound_queue") == 0

    def test_on_its_way_it_is_409(self) -> None:
        hear()
        message_id = send()
        claimed(message_id)

        answer = ask(message_id, "cancel")

        assert (answer.status_code, answer.headers["content-type"]) == (409, PROBLEM)
        assert answer.json()["code"] == "already_on_its_way"
        assert one("select count(*) from wa_outbound_queue") == 1

    def test_its_key_does_not_send_it_again(self) -> None:
        hear()
        headers = KEY | {"Idempotency-Key": "job-7"}
        message = {"to": ANA, **BYE}
        first = call("POST", "/api/v1/messages", headers=headers, json=message).json()
        ask(first["id"], "cancel")

        again = call("POST", "/api/v1/messages", headers=headers, json=message).json()

        assert again == first | {"state": "cancelled"}
        assert one("select count(*) from wa_outbound_queue") == 0


class TestRetry:
    def test_a_failed_one_waits_again(self) -> None:
        hear()
        message_id = send()
        change("delete from wa_outbound_queue")
        change("update wa_message set state = 'failed', error_code = 131031 where id = :id", id=message_id)

        answer = ask(message_id, "retry")

        assert (answer.status_code, answer.json()["state"], answer.json()["error"]) == (200, "queued", None)

    def test_one_that_waits_anyway_is_409(self) -> None:
        hear()

        answer = ask(send(), "retry")

        assert (answer.status_code, answer.json()["code"]) == (409, "not_failed")


class TestOtherOrganization:
    def test_nothing_of_it_can_be_touched(self) -> None:
        hear()
        message_id = send()

        answers = [
            patch(message_id, BYE, OTHER_KEY),
            ask(message_id, "cancel", OTHER_KEY),
            ask(message_id, "retry", OTHER_KEY),
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert get(f"/messages/{message_id}").json()["state"] == "queued"

    @pytest.mark.parametrize("what", ["cancel", "retry"])
    def test_without_a_key_it_is_401(self, what: str) -> None:
        assert ask(1, what, {}).status_code == 401


class TestContract:
    def test_openapi_describes_what_can_be_done_and_when_it_is_too_late(self) -> None:
        paths = call("GET", "/api/openapi.json").json()["paths"]

        one_message = paths["/api/v1/messages/{message_id}"]
        assert set(one_message) == {"get", "patch"}
        assert "409" in one_message["patch"]["responses"]
        assert "409" in paths["/api/v1/messages/{message_id}/cancel"]["post"]["responses"]
        examples = paths["/api/v1/messages"]["post"]["requestBody"]["content"]["application/json"]["examples"]
        assert "send_at" in examples["later"]["value"]
