"""One emoji is one, however many code points draw it."""

import pytest

from campotech_wa.meta.outbound import emoji

ONE = ["👍", "❤", "❤️", "🇦🇷", "👩🏽‍🔧", "👨‍👩‍👧‍👦", "1️⃣", "#⃣", "©️", "☎️", "⭐", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫡", "✅"]


@pytest.mark.parametrize("text", ONE)
def test_one_is_seen(text: str) -> None:
    assert emoji.is_one(text)
    assert emoji.is_in(f"Reservar {text}")


@pytest.mark.parametrize(
    "text", ["", "a", "1", "👍👍", "👍a", "🇦", "🇦🇷🇦🇷", "\ufe0f", "\u200d", "👍\u200d", "ñ"]
)
def test_more_or_less_than_one_is_none(text: str) -> None:
    assert not emoji.is_one(text)


@pytest.mark.parametrize("text", ["Reservar", "Reservá tu turno ¡ya! (24 hs) nº 1 · 50 %", ""])
def test_words_have_none(text: str) -> None:
    assert not emoji.is_in(text)
