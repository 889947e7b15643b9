"""A message's state only climbs by what Meta reports, and the engine and people move it only where they may."""

from functools import reduce
from itertools import chain, permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.message_state import (
    REACHED_THE_CUSTOMER,
    REPORTED_BY_META,
    Event,
    MessageState,
    advance,
    of_history,
    parse_reported,
    step,
)

QUEUED, SENDING, UNCONFIRMED = MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED
CANCELLED, RECEIVED = MessageState.CANCELLED, MessageState.RECEIVED
SENT, FAILED = MessageState.SENT, MessageState.FAILED
DELIVERED, READ, PLAYED = MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED
CLIMB = [SENT, FAILED, DELIVERED, READ, PLAYED]

TOLD = {Event(f"told_{state}"): state for state in CLIMB}
REACHING = [event for event, state in TOLD.items() if state in REACHED_THE_CUSTOMER]
BUSY = [Event.CLAIMED, Event.POSTPONED]
AMBIGUOUS = [Event.CLAIMED, Event.UNANSWERED, Event.POSTPONED]

MOVES = {
    (QUEUED, Event.CLAIMED): SENDING,
    (QUEUED, Event.ACCEPTED): SENT,
    (QUEUED, Event.REFUSED): FAILED,
    (QUEUED, Event.GAVE_UP): FAILED,
    (SENDING, Event.ACCEPTED): SENT,
    (SENDING, Event.UNANSWERED): UNCONFIRMED,
    (SENDING, Event.POSTPONED): QUEUED,
    (SENDING, Event.REFUSED): FAILED,
    (SENDING, Event.GAVE_UP): FAILED,
    (UNCONFIRMED, Event.ACCEPTED): SENT,
    (UNCONFIRMED, Event.POSTPONED): QUEUED,
    (UNCONFIRMED, Event.REFUSED): FAILED,
    (UNCONFIRMED, Event.GAVE_UP): FAILED,
    (CANCELLED, Event.ACCEPTED): SENT,
    (QUEUED, Event.CANCELLED): CANCELLED,
    (FAILED, Event.ASKED_AGAIN): QUEUED,
    (UNCONFIRMED, Event.ASKED_AGAIN): QUEUED,
}  # fmt: skip

reports = st.lists(st.sampled_from(sorted(TOLD)), min_size=1, max_size=8)
tries = st.lists(st.sampled_from([BUSY, AMBIGUOUS]), max_size=3)
answers = st.sampled_from(
    [
        [],
        [Event.ACCEPTED],
        [Event.UNANSWERED],
        [Event.UNANSWERED, Event.ACCEPTED],
    ]
)


def after(events: list[Event], *, start: MessageState = QUEUED) -> MessageState:
    return reduce(step, events, start)


def woven(engine: list[Event], told: list[Event], chance: Random) -> list[Event]:
    """Mix the engine's events, in their order, with reports in any order, each of them perhaps more than once."""
    mixed = list(engine)
    for report in told:
        for _ in range(chance.choice([1, 1, 2])):
            mixed.insert(chance.randint(0, len(mixed)), report)
    return mixed


class TestAnyOrder:
    @given(tries, answers, reports, st.randoms(use_true_random=False))
    def test_reports_woven_in_anywhere_and_repeated_end_in_the_highest_of_them(
        self, former: list[list[Event]], answer: list[Event], told: list[Event], chance: Random
    ) -> None:
        asked = after([*chain.from_iterable(former), Event.CLAIMED])

        end = after(woven(answer, told, chance), start=asked)

        known = [TOLD[report] for report in told] + ([SENT] if Event.ACCEPTED in answer else [])
        assert end is max(known, key=CLIMB.index)

    @given(
        st.sampled_from(
            [[Event.CLAIMED, Event.REFUSED], [Event.GAVE_UP], [Event.CANCELLED], BUSY, AMBIGUOUS]
        ),
        st.lists(st.sampled_from(REACHING), min_size=1, max_size=4),
        st.randoms(use_true_random=False),
    )
    def test_whatever_follows_an_ambiguous_try_its_delivery_is_the_end(
        self, following: list[Event], told: list[Event], chance: Random
    ) -> None:
        end = after(woven([Event.UNANSWERED, Event.POSTPONED, *following], told, chance), start=SENDING)

        assert end is max((TOLD[report] for report in told), key=CLIMB.index)

    @given(st.sampled_from(MessageState), reports)
    def test_the_same_reports_again_change_nothing(self, start: MessageState, told: list[Event]) -> None:
        assert after(told * 2, start=start) is after(told, start=start)

    def test_every_permutation_of_all_reports_ends_as_played(self) -> None:
        assert {after(list(order)) for order in permutations(TOLD)} == {PLAYED}


