"""What is told and made of files; what hostile ones can not do."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av
import pytest
from PIL import Image

from campotech_wa import converter, scratch
from campotech_wa.converter import Derived, Unconvertible
from campotech_wa.decoder import pictures, recordings
from campotech_wa.decoder.facts import Facts
from campotech_wa.domain.media_types import LIMITS, Kind, detect
from tests import samples


@pytest.fixture(autouse=True)
def _leaving_nothing(environment: dict[str, str]) -> Iterator[None]:
    """Whatever a file does, nothing of it stays on the disk."""
    yield
    assert list(Path(environment["DATA_DIR"], "scratch").iterdir()) == []


def file(content: bytes) -> BinaryIO:
    opened = scratch.new()
    opened.write(content)
    opened.flush()
    return opened


def derive(content: bytes, mime_type: str) -> Derived:
    with file(content) as source:
        return converter.derive(source, mime_type)


def convert(content: bytes, mime_type: str, target: str) -> bytes:
    with file(content) as source, converter.convert(source, mime_type, target) as result:
        return result.read()


def picture(opened: BinaryIO | None) -> Image.Image:
    assert opened is not None
    with opened:
        return Image.open(io.BytesIO(opened.read()))


class TestPictures:
    @pytest.mark.parametrize(
        ("form", "mime_type"),
        [
            ("JPEG", "image/jpeg"),
            ("PNG", "image/png"),
            ("WEBP", "image/webp"),
            ("GIF", "image/gif"),
            ("HEIF", "image/heic"),
        ],
    )
    def test_a_picture_gets_a_thumbnail(self, form: str, mime_type: str) -> None:
        derived = derive(samples.picture(form, (1600, 1000)), mime_type)

        assert (derived.facts.width, derived.facts.height) == (1600, 1000)
        assert picture(derived.thumbnail).size == (640, 400)

    def test_a_photo_is_shown_as_it_was_taken_and_tells_nothing_of_the_camera(self) -> None:
        derived = derive(samples.picture(orientation=6), "image/jpeg")
        small = picture(derived.thumbnail)

        assert (derived.facts.width, derived.facts.height) == (200, 320)
        assert small.size == (200, 320)
        assert not small.getexif()
        # The left half was red; turned clockwise, it is the upper one.
        top = small.convert("RGB").getpixel((100, 20))
        assert isinstance(top, tuple)
        assert top[0] > 200

    def test_a_heic_photo_becomes_a_jpeg_that_meta_takes(self) -> None:
        converted = convert(samples.picture("HEIF"), "image/heic", "image/jpeg")

        assert detect(converted) == "image/jpeg"
        assert Image.open(io.BytesIO(converted)).size == (320, 200)

    def test_a_huge_picture_is_made_small_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        noise = Image.effect_noise((1200, 1200), 120)
        source, target = io.BytesIO(), io.BytesIO()
        noise.save(source, "WEBP", lossless=True)
        monkeypatch.setitem(LIMITS, Kind.IMAGE, 900_000)

        pictures.to_jpeg(source, "image/webp", target)

        assert len(target.getvalue()) <= 900_000

    def test_what_stays_too_large_is_not_converted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(LIMITS, Kind.IMAGE, 10)

        with pytest.raises(ValueError, match="too large"):
            pictures.to_jpeg(io.BytesIO(samples.picture("WEBP")), "image/webp", io.BytesIO())


class TestRecordings:
    @pytest.mark.parametrize(
        ("content", "mime_type"),
        [
            (samples.voice(), "audio/ogg"),
            (samples.recorded(), "audio/webm"),
            (samples.sound("amr", "libopencore_amrnb", 8000), "audio/amr"),
        ],
    )
    def test_one_that_some_browsers_do_not_play_gets_a_copy(self, content: bytes, mime_type: str) -> None:
        derived = derive(content, mime_type)

        assert abs((derived.facts.duration_ms or 0) - 2000) < 50
        assert derived.facts.playable_type == "audio/mp4"
        assert derived.playable is not None
        with derived.playable, av.open(derived.playable, "r") as copy:
            assert copy.streams.audio[0].codec_context.name == "aac"

    @pytest.mark.parametrize(
        ("content", "mime_type"),
        [
            (samples.sound("mp3", "libmp3lame"), "audio/mpeg"),
            (samples.sound("mp4", "aac"), "audio/mp4"),
            (samples.sound("wav", "pcm_s16le"), "audio/wav"),
        ],
    )
    def test_one_that_every_browser_plays_gets_none(self, content: bytes, mime_type: str) -> None:
        derived = derive(content, mime_type)

        assert derived.playable is None
        assert len(derived.facts.waveform) == recordings.BARS

    def test_the_waveform_shows_where_it_is_loud(self) -> None:
        bars = derive(samples.sound("wav", "pcm_s16le"), "audio/wav").facts.waveform

        assert max(bars[:28]) <= 5
        assert min(bars[32:]) >= 90

    def test_silence_and_nothing_have_a_waveform_too(self) -> None:
        assert recordings.bars([0] * 100) == [0] * 60
        assert recordings.bars([]) == []
        assert recordings.bars([5]) == [100]

    @pytest.mark.parametrize(
        ("content", "mime_type"),
        [(samples.recorded(), "audio/webm"), (samples.sound("mp4", "aac", layout="stereo"), "audio/mp4")],
    )
    def test_what_a_browser_recorded_becomes_a_voice_note(self, content: bytes, mime_type: str) -> None:
        voice = convert(content, mime_type, "audio/ogg")

        with av.open(io.BytesIO(voice), "r") as heard:
            sound = heard.streams.audio[0].codec_context
            assert (sound.name, sound.layout.nb_channels) == ("opus", 1)


class TestVideos:
    def test_a_video_of_every_browser_gets_a_poster_and_no_copy(self) -> None:
        derived = derive(samples.video(), "video/mp4")

        assert derived.facts == Facts(176, 144, 2000, has_thumbnail=True)
        assert picture(derived.thumbnail).size == (176, 144)
        assert derived.playable is None

    @pytest.mark.parametrize(
        ("content", "mime_type"),
        [
            (samples.video("3gp", "h263"), "video/3gpp"),
            (samples.video("webm", "libvpx"), "video/webm"),
            (samples.video("mp4", "mpeg4"), "video/mp4"),
        ],
    )
    def test_any_other_gets_a_copy(self, content: bytes, mime_type: str) -> None:
        derived = derive(content, mime_type)

        assert derived.facts.playable_type == "video/mp4"
        assert derived.playable is not None
        with derived.playable, av.open(derived.playable, "r") as copy:
            assert copy.streams.video[0].codec_context.name == "h264"
            assert copy.streams.audio[0].codec_context.name == "aac"
            assert abs((copy.duration or 0) - 2_000_000) < 100_000
        picture(derived.thumbnail)

    def test_a_video_filmed_upright_stays_upright(self) -> None:
        filmed = samples.video("mov", rotation=90)

        converted = convert(filmed, "video/quicktime", "video/mp4")
        derived = derive(converted, "video/mp4")

        assert (derived.facts.width, derived.facts.height) == (144, 176)
        # The left half was red; turned against the clock, it is the lower one.
        bottom = picture(derived.thumbnail).convert("RGB").getpixel((72, 160))
        assert isinstance(bottom, tuple)
        assert bottom[0] > 150

    def test_one_without_pictures_tells_its_length(self) -> None:
        derived = derive(samples.sound("mp4", "aac"), "video/mp4")

        assert derived.facts.duration_ms
        assert derived.thumbnail is None


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("content", "mime_type"),
        [
            (samples.bomb(), "image/png"),
            (samples.picture()[:40], "image/jpeg"),
            (b"RIFF\x00\x00\x00\x00WEBP" + os.urandom(500), "image/webp"),
            (b"OggS" + os.urandom(2000), "audio/ogg"),
            (samples.video()[:2000], "video/mp4"),
            (b"", "video/webm"),
        ],
    )
    def test_a_broken_file_tells_nothing_and_ends_nothing(self, content: bytes, mime_type: str) -> None:
        derived = derive(content, mime_type)

        assert derived == Derived(Facts())

    def test_one_that_can_not_be_converted_says_so(self) -> None:
        with pytest.raises(Unconvertible):
            convert(b"RIFF\x00\x00\x00\x00WEBP", "image/webp", "image/jpeg")

    def test_a_playlist_is_not_followed(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.wav"
        secret.write_bytes(samples.sound("wav", "pcm_s16le"))
        playlist = f"ffconcat version 1.0\nfile '{secret}'\n".encode()

        derived = derive(playlist, "audio/ogg")
        secret.unlink()

        assert derived == Derived(Facts())

    def test_a_document_is_not_decoded_at_all(self) -> None:
        assert derive(samples.PDF, "application/pdf") == Derived(Facts())
