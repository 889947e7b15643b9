"""Webhooks go over connections that stay open, whatever the other side does to them."""

import asyncio

import pytest

from campotech_wa.simulator.webhooks.wire import Wire


class Endpoint:
    """Answers what the test has lined up, in raw bytes, and counts connections."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.connections = 0
        self.ended: list[asyncio.Event] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        ended = asyncio.Event()
        self.ended.append(ended)
        while self.answers and (head := await _head(reader)):
            length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
            self.requests.append(head + await reader.readexactly(length))
            writer.write(self.answers.pop(0))
            if not self.answers or self.answers[0] == b"hang up":
                self.answers[:1] = []
                break
        writer.close()
        await writer.wait_closed()
        ended.set()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""


def post(endpoint: Endpoint, times: int, *, pause: float = 0.0, patience: float = 2.0) -> list[int]:
    async def scenario() -> list[int]:
        server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?key=ñ"
        wire, statuses = Wire(), list[int]()
        try:
            for _ in range(times):
                statuses.append(await wire.post(url, {"X-Test": "1"}, b"{}", patience=patience))
                await asyncio.sleep(pause)
        finally:
            wire.close()
            await asyncio.gather(*(ended.wait() for ended in endpoint.ended))
            server.close()
        return statuses

    return asyncio.run(scenario())


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_bodies_share_a_connection() -> None:
    endpoint = Endpoint(OK, b"HTTP/1.1 204 No Content\r\n\r\n", OK)

    assert post(endpoint, 3) == [200, 204, 200]
    assert endpoint.connections == 1
    first = endpoint.requests[0]
    assert first.startswith(b"POST /hook?key=%C3%B1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert first.endswith(b"\r\nX-Test: 1\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    ],
)
def test_a_connection_whose_answer_has_no_known_end_is_not_used_again(answer: bytes) -> None:
    endpoint = Endpoint(answer, OK)

    assert post(endpoint, 2) == [200, 200]
    assert endpoint.connections == 2


def test_a_connection_that_was_closed_in_the_meantime_is_replaced() -> None:
    endpoint = Endpoint(OK, b"hang up", OK)

    assert post(endpoint, 2, pause=0.05) == [200, 200]
    assert endpoint.connections == 2


def test_an_answer_that_is_none_raises_what_the_courier_expects() -> None:
    with pytest.raises((EOFError, ValueError)):
        post(Endpoint(b"moon\r\n\r\n"), 1)


def test_nobody_waits_for_ever() -> None:
    with pytest.raises(TimeoutError):
        post(Endpoint(b"", OK), 1, patience=0.05)
