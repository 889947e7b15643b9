"""A file comes from Meta or not at all: the token goes nowhere else, and no more is read than was allowed."""

import asyncio
import hashlib
import json
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from campotech_wa import settings
from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.domain.media_types import LARGEST
from campotech_wa.errors import CampotechError, MetaBusy, MetaRefused
from campotech_wa.meta.media import Fault, Located, MediaClient, MediaFault, digest, is_metas
from tests.conftest import free_port
from tests.integration.desk import NUMBER, graph_answering
from tests.integration.files import at_meta
from tests.integration.scripted_graph import graph_saying

TOKEN = "demo-access-token-1"
CONTENT = b"%PDF-1.4 " + bytes(range(256)) * 2000


class Host:
    """A server that answers every path in a way a test chooses, and remembers who came with which token."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.tokens: list[str] = []


@contextmanager
def host() -> Generator[Host]:
    told = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.tokens.append(self.headers.get("Authorization", ""))
            status, headers, body = told.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def download(url: str, *, graph: str, mime_type: str = "application/pdf") -> bytes:
    pieces: list[bytes] = []

    async def once() -> None:
        async with MediaClient(graph, "v25.0") as client:
            await client.download(Located(url, mime_type, None, None), pieces.append, access_token=TOKEN)

    asyncio.run(once())
    return b"".join(pieces)


def fault_of(url: str, *, graph: str) -> CampotechError:
    with pytest.raises(CampotechError) as refused:
        download(url, graph=graph)
    return refused.value


def word_of(url: str, *, graph: str) -> Fault:
    fault = fault_of(url, graph=graph)
    assert isinstance(fault, MediaFault)
    return fault.word


class TestLocate:
    def test_meta_tells_where_a_file_is(self, simulator: httpx.Client) -> None:
        file = at_meta(simulator, CONTENT, "application/pdf")

        located = locate(file["id"])

        assert (located.mime_type, located.size) == ("application/pdf", len(CONTENT))
        assert located.sha256 == hashlib.sha256(CONTENT).digest()
        assert located.url not in repr(located)
        assert download(located.url, graph=settings.get().graph_url) == CONTENT

    def test_an_unknown_id_is_refused(self, simulator: httpx.Client) -> None:
        assert simulator
        with pytest.raises(MetaRefused) as refused:
            locate("123456")

        assert refused.value.code == 100

    def test_an_id_can_not_name_another_path(self) -> None:
        with graph_saying({"url": "x"}) as graph:
            locate("../me/secrets?x=1", url=graph.url)

        assert graph.heard[0].path == "/v25.0/..%2Fme%2Fsecrets%3Fx%3D1"
        assert graph.heard[0].query == {"phone_number_id": NUMBER}

    def test_size_and_digest_come_in_either_spelling(self) -> None:
        answer = {"url": "https://x", "file_size": "12", "sha256": "nonsense"}
        with graph_saying(answer) as graph:
            located = locate("1", url=graph.url)

        assert (located.size, located.sha256) == (12, None)

    def test_silence_means_later(self) -> None:
        with pytest.raises(MetaBusy):
            locate("1", url=f"http://127.0.0.1:{free_port()}")


class TestDownload:
    @pytest.mark.parametrize(
        "address",
        [
            "http://lookaside.fbsbx.com/x",
            "https://lookaside.fbsbx.com.evil.example/x",
            "https://lookaside.fbsbx.com@evil.example/x",
            "https://lookaside.fbsbx.com:8443/x",
            "https://evilfbcdn.net/x",
            "https://whatsapp.net/x",
            "https://127.0.0.1/x",
            "file:///etc/passwd",
            "//lookaside.fbsbx.com/x",
            "https://[bad",
            "",
        ],
    )
    def test_the_token_goes_to_no_other_host(self, address: str) -> None:
        assert word_of(address, graph="https://graph.facebook.com") is Fault.FOREIGN_HOST

    @pytest.mark.parametrize(
        "host_name", ["lookaside.fbsbx.com", "scontent-eze1-1.fbcdn.net", "mmg.whatsapp.net"]
    )
    def test_metas_own_hosts_are_known(self, host_name: str) -> None:
        assert is_metas(httpx.URL(f"https://{host_name}/x?y=z"))

    def test_a_redirect_to_another_host_is_not_followed(self) -> None:
        with host() as metas, host() as other:
            metas.answers["/x"] = (302, {"Location": f"{other.url}/x"}, b"")
            other.answers["/x"] = (200, {}, CONTENT)

            assert word_of(f"{metas.url}/x", graph=metas.url) is Fault.FOREIGN_HOST
            assert other.tokens == []

    def test_a_redirect_within_metas_hosts_is_followed(self) -> None:
        with host() as metas:
            metas.answers["/x"] = (302, {"Location": "/y"}, b"")
            metas.answers["/y"] = (200, {"Content-Type": "application/pdf"}, CONTENT)

            assert download(f"{metas.url}/x", graph=metas.url) == CONTENT
            assert metas.tokens == [f"Bearer {TOKEN}"] * 2

    def test_a_redirect_in_a_circle_ends(self) -> None:
        with host() as metas:
            metas.answers["/x"] = (302, {"Location": "/x"}, b"")

            assert word_of(f"{metas.url}/x", graph=metas.url) is Fault.FOREIGN_HOST
            assert len(metas.tokens) == 3

    @pytest.mark.parametrize(
        ("status", "header", "body", "word"),
        [
            (404, "X-Nothing: 1", b"", Fault.GONE),
            (200, "Content-Type: text/html; charset=utf-8", b"<html>", Fault.WRONG_TYPE),
            (200, "Content-Encoding: gzip", b"x", Fault.WRONG_TYPE),
            (200, f"Content-Length: {LARGEST + 1}", b"", Fault.TOO_LARGE),
            (200, "Content-Length: 500", b"cut short", Fault.TRUNCATED),
        ],
    )
    def test_an_answer_that_is_not_the_file_has_a_word(
        self, status: int, header: str, body: bytes, word: Fault
    ) -> None:
        name, _, value = header.partition(": ")
        with host() as metas:
            metas.answers["/x"] = (status, {name: value}, body)

            assert word_of(f"{metas.url}/x", graph=metas.url) is word

    def test_a_file_without_an_end_is_cut_off(self) -> None:
        with host() as metas:
            metas.answers["/x"] = (200, {}, bytes(LARGEST + 1))

            assert word_of(f"{metas.url}/x", graph=metas.url) is Fault.TOO_LARGE

    def test_a_page_that_was_promised_is_a_file(self) -> None:
        with host() as metas:
            metas.answers["/x"] = (200, {"Content-Type": "text/html"}, b"<html>")

            assert download(f"{metas.url}/x", graph=metas.url, mime_type="text/html") == b"<html>"

    def test_a_fault_of_metas_means_later(self) -> None:
        with host() as metas:
            metas.answers["/x"] = (503, {}, b"")

            assert not isinstance(fault_of(f"{metas.url}/x", graph=metas.url), (MediaFault, MetaRefused))


class TestUpload:
    def test_a_file_is_put_up_under_its_type(self, simulator: httpx.Client) -> None:
        meta_id = upload(CONTENT, "application/pdf")

        held = simulator.get(f"/_sim/media/{meta_id}")
        assert (held.content, held.headers["content-type"]) == (CONTENT, "application/pdf")

    def test_a_type_that_meta_does_not_take_is_refused(self, simulator: httpx.Client) -> None:
        assert simulator
        with pytest.raises(MetaRefused):
            upload(b"RIFF", "audio/wav")

    @pytest.mark.parametrize("answer", [(500, "oops"), (200, "no json"), (200, json.dumps({}))])
    def test_without_a_usable_answer_it_may_be_put_up_again(self, answer: tuple[int, str]) -> None:
        with graph_answering(*answer) as url, pytest.raises(MetaBusy):
            upload(CONTENT, "application/pdf", url=url)

    def test_silence_means_later(self) -> None:
        with pytest.raises(MetaBusy):
            upload(CONTENT, "application/pdf", url=f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00" * 32, bytes(32)),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", bytes(32)),
        ("zz" * 32, None),
        ("AAAA", None),
        ("não", None),
        ("", None),
    ],
)
def test_a_digest_is_read_in_hex_and_in_base64(text: str, value: bytes | None) -> None:
    assert digest(text) == value


def locate(media_id: str, *, url: str = "") -> Located:
    async def once() -> Located:
        async with MediaClient(url or settings.get().graph_url, "v25.0") as client:
            return await client.locate(media_id, phone_number_id=PhoneNumberId(NUMBER), access_token=TOKEN)

    return asyncio.run(once())


def upload(content: bytes, mime_type: str, *, url: str = "") -> str:
    async def once() -> str:
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            async with MediaClient(url or settings.get().graph_url, "v25.0") as client:
                return await client.upload(
                    PhoneNumberId(NUMBER), file, filename="f", mime_type=mime_type, access_token=TOKEN
                )

    return asyncio.run(once())
