"""What Meta notices only after it has accepted a message."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campotech_wa.simulator.checks.outgoing import MediaUse
from campotech_wa.simulator.identifiers import Author
from campotech_wa.simulator.media.library import Media
from campotech_wa.simulator.outbound.troubles import of_media, of_reaction
from campotech_wa.simulator.world.state import ChatKey, Message

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANA, BRUNO = ChatKey("1", "5491131234567"), ChatKey("1", "5493515123456")


def written(kind: str = "text", age: timedelta = timedelta(0), *, revoked: bool = False) -> Message:
    return Message("wamid.x", ANA, Author.CUSTOMER, kind, {}, NOW - age, revoked=revoked)


def medium(mime_type: str) -> Media:
    return Media("7", "1", mime_type, "", NOW, Path("7"), b"", 1, b"")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (written(), None),
        (written(age=timedelta(days=30)), None),
        (written(age=timedelta(days=30, seconds=1)), 131009),
        (written("reaction"), 131009),
        (written(revoked=True), 131009),
        (None, 131009),
    ],
)
def test_a_reaction_needs_a_message_that_is_there(target: Message | None, code: int | None) -> None:
    assert of_reaction(ANA, target, now=NOW) == code


def test_a_reaction_to_a_message_of_another_chat_fails() -> None:
    assert of_reaction(BRUNO, written(), now=NOW) == 131009


@pytest.mark.parametrize(
    ("use", "media", "code"),
    [
        (MediaUse("image", "", "https://example.test/a.png"), None, None),
        (MediaUse("image", "", "https://gone.invalid/a.png"), None, 131053),
        (MediaUse("image", "7", ""), medium("image/png"), None),
        (MediaUse("image", "7", ""), medium("image/webp"), 131053),
        (MediaUse("sticker", "7", ""), medium("image/webp"), None),
        (MediaUse("document", "7", ""), medium("image/png"), None),
        (MediaUse("gif", "7", ""), medium("video/mp4"), None),
        (MediaUse("audio", "7", "", voice=True), medium("audio/ogg"), None),
        (MediaUse("audio", "7", "", voice=True), medium("audio/mpeg"), 131053),
    ],
)
def test_a_medium_must_be_reachable_and_of_the_kind_it_is_sent_as(
    use: MediaUse, media: Media | None, code: int | None
) -> None:
    assert of_media([(use, media)]) == code
