"""Type names, notices and wishes become words that staff understand."""

import pytest

from campotech_wa.domain import kinds
from campotech_wa.domain.locale import ENGLISH, SPANISH


@pytest.mark.parametrize(
    ("name", "spanish", "english"),
    [
        ("image", "📷 Foto", "📷 Photo"),
        ("text", "Texto", "Text"),
        ("voice", "🎤 Mensaje de voz", "🎤 Voice message"),
        ("hologram", "Mensaje", "Message"),
        ("", "Mensaje", "Message"),
    ],
)
def test_a_type_has_a_name_in_both_languages(name: str, spanish: str, english: str) -> None:
    assert kinds.name(name, locale=SPANISH) == spanish
    assert kinds.name(name, locale=ENGLISH) == english


def test_a_type_nobody_has_heard_of_is_not_known() -> None:
    assert (kinds.is_known("poll"), kinds.is_known("hologram")) == (True, False)


def test_a_notice_says_what_changed_or_at_least_that_it_is_one() -> None:
    assert kinds.notice("user_changed_number", locale=ENGLISH) == "Changed their telephone number"
    assert kinds.notice("hologram", locale=ENGLISH) == "Notice of WhatsApp"


@pytest.mark.parametrize("value", ["stop", "", "a new word"])
def test_whatever_is_no_consent_is_a_stop(value: str) -> None:
    assert kinds.preference(value, locale=SPANISH) == "Pidió no recibir promociones"


@pytest.mark.parametrize("value", ["resume", "signup"])
def test_a_consent_is_none(value: str) -> None:
    assert kinds.preference(value, locale=SPANISH) != kinds.preference("stop", locale=SPANISH)
