"""An SMS ends in the same state in whatever order the provider's words come, and however often."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.sms_due import MOST_REQUESTS, Due, Move, move
from campotech_wa.domain.sms_errors import SmsFault, fault_of, sentence
from campotech_wa.domain.sms_limits import MEANINGLESS_AFTER, month_begins, retry_delay
from campotech_wa.domain.sms_state import SmsState, advance

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TOLD = (SmsState.SENT, SmsState.FAILED, SmsState.DELIVERED)

states = st.sampled_from(SmsState)
told = st.lists(st.sampled_from(TOLD), max_size=6)


def due(state: SmsState = SmsState.WAITING, **changes: object) -> Due:
    usual: dict[str, object] = {"attempts": 0, "due_at": NOW, "is_wanted": True}
    return Due(state, **(usual | changes))  # pyright: ignore[reportArgumentType]


@given(states, told, st.randoms())
def test_the_order_and_the_number_of_callbacks_do_not_matter(
    state: SmsState, words: list[SmsState], chance: Random
) -> None:
    mixed = [*words, *words]
    chance.shuffle(mixed)

    assert reduce(advance, mixed, state) == reduce(advance, words, state)


@pytest.mark.parametrize("order", list(permutations(TOLD)))
def test_a_phone_that_has_it_outranks_everything(order: tuple[SmsState, ...]) -> None:
    assert reduce(advance, order, SmsState.SENDING) is SmsState.DELIVERED


@given(states)
def test_our_own_states_are_never_reported(state: SmsState) -> None:
    for ours in set(SmsState) - set(TOLD):
        assert advance(state, ours) is state


class TestMove:
    def test_a_due_one_leaves(self) -> None:
        assert move(due(), now=NOW, room=1, of_month=1) == Move(SmsState.SENDING)

    def test_beyond_the_pace_it_waits(self) -> None:
        assert move(due(), now=NOW, room=0, of_month=1) is None

    @pytest.mark.parametrize(
        ("what", "ends"),
        [
            (due(SmsState.SENDING), Move(SmsState.UNCONFIRMED)),
            (due(is_wanted=False), Move(SmsState.CANCELLED)),
            (
                due(due_at=NOW - MEANINGLESS_AFTER - timedelta(seconds=1)),
                Move(SmsState.FAILED, SmsFault.TOO_LATE),
            ),
            (due(SmsState.UNCONFIRMED, attempts=1), Move(SmsState.SENDING)),
            (
                due(SmsState.UNCONFIRMED, attempts=MOST_REQUESTS),
                Move(SmsState.FAILED, SmsFault.NO_ANSWER),
            ),
        ],
    )
    def test_what_is_not_to_leave_ends_with_its_reason(self, what: Due, ends: Move) -> None:
        assert move(what, now=NOW, room=1, of_month=1) == ends

    @given(
        st.builds(
            Due,
            st.sampled_from([SmsState.WAITING, SmsState.SENDING, SmsState.UNCONFIRMED]),
            st.integers(0, 9),
            st.just(NOW),
            st.booleans(),
        ),
        st.integers(-3, 3),
        st.integers(-3, 3),
    )
    def test_nothing_leaves_unwanted_or_beyond_a_limit(self, what: Due, room: int, of_month: int) -> None:
        there = move(what, now=NOW, room=room, of_month=of_month)

        if there == Move(SmsState.SENDING):
            assert what.is_wanted
            assert min(room, of_month) > 0
            assert what.state is not SmsState.SENDING


def test_the_month_begins_where_the_organization_is() -> None:
    just_before = datetime(2026, 12, 1, 2, 59, tzinfo=UTC)

    assert month_begins(just_before, zone="America/Argentina/Buenos_Aires").isoformat() == (
        "2026-11-01T00:00:00-03:00"
    )


def test_a_busy_provider_is_asked_less_and_less_and_then_no_more() -> None:
    delays = [retry_delay(attempt, jitter=0.999) for attempt in range(1, 6)]

    assert delays[-1] is None
    known = [delay for delay in delays if delay]
    assert known == sorted(known)
    assert known[0] > timedelta(seconds=4)


@pytest.mark.parametrize("locale", ["es-AR", "en"])
def test_every_fault_has_its_own_sentence(locale: str) -> None:
    codes = {fault_of(code): code for code in map(str, range(10_000, 100_000))}
    codes |= {fault_of(fault): fault for fault in SmsFault}

    assert set(codes) == set(SmsFault)
    assert len({sentence(code, locale=locale) for code in codes.values()}) == len(SmsFault)
