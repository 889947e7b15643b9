"""Files over HTTP: only for people of the organization, part by part, and never as anything that acts as us."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import httpx
import pytest
from starlette.types import Message, Scope

from campotech_wa import settings
from campotech_wa.domain.access import Permission, Role
from campotech_wa.domain.cookies import SESSION
from campotech_wa.domain.media_types import LARGEST
from campotech_wa.services import people
from campotech_wa.services.attachments.keeping import alone_with
from campotech_wa.web import app
from tests import samples
from tests.integration.desk import one
from tests.integration.files import customer_sends, empty, stored
from tests.integration.web.caller import KEY, OTHER_KEY, call, origin

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def _empty_storage(simulator: httpx.Client) -> Iterator[None]:
    """Nothing is stored, and Meta is there."""
    assert simulator
    empty()
    yield
    empty()


def log_in(email: str, password: str) -> dict[str, str]:
    return {SESSION: people.log_in(email, password, address="192.0.2.1").token}


@pytest.fixture
def cookies(desk: None) -> dict[str, str]:
    """An agent of organization 1 is logged in."""
    return log_in("agente@climasur.test", "demo-agente-1")


def post(content: bytes, cookies: dict[str, str] | None = None, **params: str) -> httpx.Response:
    return call(
        "POST", "/media", content=content, params=params, cookies=cookies, headers={"Origin": origin()}
    )


def posting(headers: dict[str, str]) -> Scope:
    """Describe a request that hands in a file, as the server does to the application."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/media",
        "raw_path": b"/media",
        "query_string": b"",
        "root_path": "",
        "client": ("192.0.2.1", 40_000),
        "server": ("127.0.0.1", 80),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }


class TestTaking:
    def test_a_person_hands_in_a_file(self, cookies: dict[str, str]) -> None:
        answer = post(samples.picture(), cookies, filename="frente.jpg")

        assert answer.status_code == 201
        assert answer.json() == {
            "id": "local:1",
            "kind": "image",
            "mime_type": "image/jpeg",
            "size": len(samples.picture()),
            "filename": "frente.jpg",
            "width": 320,
            "height": 200,
            "duration_ms": None,
            "waveform": [],
        }

    def test_a_recording_becomes_a_voice_note(self, cookies: dict[str, str]) -> None:
        told = post(samples.recorded(), cookies, voice="true").json()

        assert (told["kind"], told["mime_type"], len(told["waveform"])) == ("audio", "audio/ogg", 60)

    def test_another_product_hands_in_a_file_and_sends_it(self) -> None:
        told = call(
            "POST", "/api/v1/media", headers=KEY, content=samples.PDF, params={"filename": "f.pdf"}
        ).json()
        template = {"name": "factura", "language": {"code": "es_AR"}, "components": [
            {"type": "header", "parameters": [{"type": "document", "document": {"id": told["id"]}}]}
        ]}  # fmt: skip

        sent = call(
            "POST",
            "/api/v1/messages",
            headers=KEY,
            json={"to": "011 15 3123-4567", "type": "template", "template": template},
        )

        assert sent.status_code == 202
        assert one("select kind from wa_attachment") == "document"

    def test_another_organizations_file_can_not_be_sent(self) -> None:
        told = call("POST", "/api/v1/media", headers=OTHER_KEY, content=samples.PDF).json()

        refused = call(
            "POST",
            "/api/v1/messages",
            headers=KEY,
            json={"to": "011 15 3123-4567", "type": "document", "document": {"id": told["id"]}},
        )

        assert refused.status_code == 422

    @pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}])
    def test_from_another_site_it_is_refused(self, cookies: dict[str, str], headers: dict[str, str]) -> None:
        answer = call("POST", "/media", content=samples.PDF, cookies=cookies, headers=headers)

        assert answer.status_code == 403
        assert stored() == set()

    def test_a_stranger_is_refused(self) -> None:
        assert post(samples.PDF).status_code == 401
        assert call("POST", "/api/v1/media", content=samples.PDF).status_code == 401

    def test_more_than_a_hundred_megabytes_are_refused_before_they_are_read(
        self, cookies: dict[str, str]
    ) -> None:
        headers = {"Origin": origin(), "Content-Length": str(LARGEST + 1)}
        answer = call("POST", "/media", content=b"x", cookies=cookies, headers=headers)

        assert answer.status_code == 413
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["code"] == "too_large"
        assert str(LARGEST) in answer.json()["detail"]

    def test_a_body_that_does_not_say_its_length_is_refused_when_it_is_too_long(
        self, cookies: dict[str, str]
    ) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(101):
                yield bytes(1024 * 1024)

        answer = call("POST", "/media", content=pieces(), cookies=cookies, headers={"Origin": origin()})

        assert answer.status_code == 413
        assert stored() == set()

    def test_who_may_not_reply_is_refused_before_anything_is_read(
        self, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        grants = {Role.AGENT: frozenset({Permission.READ})}
        monkeypatch.setattr("campotech_wa.domain.access._GRANTS", grants)
        read = list[bytes]()

        async def pieces() -> AsyncIterator[bytes]:
            read.append(b"x")
            yield b"x"

        answer = call("POST", "/media", content=pieces(), cookies=cookies, headers={"Origin": origin()})

        assert (answer.status_code, read) == (403, [])

    def test_a_client_that_goes_away_is_no_fault_of_ours(self, cookies: dict[str, str]) -> None:
        answers = list[Message]()
        came = iter([{"type": "http.request", "body": b"%PDF", "more_body": True}])

        async def receive() -> Message:
            return next(came, {"type": "http.disconnect"})

        async def send(message: Message) -> None:
            answers.append(message)

        [(name, value)] = cookies.items()
        headers = {"origin": origin(), "host": origin().partition("//")[2], "cookie": f"{name}={value}"}
        asyncio.run(app.create()(posting(headers), receive, send))

        assert answers[0]["status"] == 400
        assert stored() == set()

    def test_nobody_waits_for_the_conversions_of_others(
        self, simulator: httpx.Client, cookies: dict[str, str]
    ) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")
        photo = samples.picture()

        with ThreadPoolExecutor(7) as clients, alone_with(hashlib.sha256(photo).digest()) as held:
            assert held
            uploads = [clients.submit(post, photo, cookies) for _ in range(6)]
            wait(uploads, 1)
            shown = clients.submit(call, "GET", f"/media/{sent}", cookies=cookies)
            wait([shown], 5)
            is_shown, are_kept = shown.done(), any(upload.done() for upload in uploads)

        assert (is_shown, are_kept) == (True, False)
        assert {upload.result().status_code for upload in uploads} == {201}

    def test_while_nothing_can_be_stored_it_is_503(self, cookies: dict[str, str]) -> None:
        scratch = Path(settings.get().data_dir) / "scratch"
        scratch.rmdir() if scratch.exists() else None
        scratch.write_text("a file where the folder should be")

        answer = post(samples.PDF, cookies)
        scratch.unlink()

        assert (answer.status_code, answer.json()["code"]) == (503, "storage")

    def test_a_refusal_names_the_field(self, cookies: dict[str, str]) -> None:
        answer = post(samples.PDF, cookies, kind="image")

        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            422,
            "media_type",
            "kind",
        )


