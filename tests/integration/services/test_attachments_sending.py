"""What staff and products hand in is told by its content, converted where Meta needs it, put up once, and sent."""

import io
from collections.abc import Iterator
from uuid import uuid4

import av
import httpx
import pytest
from PIL import Image

from campotech_wa import settings, storage
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import AttachmentId, ConversationId, OrganizationId
from campotech_wa.domain.media_types import LIMITS, Kind
from campotech_wa.errors import InvalidInput
from campotech_wa.services import attachments, compose
from campotech_wa.services.attachments import Wish
from campotech_wa.services.compose import Composed
from campotech_wa.storage import key
from tests import samples
from tests.integration.desk import BETO, JsonObject, change, drain, hear, one, rows, state_of, text
from tests.integration.files import empty, stored, upload, view


@pytest.fixture(autouse=True)
def _empty_storage(desk: None) -> Iterator[None]:
    """Nothing is stored."""
    empty()
    yield
    empty()


def send(
    actor: Actor, kind: str, file: JsonObject, conversation_id: ConversationId | None = None
) -> Composed:
    message = {"type": kind, kind: file}
    return compose.answer(actor, conversation_id or hear(), message, key=str(uuid4()))


def content_of(media_id: str) -> bytes:
    [file] = rows("select * from media_file where id = :id", id=int(media_id.removeprefix("local:")))
    return b"".join(storage.get().read(key(OrganizationId(file["organization_id"]), bytes(file["sha256"]))))


def newest() -> AttachmentId:
    return AttachmentId(one("select max(id) from wa_attachment"))


def arrived(simulator: httpx.Client) -> list[JsonObject]:
    return [message["payload"] for message in simulator.get("/_sim/messages").json()]


def too_large() -> bytes:
    """A picture of more bytes than Meta takes as one."""
    noise = io.BytesIO()
    Image.effect_noise((3000, 3000), 200).save(noise, "PNG")
    assert len(noise.getvalue()) > 5 * 1024**2
    return noise.getvalue()


