"""Other products send and read with their organization's key, and reach nothing of another's."""

from typing import Any

import httpx
import pytest

from campotech_wa.embedded import Servers
from tests.integration.desk import ANA, ago, change, hear, one, text, without
from tests.integration.web.caller import KEY, OTHER_KEY, call, get

pytestmark = pytest.mark.usefixtures("desk")

PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}

CONTENTS: dict[str, Any] = {
    "text": {"body": "Hola", "preview_url": True},
    "image": {"id": "1", "caption": "Listo"},
    "audio": {"id": "1", "voice": True},
    "video": {"link": "https://example.com/1.mp4"},
    "document": {"id": "1", "filename": "factura.pdf"},
    "sticker": {"id": "1"},
    "location": {"latitude": "-34.6", "longitude": "-58.38", "name": "Obelisco"},
    "contacts": [{"name": {"formatted_name": "Ana Gómez", "first_name": "Ana"}}],
    "reaction": {"message_id": "wamid.7", "emoji": "👍"},
    "interactive": {
        "type": "button",
        "body": {"text": "¿Vamos hoy?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "si", "title": "Sí"}}]},
    },
    "template": {"name": "turno", "language": {"code": "es_AR"}},
}


def send(message: dict[str, Any], *, key: str | None = None, bearer: dict[str, str] = KEY) -> httpx.Response:
    headers = bearer | ({} if key is None else {"Idempotency-Key": key})
    return call("POST", "/api/v1/messages", headers=headers, json=message)


def hello(to: str = "011 15 3123-4567", **more: object) -> dict[str, Any]:
    return {"to": to, "type": "text", "text": {"body": "Hola"}, **more}


class TestBearer:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Bearer \xf1"},
            {"Authorization": "Basic ZGVtby1hcGkta2V5LTE6"},
            {"Cookie": "campotech_session=demo-api-key-1"},
        ],
    )
    @pytest.mark.parametrize("path", ["/conversations", "/messages/1", "/phone?number=1"])
    def test_without_a_valid_key_it_is_401(self, headers: dict[str, str], path: str) -> None:
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}

        answer = call("GET", f"/api/v1{path}", headers=encoded)  # pyright: ignore[reportArgumentType]

        assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["status"] == 401