class TestHandingOut:
    def test_a_person_of_the_organization_sees_the_photo(
        self, simulator: httpx.Client, cookies: dict[str, str]
    ) -> None:
        photo = samples.picture()
        attachment_id = customer_sends(simulator, "image", photo, "image/jpeg")

        answer = call("GET", f"/media/{attachment_id}", cookies=cookies)

        assert (answer.status_code, answer.content) == (200, photo)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-disposition"].startswith("inline; ")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["cache-control"] == "private, max-age=3600"

    def test_thumbnail_and_playable_copy_have_addresses_of_their_own(
        self, simulator: httpx.Client, cookies: dict[str, str]
    ) -> None:
        photo = customer_sends(simulator, "image", samples.picture("PNG"), "image/png")
        voice = customer_sends(simulator, "audio", samples.voice(), "audio/ogg", voice=True)

        thumbnail = call("GET", f"/media/{photo}/thumbnail", cookies=cookies)
        copy = call("GET", f"/media/{voice}/play", cookies=cookies)

        assert (thumbnail.headers["content-type"], thumbnail.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
        assert (copy.headers["content-type"], copy.content[4:8]) == ("audio/mp4", b"ftyp")
        assert call("GET", f"/media/{photo}/play", cookies=cookies).status_code == 404
        assert call("GET", f"/media/{voice}/thumbnail", cookies=cookies).status_code == 404

    @pytest.mark.parametrize(
        ("content", "filename"),
        [(samples.HTML, "hola.html"), (samples.SVG, "logo.svg"), (samples.PROGRAM, "factura.pdf\u202eexe")],
    )
    def test_what_could_run_is_a_download(
        self, simulator: httpx.Client, cookies: dict[str, str], content: bytes, filename: str
    ) -> None:
        sent = customer_sends(simulator, "document", content, "text/html", filename=filename)

        answer = call("GET", f"/media/{sent}", cookies=cookies)

        assert answer.content == content
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.headers["content-type"].split(";")[0] in {"text/plain", "application/octet-stream"}
        assert answer.headers["content-disposition"].isascii()

    @pytest.mark.parametrize(
        ("asked", "start", "length"), [("bytes=0-1", 0, 2), ("bytes=100-", 100, None), ("bytes=-7", -7, 7)]
    )
    def test_a_player_gets_the_part_it_asks_for(
        self, simulator: httpx.Client, cookies: dict[str, str], asked: str, start: int, length: int | None
    ) -> None:
        video = samples.video()
        sent = customer_sends(simulator, "video", video, "video/mp4")

        answer = call("GET", f"/media/{sent}", cookies=cookies, headers={"Range": asked})

        expected = video[start:][:length]
        first = len(video) + start if start < 0 else start
        assert (answer.status_code, answer.content) == (206, expected)
        assert answer.headers["content-range"] == f"bytes {first}-{first + len(expected) - 1}/{len(video)}"

    def test_a_part_beyond_the_end_is_refused(self, simulator: httpx.Client, cookies: dict[str, str]) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")

        answer = call("GET", f"/media/{sent}", cookies=cookies, headers={"Range": "bytes=9999-"})

        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(samples.PDF)}")

    def test_what_the_browser_has_is_not_sent_again(
        self, simulator: httpx.Client, cookies: dict[str, str]
    ) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")
        tag = call("GET", f"/media/{sent}", cookies=cookies).headers["etag"]

        again = call("GET", f"/media/{sent}", cookies=cookies, headers={"If-None-Match": tag})
        other = call(
            "GET", f"/media/{sent}", cookies=cookies, headers={"Range": "bytes=0-1", "If-Range": '"x"'}
        )

        assert (again.status_code, again.content) == (304, b"")
        assert (other.status_code, other.content) == (200, samples.PDF)

    def test_nobody_else_sees_it(self, simulator: httpx.Client, cookies: dict[str, str]) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")
        foreign = log_in("admin@electronorte.test", "demo-admin-2")

        assert call("GET", f"/media/{sent}").status_code == 401
        assert call("GET", f"/media/{sent}", cookies=foreign).status_code == 404
        assert call("GET", f"/media/{sent}", headers=KEY).status_code == 401
        assert call("GET", f"/api/v1/media/{sent}", headers=OTHER_KEY).status_code == 404
        assert call("GET", f"/api/v1/media/{sent}", cookies=cookies).status_code == 401
        assert call("GET", f"/api/v1/media/{sent}", headers=KEY).content == samples.PDF
        assert call("GET", f"/api/v1/media/{sent}/play", headers=KEY).status_code == 404
        assert call("GET", "/media/999", cookies=cookies).status_code == 404

    def test_a_file_missing_in_the_storage_is_not_found(
        self, simulator: httpx.Client, cookies: dict[str, str]
    ) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")
        empty()

        assert call("GET", f"/media/{sent}", cookies=cookies).status_code == 404


class TestDeleting:
    def test_a_product_deletes_a_file(self, simulator: httpx.Client, cookies: dict[str, str]) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")

        assert call("DELETE", f"/api/v1/media/{sent}", headers=OTHER_KEY).status_code == 404
        assert call("DELETE", f"/api/v1/media/{sent}", headers=KEY).status_code == 204

        assert call("GET", f"/media/{sent}", cookies=cookies).status_code == 404
        assert stored() == set()

    def test_a_product_asks_again_only_for_what_is_missing(self, simulator: httpx.Client) -> None:
        sent = customer_sends(simulator, "document", samples.PDF, "application/pdf")

        assert call("POST", f"/api/v1/media/{sent}/retry", headers=KEY).status_code == 422
        assert call("POST", f"/api/v1/media/{sent}/retry", headers=OTHER_KEY).status_code == 404
