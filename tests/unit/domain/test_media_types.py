"""A file is what its bytes say, whatever it is called; what Meta takes of it is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import media_types
from campotech_wa.domain.media_types import EXTENSIONS, LIMITS, MEGABYTE, RUNS_NOWHERE, UNKNOWN, Kind
from tests import samples

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def detect(content: bytes) -> str:
    return media_types.detect(content[: media_types.HEAD], content[-media_types.TAIL :])


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (samples.picture(), "image/jpeg"),
        (samples.picture("PNG"), "image/png"),
        (samples.picture("WEBP"), "image/webp"),
        (samples.picture("GIF"), "image/gif"),
        (samples.picture("HEIF"), "image/heic"),
        (samples.voice(), "audio/ogg"),
        (samples.recorded(), "audio/webm"),
        (samples.sound("amr", "libopencore_amrnb", 8000), "audio/amr"),
        (samples.sound("mp3", "libmp3lame"), "audio/mpeg"),
        (samples.sound("adts", "aac"), "audio/aac"),
        (samples.sound("mp4", "aac"), "audio/mp4"),
        (samples.sound("ipod", "aac"), "audio/mp4"),
        (samples.sound("wav", "pcm_s16le"), "audio/wav"),
        (samples.video(), "video/mp4"),
        (samples.video("3gp", "h263"), "video/3gpp"),
        (samples.video("mov"), "video/quicktime"),
        (samples.video("webm", "libvpx"), "video/webm"),
        (samples.PDF, "application/pdf"),
        (samples.office("word"), WORD),
        (samples.office("xl"), EXCEL),
        (samples.office("ppt"), POWERPOINT),
        (samples.office("elsewhere"), "application/zip"),
        (old_office("WordDocument"), "application/msword"),
        (old_office("Workbook"), "application/vnd.ms-excel"),
        (old_office("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        (old_office("Nothing"), UNKNOWN),
        ("Presupuesto: caño, grifería, instalación\n".encode(), "text/plain"),
        ("Presupuesto: caño\r\n".encode("latin-1"), "text/plain"),
        (samples.HTML, "text/plain"),
        (samples.SVG, "text/plain"),
        (samples.PROGRAM, UNKNOWN),
        (b"\xff\xfe" + "Hola".encode("utf-16-le"), UNKNOWN),
        (b"RIFF\x00\x00\x00\x00AVI LIST", UNKNOWN),
        (b"OggS" + bytes(24) + b"\x01vorbis", UNKNOWN),
        (b"\x00\x00\x00\x1cftypavif" + bytes(20), UNKNOWN),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00avifmif1" + bytes(4), UNKNOWN),
        (b"\x1a\x45\xdf\xa3" + bytes(8) + b"matroska", UNKNOWN),
        (b"\xff\x00", UNKNOWN),
        (b"\xff\xfb\xff\xff" + bytes(8), UNKNOWN),
    ],
)
def test_the_bytes_tell_the_type(content: bytes, mime_type: str) -> None:
    assert detect(content) == mime_type


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_have_a_type_and_nothing_raises(head: bytes, tail: bytes) -> None:
    assert media_types.detect(head, tail) in {UNKNOWN, *EXTENSIONS}


def test_nothing_that_can_run_is_shown_in_place() -> None:
    assert not [each for each in RUNS_NOWHERE if any(word in each for word in ("html", "svg", "xml", "text"))]


@pytest.mark.parametrize(
    ("kind", "mime_type", "size", "fits"),
    [
        (Kind.IMAGE, "image/jpeg", 5 * MEGABYTE, True),
        (Kind.IMAGE, "image/jpeg", 5 * MEGABYTE + 1, False),
        (Kind.IMAGE, "image/webp", 1, False),
        (Kind.AUDIO, "audio/ogg", 16 * MEGABYTE, True),
        (Kind.VIDEO, "video/quicktime", 1, False),
        (Kind.DOCUMENT, "anything/at-all", 100 * MEGABYTE, True),
        (Kind.DOCUMENT, "application/pdf", 100 * MEGABYTE + 1, False),
        (Kind.STICKER, "image/webp", 500 * 1024, True),
    ],
)
def test_what_meta_takes_as_each_kind(kind: Kind, mime_type: str, size: int, *, fits: bool) -> None:
    assert (media_types.is_accepted(kind, mime_type) and size <= LIMITS[kind]) is fits


@pytest.mark.parametrize(
    ("mime_type", "kind"),
    [
        ("image/png", Kind.IMAGE),
        ("video/3gpp", Kind.VIDEO),
        ("audio/amr", Kind.AUDIO),
        ("image/webp", Kind.STICKER),
        ("image/gif", Kind.DOCUMENT),
        ("application/pdf", Kind.DOCUMENT),
        (UNKNOWN, Kind.DOCUMENT),
    ],
)
def test_a_file_has_a_natural_kind(mime_type: str, kind: Kind) -> None:
    assert media_types.natural_kind(mime_type) is kind


@pytest.mark.parametrize(
    ("kind", "mime_type", "shown"),
    [
        ("image", "image/heic", Kind.IMAGE),
        ("sticker", "image/webp", Kind.STICKER),
        ("audio", "audio/ogg", Kind.AUDIO),
        ("image", "text/plain", Kind.DOCUMENT),
        ("video", "audio/mp4", Kind.DOCUMENT),
        ("document", "image/png", Kind.DOCUMENT),
        ("hologram", "image/png", Kind.DOCUMENT),
    ],
)
def test_what_is_not_what_it_was_said_to_be_is_a_download(kind: str, mime_type: str, shown: Kind) -> None:
    assert media_types.shown_as(kind, mime_type) is shown


def test_a_voice_note_has_one_channel() -> None:
    assert media_types.is_mono_opus(samples.voice())
    assert not media_types.is_mono_opus(samples.sound("ogg", "libopus", layout="stereo"))
    assert not media_types.is_mono_opus(samples.recorded()[:4])


def test_a_sticker_says_whether_it_moves() -> None:
    assert media_types.is_animated(samples.animated())
    assert not media_types.is_animated(samples.picture("WEBP"))
    assert not media_types.is_animated(b"RIFF")