class TestSend:
    def test_it_is_accepted_with_what_it_will_become(self) -> None:
        conversation_id = hear()

        answer = send(hello())

        assert answer.status_code == 202
        assert answer.json() == {
            "id": 2,
            "state": "queued",
            "conversation_id": conversation_id,
            "wa_id": ANA,
            "priority": "normal",
            "send_at": None,
        }

    @pytest.mark.parametrize(
        "to", ["3123-4567", "15 3123 4567", "+54 9 11 3123-4567", "5491131234567", "+54 11 15 3123 4567"]
    )
    def test_a_number_may_be_spelt_as_a_person_would(self, to: str) -> None:
        hear()

        assert send(hello(to)).json()["wa_id"] == ANA

    def test_the_same_key_again_has_the_same_answer_and_sends_nothing(self) -> None:
        hear()

        answers = [send(hello(), key="job-7").json() for _ in range(3)]

        assert answers == [answers[0]] * 3
        assert one("select count(*) from wa_outbound_queue") == 1

    def test_without_a_key_each_is_another(self) -> None:
        hear()

        assert send(hello()).json()["id"] != send(hello()).json()["id"]

    def test_a_key_for_other_words_is_a_problem(self) -> None:
        hear()
        send(hello(), key="job-7")

        answer = send(hello(text={"body": "Chau"}), key="job-7")

        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")

    def test_a_closed_window_is_a_problem(self) -> None:
        hear(text(timestamp=ago(days=2)))

        answer = send(hello())

        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
        assert (answer.json()["code"], answer.json()["field"]) == ("window_closed", "type")

    @pytest.mark.parametrize(
        ("message", "field"),
        [
            ({}, "body.type"),
            ({"type": "text", "text": {"body": "Hola"}}, "to"),
            (hello(to="nobody"), "to"),
            (hello(text={}), "text.body"),
            (hello(text={"body": "x" * 4097}), "text.body"),
            (hello(type="hologram"), "type"),
            (hello(send_at="tomorrow"), "send_at"),
            (hello(send_at=1764000000), "body.send_at"),
            (hello(priority="urgent"), "body.priority"),
            (hello(ttl="1h"), "body.ttl"),
            (hello(phone_number_id="100000000000002"), "phone_number_id"),
        ],
    )
    def test_what_can_never_work_is_refused_by_name(self, message: dict[str, Any], field: str) -> None:
        hear()

        answer = send(message)

        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert one("select count(*) from wa_outbound_queue") == 0

    def test_a_problem_tells_the_limit_and_how_much_there_was(self) -> None:
        problem = send(hello(text={"body": "x" * 4097})).json()

        assert (problem["code"], problem["limit"], problem["count"]) == ("too_long", 4096, 4097)
        assert "4097 characters" in problem["detail"]

    def test_our_own_id_of_a_message_is_no_place_for_another(self) -> None:
        problem = send(hello(biz_opaque_callback_data="order:7")).json()

        assert (problem["status"], problem["field"]) == (422, "body")
        assert "Idempotency-Key" in problem["detail"]

    @pytest.mark.parametrize("kind", sorted(CONTENTS))
    def test_every_type_is_accepted_and_kept_as_it_came(self, kind: str) -> None:
        hear()

        answer = send({"to": ANA, "type": kind, kind: CONTENTS[kind]})

        assert answer.status_code == 202
        kept = get(f"/messages/{answer.json()['id']}").json()["content"]
        assert (kept["contacts"] if kind == "contacts" else kept) == CONTENTS[kind]

    def test_a_quoted_message_is_kept(self) -> None:
        hear()

        answer = send(hello(context={"message_id": "wamid.7"}))

        assert answer.status_code == 202
        assert one(
            "select envelope->'context'->>'message_id' from wa_message where direction = 'outbound'"
        ) == ("wamid.7")

    def test_json_that_is_deeper_than_a_program_can_follow_is_a_problem(self) -> None:
        deep = b'{"a":' * 900 + b"1" + b"}" * 900

        answer = call(
            "POST", "/api/v1/messages", headers=KEY | JSON,
            content=b'{"to": "3123-4567", "type": "text", "text": {"body": "Hola", "x": ' + deep + b"}}",
        )  # fmt: skip

        assert (answer.status_code, answer.json()["field"]) == (422, "text.x")

    def test_a_body_that_is_no_json_is_a_problem(self) -> None:
        answer = call("POST", "/api/v1/messages", headers=KEY | JSON, content=b"{")

        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)

    def test_a_problem_does_not_repeat_the_content(self) -> None:
        answer = send({"to": ["+5491131234567"], "type": "text", "text": "Clave 1234"})

        assert answer.status_code == 422
        assert "5491131234567" not in answer.text
        assert "1234" not in answer.text

    def test_hostile_text_is_accepted(self) -> None:
        hear()

        answer = call(
            "POST", "/api/v1/messages", headers=KEY | JSON,
            content=rb'{"to": "3123-4567", "type": "text", "text": {"body": "a\u0000\ud800"}}',
        )  # fmt: skip

        assert answer.status_code == 202

    def test_while_postgresql_is_away_the_caller_is_asked_to_come_back(self, servers: Servers) -> None:
        with without(servers.postgres):
            answer = send(TEMPLATE | {"to": "3123-4567"})

        assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
        assert answer.headers["retry-after"]


