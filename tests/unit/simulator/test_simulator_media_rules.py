"""What Meta takes for a medium."""

import pytest

from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.media.rules import KB, MB, base_type, check_size, check_type, is_animated, kind_of

STILL = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 20
ANIMATED = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02" + b"\x00" * 20


@pytest.mark.parametrize(
    ("mime_type", "kind"),
    [
        ("image/jpeg", "image"),
        ("image/webp", "sticker"),
        ("audio/ogg; codecs=opus", "audio"),
        ("VIDEO/MP4", "video"),
        ("application/pdf", "document"),
        ("text/csv", "document"),
        ("image/heic", None),
        ("audio/webm", None),
        ("video/webm", None),
        ("", None),
    ],
)
def test_the_type_decides_what_kind_of_message_carries_it(mime_type: str, kind: str | None) -> None:
    assert kind_of(mime_type) == kind


def test_a_parameter_is_no_part_of_the_type() -> None:
    assert base_type("audio/ogg; codecs=opus") == "audio/ogg"


def test_a_type_that_meta_does_not_take_is_100_and_lists_the_others() -> None:
    with pytest.raises(GraphError) as caught:
        check_type("image/heic")

    assert caught.value.code == 100
    assert "image/jpeg" in caught.value.details


@pytest.mark.parametrize(
    ("kind", "size", "head"),
    [
        ("image", 5 * MB, b""),
        ("audio", 16 * MB, b""),
        ("document", 100 * MB, b""),
        ("sticker", 100 * KB, STILL),
        ("sticker", 500 * KB, ANIMATED),
    ],
)
def test_a_file_may_be_as_large_as_its_kind_and_no_larger(kind: str, size: int, head: bytes) -> None:
    check_size(kind, size, head)

    with pytest.raises(GraphError, match="131053"):
        check_size(kind, size + 1, head)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(GraphError, match="131053"):
        check_size("image", 0, b"")


@pytest.mark.parametrize(("head", "animated"), [(STILL, False), (ANIMATED, True), (b"RIFF", False)])
def test_an_animated_sticker_is_told_by_its_flag(head: bytes, animated: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_animated(head) is animated
