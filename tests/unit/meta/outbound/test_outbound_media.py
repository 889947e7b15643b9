"""A file is named by Meta's id, by ours, or by a link, and by one of them only."""

from typing import Any

import pytest

from campotech_wa.meta import outbound
from tests.unit.meta.outbound.refusing import assert_longest, assert_needs_words, assert_refused, refusal

KINDS = ["image", "video", "audio", "document", "sticker"]
LINK = "https://example.com/a%20b.jpg?x=1"


@pytest.mark.parametrize("kind", KINDS)
class TestSource:
    @pytest.mark.parametrize("source", [{"id": "1234"}, {"id": "local:7"}, {"link": LINK}])
    def test_an_id_an_id_of_ours_or_a_link_will_do(self, kind: str, source: dict[str, str]) -> None:
        assert outbound.check(kind, source) == source

    def test_an_id_may_be_written_as_a_number(self, kind: str) -> None:
        assert outbound.check(kind, {"id": 1234}) == {"id": "1234"}

    def test_without_either_nothing_is_sent(self, kind: str) -> None:
        for value in ({}, {"id": None, "link": None}):
            refused = refusal(kind, value)
            assert (refused.code, refused.field) == ("missing", f"{kind}.id")
            assert "id, link" in refused.detail

    def test_both_are_one_too_many(self, kind: str) -> None:
        assert_refused(kind, {"id": "1", "link": LINK}, "both", "link")

    @pytest.mark.parametrize(
        "id_", ["", " ", "12 34", "local:", "local:x", "local:-1", "ñ", "local:" + "1" * 19]
    )
    def test_what_can_be_no_id_is_refused(self, kind: str, id_: str) -> None:
        assert_refused(kind, {"id": id_}, "not_an_id", "id")

    @pytest.mark.parametrize("id_", [True, 1.5, [], {}])
    def test_an_id_is_a_text_or_a_whole_number(self, kind: str, id_: object) -> None:
        assert_refused(kind, {"id": id_}, "not_a_text", "id")

    @pytest.mark.parametrize(
        "link",
        [
            "",
            "example.com/1.jpg",
            "ftp://example.com/1",
            "https://",
            "https://x y.com",
            "https://x.com/ñ",
            "http://[",
        ],
    )
    def test_what_meta_could_not_fetch_is_refused(self, kind: str, link: str) -> None:
        assert_refused(kind, {"link": link}, "not_a_link", "link")


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_caption_has_at_most_1024_units(kind: str) -> None:
    assert_longest(kind, {"id": "1"}, "caption", 1024)
    assert_needs_words(kind, {"id": "1"}, "caption")


@pytest.mark.parametrize("kind", ["audio", "sticker"])
def test_recordings_and_stickers_have_no_caption(kind: str) -> None:
    assert_refused(kind, {"id": "1", "caption": "Hola"}, "not_allowed", "caption")


def test_a_documents_name_has_at_most_240_units() -> None:
    assert_longest("document", {"id": "1"}, "filename", 240)
    assert_needs_words("document", {"id": "1"}, "filename")


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"document"}))
def test_only_documents_have_a_name(kind: str) -> None:
    assert_refused(kind, {"id": "1", "filename": "1.jpg"}, "not_allowed", "filename")


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_recording_may_be_a_voice_note(kind: str) -> None:
    note: dict[str, Any] = {"id": "1", "voice": True}

    if kind == "audio":
        assert outbound.check(kind, note) == note
        assert_refused(kind, {"id": "1", "voice": "yes"}, "not_a_boolean", "voice")
    else:
        assert_refused(kind, note, "not_allowed", "voice")