class TestRead:
    def test_a_message_is_told_with_its_history(self) -> None:
        hear()
        message_id = send(hello()).json()["id"]

        message = get(f"/messages/{message_id}").json()

        assert (message["state"], message["type"], message["content"]) == ("queued", "text", {"body": "Hola"})
        assert (message["wa_message_id"], message["error"]) == (None, None)
        assert [line["state"] for line in message["state_history"]] == ["queued"]

    def test_conversations_are_told_with_their_customers(self) -> None:
        conversation_id = hear()

        listed = get("/conversations").json()

        assert listed["next_cursor"] is None
        [conversation] = listed["data"]
        assert conversation["id"] == conversation_id
        assert conversation["customer"] == {
            "id": 1,
            "name": "Ana Gómez",
            "wa_id": ANA,
            "username": "",
            "user_id": None,
        }
        assert set(conversation) == {
            "id", "customer", "unread_count", "last_message_at", "window_expires_at",
        }  # fmt: skip

    def test_lists_are_walked_with_their_cursor(self) -> None:
        conversation_id = hear(text("a"), text("b"), text("c"))
        path = f"/conversations/{conversation_id}/messages"

        first = get(path, limit="2").json()
        second = get(path, limit="2", cursor=first["next_cursor"]).json()

        assert [message["content"]["body"] for message in first["data"] + second["data"]] == ["c", "b", "a"]
        assert second["next_cursor"] is None

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%00", "unread=perhaps"]
    )
    def test_a_query_that_makes_no_sense_is_422(self, query: str) -> None:
        answer = call("GET", f"/api/v1/conversations?{query}", headers=KEY)

        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)

    @pytest.mark.parametrize("query", ["q=gomez", "q=3123", "unread=true", "q=%00", "limit=100"])
    def test_a_query_that_makes_sense_is_answered(self, query: str) -> None:
        hear()

        answer = call("GET", f"/api/v1/conversations?{query}", headers=KEY)

        assert (answer.status_code, len(answer.json()["data"])) == (200, 0 if "%00" in query else 1)

    @pytest.mark.parametrize("message_id", ["999", "0", "-1", "x", str(2**63)])
    def test_an_id_of_nothing_is_a_problem(self, message_id: str) -> None:
        answer = get(f"/messages/{message_id}")

        assert (answer.status_code, answer.headers["content-type"]) == (
            404 if message_id == "999" else 422,
            PROBLEM,
        )


class TestOtherOrganization:
    def test_nothing_of_it_can_be_read(self) -> None:
        conversation_id = hear()

        paths = [f"/conversations/{conversation_id}/messages", "/messages/1"]

        assert [get(path, OTHER_KEY).status_code for path in paths] == [404, 404]
        assert [get(path).status_code for path in paths] == [200, 200]
        assert get("/conversations", OTHER_KEY).json() == {"data": [], "next_cursor": None}
        assert get("/conversations", OTHER_KEY, q="gomez").json()["data"] == []

    def test_a_message_to_its_customer_is_another_conversation(self) -> None:
        conversation_id = hear()

        answer = send(TEMPLATE | {"to": ANA}, bearer=OTHER_KEY)

        assert answer.status_code == 202
        assert answer.json()["conversation_id"] != conversation_id


class TestPhone:
    @pytest.mark.parametrize(
        ("query", "kind", "wa_id"),
        [
            ({"number": "011 15 3123-4567"}, "AR_MOBILE", ANA),
            ({"number": "15 3123-4567"}, "AR_MOBILE", ANA),
            ({"number": "15 512-3456", "area": "351"}, "AR_MOBILE", "5493515123456"),
            ({"number": "15 3123-4567", "area": ""}, "NEEDS_AREA", None),
            ({"number": "hola"}, "INVALID", None),
        ],
    )
    def test_a_spelling_is_explained(self, query: dict[str, str], kind: str, wa_id: str | None) -> None:
        told = call("GET", "/api/v1/phone", headers=KEY, params=query).json()

        assert (told["kind"], told["wa_id"]) == (kind, wa_id)
        assert set(told) == {"kind", "wa_id", "alternatives", "reason"}

    def test_other_forms_are_told_too(self) -> None:
        assert get("/phone", number="11 3123-4567").json()["alternatives"] == ["541131234567"]


class TestContract:
    def test_openapi_describes_the_api_and_nothing_else(self) -> None:
        contract = call("GET", "/api/openapi.json").json()

        paths = set(contract["paths"])
        assert {"/api/v1/messages", "/api/v1/conversations", "/api/v1/phone", "/healthz"} <= paths
        assert not any("webhook" in path or "auth" in path for path in paths)

    def test_its_pages_are_served(self) -> None:
        assert call("GET", "/api/docs").status_code == 200

    def test_a_revoked_key_is_401_at_once(self) -> None:
        change("update api_key set revoked_at = now() where organization_id = 1")

        assert get("/conversations").status_code == 401