class TestEveryPair:
    @pytest.mark.parametrize(("state", "event"), list(product(MessageState, Event)))
    def test_a_state_and_an_event_lead_to_a_state_and_the_same_event_again_no_further(
        self, state: MessageState, event: Event
    ) -> None:
        reached = step(state, event)

        assert isinstance(reached, MessageState)
        assert step(reached, event) is reached

    @pytest.mark.parametrize(("state", "event"), list(product(CLIMB, sorted(TOLD))))
    def test_no_report_takes_back_another(self, state: MessageState, event: Event) -> None:
        assert CLIMB.index(step(state, event)) == max(CLIMB.index(state), CLIMB.index(TOLD[event]))

    @pytest.mark.parametrize(("state", "event"), list(product(sorted(REACHED_THE_CUSTOMER), Event)))
    def test_what_reached_the_customer_stays_there(self, state: MessageState, event: Event) -> None:
        assert step(state, event) in REACHED_THE_CUSTOMER

    @pytest.mark.parametrize("event", Event)
    def test_a_customers_message_stays_received(self, event: Event) -> None:
        assert step(RECEIVED, event) is RECEIVED

    @pytest.mark.parametrize(
        ("state", "event"), list(product([QUEUED, SENDING, UNCONFIRMED, CANCELLED], sorted(TOLD)))
    )
    def test_a_report_tells_the_truth_whatever_was_thought(self, state: MessageState, event: Event) -> None:
        assert step(state, event) is TOLD[event]


class TestMoves:
    @pytest.mark.parametrize(("state", "event"), list(product(MessageState, sorted(set(Event) - set(TOLD)))))
    def test_the_engine_and_people_move_a_message_there_and_nowhere_else(
        self, state: MessageState, event: Event
    ) -> None:
        assert step(state, event) is MOVES.get((state, event), state)


class TestAdvance:
    def test_a_late_delivered_does_not_undo_read(self) -> None:
        assert advance(READ, DELIVERED) is READ

    def test_delivered_after_failed_wins(self) -> None:
        assert advance(FAILED, DELIVERED) is DELIVERED

    def test_a_late_sent_does_not_clear_failed(self) -> None:
        assert advance(FAILED, SENT) is FAILED

    def test_failed_does_not_undo_what_a_device_has_shown(self) -> None:
        assert advance(DELIVERED, FAILED) is DELIVERED


class TestGivenUp:
    @given(st.lists(st.sampled_from([Event.TOLD_SENT, Event.TOLD_FAILED]), max_size=3))
    def test_what_the_engine_gave_up_stays_failed_until_a_device_has_it(self, told: list[Event]) -> None:
        given_up = [Event.CLAIMED, Event.UNANSWERED, Event.GAVE_UP]

        assert after([*given_up, *told]) is FAILED
        assert after([*given_up, *told, Event.TOLD_DELIVERED, *told]) is DELIVERED


class TestParseReported:
    @given(st.text())
    def test_every_text_is_read_without_complaint(self, status: str) -> None:
        parsed = parse_reported(status)

        assert parsed is None or (parsed in REPORTED_BY_META and parsed.value == status)

    @pytest.mark.parametrize("status", ["sent", "delivered", "read", "played", "failed"])
    def test_metas_words_are_states(self, status: str) -> None:
        assert parse_reported(status) == status

    @pytest.mark.parametrize(
        "status",
        [
            "deleted",
            "warning",
            "pending",
            "SENT",
            "queued",
            "sending",
            "unconfirmed",
            "cancelled",
            "received",
            "",
        ],
    )
    def test_words_that_move_nothing_are_none(self, status: str) -> None:
        assert parse_reported(status) is None


class TestOfHistory:
    @pytest.mark.parametrize(
        ("status", "state"), [("error", FAILED), ("pending", SENT), ("", SENT), ("read", READ)]
    )
    def test_the_historys_own_words_are_read(self, status: str, state: MessageState) -> None:
        assert of_history(status) is state
