"""Meta gets 200 for what is durable, and for nothing else; nobody learns what would have been right."""

from collections.abc import AsyncIterator

import httpx
import pytest

from campotech_wa.embedded import Servers
from campotech_wa.services.receive import LARGEST_BODY
from tests.integration.desk import change, one, payload, sign, text, value, without
from tests.integration.web.caller import call

PATH = "/webhooks/whatsapp/demo-1"

pytestmark = pytest.mark.usefixtures("desk")


def deliver(
    body: bytes,
    signature: str | None = None,
    *,
    path: str = PATH,
    content: AsyncIterator[bytes] | None = None,
) -> httpx.Response:
    headers = {} if signature == "" else {"X-Hub-Signature-256": signature or sign(body)}
    return call("POST", path, headers=headers, content=content or body)


def stored() -> int:
    return int(one("select count(*) from webhook_event"))


def hello() -> bytes:
    return payload(value(messages=[text()]))


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 100_000):
        yield body[start : start + 100_000]


class TestEvent:
    def test_a_genuine_one_is_stored_byte_for_byte(self) -> None:
        body = hello()

        answer = deliver(body)

        assert (answer.status_code, answer.content) == (200, b"")
        assert one("select body from webhook_event") == body

    def test_one_that_meta_repeats_is_stored_once(self) -> None:
        body = hello()

        assert [deliver(body).status_code for _ in range(3)] == [200, 200, 200]

        assert stored() == 1

    def test_an_answer_does_not_wait_for_the_processing(self) -> None:
        deliver(hello())

        assert one("select count(*) from wa_message") == 0

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"entry": 1}', b"\xff"])
    def test_a_signed_body_that_is_no_payload_is_400(self, body: bytes) -> None:
        assert deliver(body).status_code == 400

    @pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc"])
    def test_a_wrong_or_missing_signature_is_401(self, signature: str) -> None:
        assert deliver(hello(), signature).status_code == 401

    def test_bytes_that_are_no_text_in_the_header_are_401(self) -> None:
        headers = [(b"X-Hub-Signature-256", b"sha256=\xff\xfe\xc3\xb1")]

        answer = call("POST", PATH, headers=headers, content=hello())  # pyright: ignore[reportArgumentType]

        assert answer.status_code == 401

    def test_somebody_elses_number_is_403(self) -> None:
        body = payload(value(messages=[text()], number="100000000000002"))

        assert deliver(body).status_code == 403

    @pytest.mark.parametrize("key", ["nobody", "%00", "demo-1%20", "DEMO-1", "ñ"])
    def test_a_key_that_nobody_has_is_404(self, key: str) -> None:
        assert deliver(hello(), path=f"/webhooks/whatsapp/{key}").status_code == 404

    def test_a_body_that_says_it_is_too_large_is_413(self) -> None:
        assert deliver(b"x" * (LARGEST_BODY + 1)).status_code == 413

    def test_a_body_that_grows_too_large_is_413(self) -> None:
        body = b"x" * (LARGEST_BODY + 1)

        assert deliver(body, content=in_pieces(body)).status_code == 413

    def test_a_body_of_the_largest_size_is_taken(self) -> None:
        outline = payload(value(messages=[text("")]))
        body = payload(value(messages=[text("x" * (LARGEST_BODY - len(outline)))]))

        answer = deliver(body, content=in_pieces(body))

        assert (answer.status_code, one("select octet_length(body) from webhook_event")) == (200, len(body))

    def test_nothing_refused_is_stored_and_no_answer_says_why(self) -> None:
        body = hello()
        answers = [
            deliver(body, "sha256=" + "0" * 64),
            deliver(b"{"),
            deliver(payload(value(number="9"))),
            deliver(body, path="/webhooks/whatsapp/nobody"),
        ]

        assert stored() == 0
        assert [answer.content for answer in answers] == [b""] * 4
        assert all(sign(body)[7:] not in str(answer.headers) for answer in answers)


class TestOutage:
    def test_while_postgresql_is_away_meta_is_asked_to_come_back(self, servers: Servers) -> None:
        body = hello()
        assert deliver(hello()).status_code == 200

        with without(servers.postgres):
            known = deliver(body).status_code
            unknown = deliver(body, path="/webhooks/whatsapp/nobody").status_code
            greeting = call("GET", "/webhooks/whatsapp/nobody").status_code

        assert (known, unknown, greeting) == (503, 503, 503)
        assert deliver(body).status_code == 200
        assert stored() == 2

    def test_a_commit_that_fails_is_not_acknowledged(self) -> None:
        change("alter table webhook_event add constraint test_fault check (attempts > 0) not valid")
        try:
            refused = deliver(hello()).status_code
        finally:
            change("alter table webhook_event drop constraint test_fault")

        assert (refused, stored()) == (503, 0)

    def test_while_redis_is_away_it_is_safe_all_the_same(self, servers: Servers) -> None:
        with without(servers.redis):
            assert deliver(hello()).status_code == 200

        assert stored() == 1


class TestHandshake:
    def ask(self, *, key: str = "demo-1", **more: str) -> httpx.Response:
        asked = {"mode": "subscribe", "verify_token": "demo-verify-token-1", "challenge": "1158201444"} | more
        params = {f"hub.{name}": value_ for name, value_ in asked.items()}
        return call("GET", f"/webhooks/whatsapp/{key}", params=params)

    def test_the_right_token_is_answered_with_the_bare_challenge(self) -> None:
        answer = self.ask()

        assert (answer.status_code, answer.text) == (200, "1158201444")
        assert answer.headers["content-type"].startswith("text/plain")

    @pytest.mark.parametrize(
        "more",
        [
            {"verify_token": ""},
            {"verify_token": "demo-verify-token-2"},
            {"verify_token": "ñ"},
            {"mode": "unsubscribe"},
        ],
    )
    def test_anything_else_is_403_without_the_challenge(self, more: dict[str, str]) -> None:
        answer = self.ask(**more)

        assert (answer.status_code, answer.content) == (403, b"")

    def test_without_a_query_it_is_403(self) -> None:
        assert call("GET", PATH).status_code == 403

    def test_a_key_that_nobody_has_is_404(self) -> None:
        assert self.ask(key="nobody").status_code == 404
