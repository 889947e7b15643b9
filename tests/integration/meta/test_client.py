"""One request to Meta ends in an answer or in the one failure that says what may be done next."""

import asyncio
from typing import Any

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.ids import PhoneNumberId, WaId
from campotech_wa.errors import MetaBusy, MetaRefused, MetaUnconfirmed
from campotech_wa.meta import outbound
from campotech_wa.meta.client import Answer, GraphClient
from tests.conftest import free_port
from tests.integration.desk import ANA, NUMBER, graph_answering

TOKEN = "demo-access-token-1"
HELLO = outbound.body("text", {"body": "Hola"}, to=WaId(ANA), callback_data="m1.1")


def send(payload: dict[str, Any] = HELLO, *, token: str = TOKEN, url: str = "") -> Answer:
    async def once() -> Answer:
        client = GraphClient(url or settings.get().graph_url, "v25.0")
        try:
            return await client.send(PhoneNumberId(NUMBER), payload, access_token=token)
        finally:
            await client.close()

    return asyncio.run(once())


def fault(simulator: httpx.Client, **effect: object) -> None:
    simulator.post("/_sim/faults", json={**effect, "times": 1}).raise_for_status()


def accepted(simulator: httpx.Client) -> list[dict[str, Any]]:
    return simulator.get("/_sim/messages").json()


class TestSend:
    def test_an_accepted_message_has_metas_id(self, simulator: httpx.Client) -> None:
        answer = send()

        [message] = accepted(simulator)
        assert (answer.wamid, message["to"], message["payload"]) == (message["id"], ANA, HELLO)

    def test_a_wrong_token_is_refused(self, simulator: httpx.Client) -> None:
        with pytest.raises(MetaRefused) as refused:
            send(token="another")

        assert (refused.value.code, accepted(simulator)) == (190, [])

    def test_a_body_with_a_fault_is_refused_in_metas_words(self, simulator: httpx.Client) -> None:
        with pytest.raises(MetaRefused) as refused:
            send(HELLO | {"text": {}})

        assert (refused.value.code, accepted(simulator)) == (131008, [])
        assert "text" in refused.value.detail

    @pytest.mark.parametrize("code", [130429, 131056, 80007])
    def test_throttling_asks_to_come_back(self, simulator: httpx.Client, code: int) -> None:
        fault(simulator, error_code=code)

        with pytest.raises(MetaBusy) as busy:
            send()

        assert (busy.value.code, accepted(simulator)) == (code, [])

    def test_a_page_from_the_edge_leaves_it_open(self, simulator: httpx.Client) -> None:
        fault(simulator, http_status=500)

        with pytest.raises(MetaUnconfirmed, match="500"):
            send()

    def test_a_dropped_answer_leaves_it_open_although_it_was_accepted(self, simulator: httpx.Client) -> None:
        fault(simulator, drop_response=True)

        with pytest.raises(MetaUnconfirmed, match="No answer"):
            send()

        assert len(accepted(simulator)) == 1

    def test_a_connection_that_is_refused_is_safe_to_try_again(self, environment: dict[str, str]) -> None:
        assert environment

        with pytest.raises(MetaBusy, match="did not leave"):
            send(url=f"http://127.0.0.1:{free_port()}")


class TestOddAnswers:
    @pytest.mark.parametrize(
        "body",
        [
            "",
            "ok",
            "null",
            "[]",
            "{}",
            '{"messages": []}',
            '{"messages": [{}]}',
            '{"messages": {"id": 1}}',
            '"x"',
        ],
    )
    def test_a_success_that_names_no_message_leaves_it_open(self, body: str) -> None:
        with graph_answering(200, body) as url, pytest.raises(MetaUnconfirmed, match="names no message"):
            send(url=url)

    def test_a_success_without_contacts_is_one(self) -> None:
        with graph_answering(200, '{"messages": [{"id": "wamid.1"}]}') as url:
            answer = send(url=url)

        assert answer.wamid == "wamid.1"

    @pytest.mark.parametrize("status", [302, 401, 404, 502])
    def test_a_stranger_on_the_way_leaves_it_open(self, status: int) -> None:
        with graph_answering(status, "<html>proxy</html>") as url, pytest.raises(MetaUnconfirmed):
            send(url=url)

    def test_a_stranger_who_says_too_many_is_taken_at_his_word(self) -> None:
        with graph_answering(429, "slow down") as url, pytest.raises(MetaBusy):
            send(url=url)