class TestReceiving:
    def test_a_photo_is_taken_as_it_is(self, agent: Actor) -> None:
        photo = samples.picture()

        received = upload(agent, photo, Wish("frente.jpg"))

        assert (received.id, received.kind, received.mime_type) == ("local:1", "image", "image/jpeg")
        assert (received.size, received.filename) == (len(photo), "frente.jpg")
        assert content_of(received.id) == photo

    @pytest.mark.parametrize(
        ("content", "kind", "mime_type", "filename"),
        [
            (samples.picture("HEIF"), "image", "image/jpeg", "f.jpg"),
            (samples.picture("WEBP"), "image", "image/jpeg", "f.jpg"),
            (samples.sound("wav", "pcm_s16le"), "audio", "audio/mp4", "f.m4a"),
            (samples.recorded(), "audio", "audio/mp4", "f.m4a"),
            (samples.video("mov", rotation=90), "video", "video/mp4", "f.mp4"),
            (samples.video("mp4", "mpeg4"), "video", "video/mp4", "f.mp4"),
            (samples.picture("GIF"), "document", "image/gif", "f.gif"),
            (samples.office("word"), "document", None, "f.docx"),
        ],
    )
    def test_what_meta_does_not_take_becomes_what_it_takes(
        self, agent: Actor, content: bytes, kind: str, mime_type: str | None, filename: str
    ) -> None:
        received = upload(agent, content, Wish("f"))

        assert (received.kind, received.filename) == (kind, filename)
        assert mime_type is None or received.mime_type == mime_type

    @pytest.mark.parametrize(
        "content",
        [
            samples.recorded(),
            samples.sound("mp4", "aac"),
            samples.sound("ogg", "libopus", layout="stereo"),
            samples.voice(),
        ],
    )
    def test_what_a_browser_recorded_becomes_a_voice_note(self, agent: Actor, content: bytes) -> None:
        received = upload(agent, content, Wish(is_voice=True))

        assert (received.kind, received.mime_type) == ("audio", "audio/ogg")
        assert abs((received.duration_ms or 0) - 2000) < 80
        with av.open(io.BytesIO(content_of(received.id)), "r") as heard:
            assert heard.streams.audio[0].codec_context.layout.nb_channels == 1

    def test_a_sticker_stays_one(self, agent: Actor) -> None:
        received = upload(agent, samples.picture("WEBP", (512, 512)), Wish(kind=Kind.STICKER))

        assert (received.kind, received.mime_type) == ("sticker", "image/webp")

    def test_anything_goes_as_a_document_if_that_is_wished(self, agent: Actor) -> None:
        heic = samples.picture("HEIF")

        received = upload(agent, heic, Wish("foto.heic", Kind.DOCUMENT))

        assert (received.kind, received.mime_type, received.filename) == (
            "document",
            "image/heic",
            "foto.heic",
        )
        assert content_of(received.id) == heic

    def test_a_photo_too_large_for_a_photo_is_made_smaller(self, agent: Actor) -> None:
        received = upload(agent, too_large(), Wish("frente.png"))

        assert (received.kind, received.mime_type, received.filename) == ("image", "image/jpeg", "frente.jpg")
        assert received.size <= 5 * 1024**2

    def test_one_that_is_wanted_as_a_document_stays_as_it_is(self, agent: Actor) -> None:
        photo = too_large()

        received = upload(agent, photo, Wish("plano.png", kind=Kind.DOCUMENT))

        assert (received.kind, received.mime_type, received.size) == ("document", "image/png", len(photo))

    def test_a_video_that_grows_too_large_as_meta_plays_it_goes_as_a_document(
        self, agent: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = samples.video("mp4", "mpeg4")
        monkeypatch.setitem(LIMITS, Kind.VIDEO, len(old))

        received = upload(agent, old, Wish("obra.mp4"))

        assert received.size > len(old)
        assert (received.kind, received.mime_type) == ("document", "video/mp4")

    def test_a_broken_photo_goes_as_the_document_that_it_is(self, agent: Actor) -> None:
        received = upload(agent, b"RIFF\x10\x00\x00\x00WEBPjunkjunkjunk")

        assert (received.kind, received.mime_type) == ("document", "image/webp")

    @pytest.mark.parametrize(
        ("content", "wish", "code"),
        [
            (b"", Wish(), "media_empty"),
            (samples.PDF, Wish(is_voice=True), "media_not_voice"),
            (b"OggS" + bytes(24) + b"OpusHead\x01\x02", Wish(is_voice=True), "media_not_voice"),
            (samples.PDF, Wish(kind=Kind.IMAGE), "media_type"),
            (samples.picture("PNG"), Wish(kind=Kind.STICKER), "media_type"),
            (samples.picture("WEBP", (500, 512)), Wish(kind=Kind.STICKER), "sticker_size"),
        ],
    )
    def test_what_can_never_work_is_refused(
        self, agent: Actor, content: bytes, wish: Wish, code: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            upload(agent, content, wish)

        assert refused.value.code == code

    def test_a_still_sticker_may_not_be_as_large_as_one_that_moves(self, agent: Actor) -> None:
        noise = io.BytesIO()
        Image.effect_noise((512, 512), 200).save(noise, "WEBP", lossless=True)
        assert 100 * 1024 < len(noise.getvalue()) < 500 * 1024

        with pytest.raises(InvalidInput) as refused:
            upload(agent, noise.getvalue(), Wish(kind=Kind.STICKER))

        assert (refused.value.code, refused.value.limit) == ("sticker_too_large", 100 * 1024)


class TestComposing:
    def test_the_message_shows_its_file_before_it_has_left(self, agent: Actor) -> None:
        received = upload(agent, samples.picture())

        send(agent, "image", {"id": received.id, "caption": "Así quedó"})

        shown = view(agent, newest())
        assert (shown.kind, shown.state, shown.thumbnail_url) == ("image", "stored", "/media/1/thumbnail")

    def test_a_file_of_another_organization_can_not_be_sent(self, agent: Actor, stranger: Actor) -> None:
        foreign = upload(stranger, samples.picture())

        with pytest.raises(InvalidInput) as refused:
            send(agent, "image", {"id": foreign.id})

        assert (refused.value.code, refused.value.field) == ("file_gone", "image")
        assert rows("select * from wa_message where direction = 'outbound'") == []

    def test_neither_can_one_that_was_deleted(self, agent: Actor) -> None:
        received = upload(agent, samples.picture())
        send(agent, "image", {"id": received.id})
        attachments.delete(agent, newest())

        with pytest.raises(InvalidInput):
            send(agent, "image", {"id": received.id})


class TestDelivering:
    def test_a_file_is_put_up_and_its_id_at_meta_sent(self, simulator: httpx.Client, agent: Actor) -> None:
        photo = samples.picture()
        received = upload(agent, photo)

        composed = send(agent, "image", {"id": received.id, "caption": "Así quedó"})
        drain()

        [payload] = arrived(simulator)
        assert payload["image"]["caption"] == "Así quedó"
        meta_id = payload["image"]["id"]
        assert not meta_id.startswith("local:")
        assert simulator.get(f"/_sim/media/{meta_id}").content == photo
        assert state_of(composed.message_id) == "sent"

    def test_a_voice_note_arrives_as_one(self, simulator: httpx.Client, agent: Actor) -> None:
        received = upload(agent, samples.recorded(), Wish(is_voice=True))

        send(agent, "audio", {"id": received.id, "voice": True})
        drain()

        [payload] = arrived(simulator)
        held = simulator.get(f"/_sim/media/{payload['audio']['id']}")
        assert held.headers["content-type"].startswith("audio/ogg")
        assert payload["audio"]["voice"] is True

    def test_the_same_file_is_put_up_once(self, simulator: httpx.Client, agent: Actor) -> None:
        received = upload(agent, samples.PDF, Wish("lista.pdf"))
        people = [hear(), hear(text(sender=BETO))]

        for conversation_id in people * 2:
            send(agent, "document", {"id": received.id, "filename": "lista.pdf"}, conversation_id)
        drain()
        drain()

        assert len({payload["document"]["id"] for payload in arrived(simulator)}) == 1
        assert one("select count(*) from media_upload") == 1

    def test_once_meta_has_forgotten_it_it_is_put_up_anew(
        self, simulator: httpx.Client, agent: Actor
    ) -> None:
        received = upload(agent, samples.PDF)
        conversation_id = hear()
        send(agent, "document", {"id": received.id}, conversation_id)
        drain()
        change("update media_upload set expires_at = now()")

        send(agent, "document", {"id": received.id}, conversation_id)
        drain()

        assert len({payload["document"]["id"] for payload in arrived(simulator)}) == 2

    def test_while_meta_takes_no_files_the_message_waits(self, simulator: httpx.Client, agent: Actor) -> None:
        received = upload(agent, samples.PDF)
        rule = {"match": {"route": "media_upload"}, "http_status": 503, "times": 1}
        simulator.post("/_sim/faults", json=rule).raise_for_status()

        composed = send(agent, "document", {"id": received.id})
        drain()
        assert state_of(composed.message_id) == "queued"
        assert one("select state from wa_outbound_queue") == "queued"
        change("update wa_outbound_queue set due_at = now()")
        drain()

        assert state_of(composed.message_id) == "sent"
        assert len(arrived(simulator)) == 1

    def test_a_refused_message_has_its_file_put_up_anew(self, simulator: httpx.Client, agent: Actor) -> None:
        received = upload(agent, samples.PDF)
        rule = {"match": {"route": "messages"}, "error_code": 131053, "times": 1}
        simulator.post("/_sim/faults", json=rule).raise_for_status()

        composed = send(agent, "document", {"id": received.id})
        drain()

        assert state_of(composed.message_id) == "failed"
        assert one("select count(*) from media_upload") == 0

    def test_a_message_whose_file_was_deleted_meanwhile_is_held_and_shown(
        self, simulator: httpx.Client, agent: Actor
    ) -> None:
        received = upload(agent, samples.PDF)
        composed = send(agent, "document", {"id": received.id})
        attachments.delete(agent, newest())

        drain()

        assert (state_of(composed.message_id), arrived(simulator)) == ("queued", [])
        assert rows("select state, hold_reason from wa_outbound_queue") == [
            {"state": "held", "hold_reason": "media"}
        ]
        assert stored() == set()

    def test_a_file_gone_from_the_storage_ends_its_message(
        self, simulator: httpx.Client, agent: Actor
    ) -> None:
        assert simulator
        received = upload(agent, samples.PDF)
        composed = send(agent, "document", {"id": received.id})
        empty()

        drain()

        assert state_of(composed.message_id) == "failed"


def test_nothing_on_its_way_stays_behind(agent: Actor) -> None:
    upload(agent, samples.recorded(), Wish(is_voice=True))

    assert list((settings.get().data_dir / "scratch").iterdir()) == []
