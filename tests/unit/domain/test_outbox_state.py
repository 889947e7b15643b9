"""Which line and which lane a message waits in."""

import pytest

from campotech_wa.domain.outbox_state import PRIORITIES, HoldReason, Lane, OutboxState, Priority, lane_of


class TestLane:
    @pytest.mark.parametrize("kind", ["text", "image", "reaction", "interactive", "flow"])
    def test_what_only_leaves_inside_the_window_is_a_reply(self, kind: str) -> None:
        assert lane_of(kind) is Lane.REPLY

    def test_a_template_may_begin_a_conversation(self) -> None:
        assert lane_of("template") is Lane.BUSINESS

    def test_replies_come_first_where_the_store_orders_by_the_word(self) -> None:
        assert sorted(Lane, reverse=True) == [Lane.REPLY, Lane.BUSINESS]


class TestPriority:
    def test_what_is_more_urgent_sorts_first(self) -> None:
        assert sorted(Priority) == [Priority.HIGH, Priority.NORMAL, Priority.LOW]

    @pytest.mark.parametrize("priority", Priority)
    def test_the_word_of_each_reads_back(self, priority: Priority) -> None:
        assert PRIORITIES[priority.word] is priority

    def test_there_are_no_other_words(self) -> None:
        assert list(PRIORITIES) == ["high", "normal", "low"]


def test_no_word_of_a_state_is_a_reason() -> None:
    assert {state.value for state in OutboxState}.isdisjoint(reason.value for reason in HoldReason)
