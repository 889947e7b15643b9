"""A message's state only climbs, whatever Meta reports, in whatever order, however often."""

from functools import reduce
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.message_state import REPORTED_BY_META, MessageState, advance, parse_reported

REPORTS = sorted(REPORTED_BY_META)
reports = st.lists(st.sampled_from(REPORTS), max_size=12)
QUEUED, SENT, FAILED = MessageState.QUEUED, MessageState.SENT, MessageState.FAILED
DELIVERED, READ, PLAYED = MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED
CLIMB = [QUEUED, SENT, FAILED, DELIVERED, READ, PLAYED]


def after(reported: list[MessageState], *, start: MessageState = QUEUED) -> MessageState:
    return reduce(advance, reported, start)


class TestAdvance:
    @given(reports, st.randoms(use_true_random=False))
    def test_any_order_of_the_same_reports_ends_in_the_same_state(
        self, reported: list[MessageState], shuffler: Random
    ) -> None:
        shuffled = list(reported)
        shuffler.shuffle(shuffled)

        assert after(shuffled) is after(reported)

    @given(reports)
    def test_repeated_reports_change_nothing(self, reported: list[MessageState]) -> None:
        assert after(reported * 2) is after(reported)

    @given(reports, st.sampled_from(REPORTS))
    def test_no_report_moves_a_message_back(self, reported: list[MessageState], late: MessageState) -> None:
        reached = after(reported)

        now = advance(reached, late)

        assert CLIMB.index(now) >= CLIMB.index(reached)

    def test_every_permutation_of_all_reports_ends_as_played(self) -> None:
        ends = {after(list(order)) for order in permutations(REPORTS)}

        assert ends == {PLAYED}

    def test_a_late_delivered_does_not_undo_read(self) -> None:
        assert after([SENT, READ, DELIVERED]) is READ

    def test_delivered_after_failed_wins(self) -> None:
        assert after([SENT, FAILED, DELIVERED]) is DELIVERED

    def test_a_late_sent_does_not_clear_failed(self) -> None:
        assert after([FAILED, SENT]) is FAILED

    def test_failed_does_not_undo_what_a_device_has_shown(self) -> None:
        assert after([DELIVERED, FAILED]) is DELIVERED

    @given(reports)
    def test_a_customers_message_stays_received(self, reported: list[MessageState]) -> None:
        assert after(reported, start=MessageState.RECEIVED) is MessageState.RECEIVED


class TestParseReported:
    @given(st.text())
    def test_every_text_is_read_without_complaint(self, status: str) -> None:
        parsed = parse_reported(status)

        assert parsed is None or (parsed in REPORTED_BY_META and parsed.value == status)

    @pytest.mark.parametrize("status", ["sent", "delivered", "read", "played", "failed"])
    def test_metas_words_are_states(self, status: str) -> None:
        assert parse_reported(status) == status

    @pytest.mark.parametrize("status", ["deleted", "warning", "pending", "SENT", "queued", "received", ""])
    def test_words_that_move_nothing_are_none(self, status: str) -> None:
        assert parse_reported(status) is None
