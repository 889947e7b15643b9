"""The provider is reached where it is, and nowhere else; what may have left is not taken for what has not."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from socket import create_server, socket
from threading import Thread

import pytest

from campotech_wa import settings
from campotech_wa.errors import SmsBusy, SmsError, SmsRefused, SmsUnconfirmed
from campotech_wa.sms import Accepted, Account
from campotech_wa.sms.http import HttpProvider
from tests.integration.desk import graph_answering
from tests.integration.sms_desk import SENDER, SID, TOKEN, provider

pytestmark = pytest.mark.usefixtures("environment")


def send(url: str) -> Accepted:
    """Send one SMS through a provider."""

    async def once() -> Accepted:
        through = HttpProvider()
        try:
            account = Account(base_url=url, account_sid=SID, sender=SENDER, auth_token=TOKEN)
            return await through.send(account, "+5491131234567", "Hola", callback_url="https://a.example/")
        finally:
            await through.close()

    return asyncio.run(once())


def failure(url: str) -> SmsError:
    with pytest.raises(SmsError) as failed:
        send(url)
    return failed.value


@pytest.fixture
def in_production(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product as customers reach it."""
    monkeypatch.setenv("CAMPOTECH_PUBLIC_URL", "https://wa.example.com")
    settings.get.cache_clear()
    yield
    monkeypatch.undo()
    settings.get.cache_clear()


def test_an_acceptance_brings_the_providers_id() -> None:
    with provider() as script:
        assert send(script.url + "/").sid.startswith("SM")

    assert script.asked[0]["path"] == f"/2010-04-01/Accounts/{SID}/Messages.json"


def test_a_provider_that_is_not_there_has_taken_nothing() -> None:
    with provider() as gone:
        pass

    assert type(failure(gone.url)) is SmsBusy


def test_a_host_that_nobody_knows_has_taken_nothing() -> None:
    assert type(failure("https://no-such-host.invalid")) is SmsBusy


def test_a_connection_that_ends_without_an_answer_may_have_brought_it() -> None:
    with provider() as script:
        script.answers = [None]

        assert type(failure(script.url)) is SmsUnconfirmed


def test_an_answer_without_end_is_none() -> None:
    with graph_answering(201, '{"sid": "SM1", "more": "' + "x" * 100_000 + '"}') as url:
        assert type(failure(url)) is SmsUnconfirmed


def test_nobody_is_followed_elsewhere() -> None:
    with closing(create_server(("127.0.0.1", 0))) as listener, provider() as elsewhere:
        thread = Thread(target=_redirect, args=(listener, elsewhere.url), daemon=True)
        thread.start()
        refusal = failure(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()

    assert (type(refusal), refusal.code, elsewhere.asked) == (SmsRefused, "address", [])


def _redirect(listener: socket, url: str) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(f"HTTP/1.1 307 Moved\r\nLocation: {url}/\r\nContent-Length: 0\r\n\r\n".encode())


@pytest.mark.usefixtures("in_production")
class TestInProduction:
    @pytest.mark.parametrize(
        "url",
        [
            "https://127.0.0.1",
            "https://localhost",
            "https://10.0.0.1",
            "https://169.254.169.254",
            "https://[::1]",
            "https://[::ffff:10.0.0.1]",
            "http://sms.example.com",
        ],
    )
    def test_an_admin_can_not_reach_into_the_operators_network(self, url: str) -> None:
        refusal = failure(url)

        assert (type(refusal), refusal.code) == (SmsRefused, "address")

    def test_a_server_on_this_machine_is_not_even_connected_to(self) -> None:
        with provider() as script:
            assert type(failure(script.url)) is SmsRefused

        assert script.asked == []

    def test_the_operators_own_choice_may_be_anywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with provider() as script:
            monkeypatch.setenv("CAMPOTECH_SMS_URL", script.url)
            settings.get.cache_clear()

            assert send("").sid.startswith("SM")
