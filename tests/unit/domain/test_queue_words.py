"""What the outbox's words mean to a person, in both languages."""

import pytest

from campotech_wa.domain import queue_words
from campotech_wa.domain.locale import ENGLISH, LOCALES, SPANISH
from campotech_wa.domain.outbox_state import HoldReason, Lane, Priority
from campotech_wa.domain.panic import Reason


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_to_hold_a_message_says_what_to_do(locale: str) -> None:
    said = [queue_words.held(reason, locale=locale) for reason in HoldReason]

    assert len(set(said)) == len(HoldReason)
    assert all(sentence.endswith(".") for sentence in said)
    assert queue_words.held("something new", locale=locale) not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_every_lane_and_priority_has_a_name_of_its_own(locale: str) -> None:
    named = {queue_words.lane(lane, priority, locale=locale) for lane in Lane for priority in Priority}

    assert len(named) == len(Lane) * len(Priority)


def test_every_reason_to_panic_has_words() -> None:
    assert set(queue_words.PANIC_REASONS) == set(Reason)


def test_a_count_that_was_capped_says_so() -> None:
    assert queue_words.count(10_000, most=10_000, locale=SPANISH) == "10\N{NO-BREAK SPACE}000"
    assert queue_words.count(10_001, most=10_000, locale=SPANISH) == "más de 10\N{NO-BREAK SPACE}000"
    assert queue_words.count(10_001, most=10_000, locale=ENGLISH) == "over 10,000"


def test_a_message_says_until_when_a_sign_is_waited_for() -> None:
    said = queue_words.standing("unconfirmed", locale=SPANISH, at="10:32")

    assert said == "Sin confirmar: puede haber llegado. Esperamos una señal hasta las 10:32."


@pytest.mark.parametrize("locale", LOCALES)
def test_whoever_is_tried_again_learns_why_and_when_where_that_is_known(locale: str) -> None:
    said = {queue_words.postponed(code, locale=locale, at="10:32") for code in (130429, 131056, 131016, None)}

    assert len(said) == 3
    assert "10:32" in queue_words.postponed(None, locale=locale, at="10:32")
    assert "{" not in queue_words.postponed(131016, locale=locale)
