"""What becomes of a message that was not accepted: another try, a wait or the end, and never too many of any."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import meta_errors, policies
from campotech_wa.domain.fate import DELAYS, PATIENCE, Fate, Trouble, Try, after, silent
from campotech_wa.domain.outbox_state import OutboxState, Priority
from campotech_wa.domain.policies import Action
from campotech_wa.domain.verdict import Verdict

WHOLE = 0.999_999
UNREACHABLE = Trouble(None, has_left=False, is_passing=True)
UNANSWERED = Trouble(None, is_ambiguous=True)

codes = st.sampled_from([entry.code for entry in meta_errors.TABLE])
jitters = st.floats(min_value=0, max_value=1, exclude_max=True)
priorities = st.sampled_from(Priority)
troubles = st.builds(
    Trouble,
    st.none() | codes,
    is_ambiguous=st.booleans(),
    has_left=st.booleans(),
    is_passing=st.booleans(),
)
tries = st.builds(
    Try,
    number=st.integers(1, 40),
    uncounted=st.integers(0, 200),
    priority=priorities,
    age=st.timedeltas(timedelta(0), timedelta(days=40)),
)


def a_try(number: int = 1, *, uncounted: int = 0, priority: Priority = Priority.HIGH, **age: float) -> Try:
    return Try(number, uncounted, priority, timedelta(**age))


class TestAlways:
    @given(troubles, tries, jitters)
    def test_a_wait_is_neither_in_the_past_nor_without_an_end(
        self, trouble: Trouble, which: Try, jitter: float
    ) -> None:
        what = after(trouble, which, jitter=jitter)

        entry = meta_errors.find(trouble.code) if trouble.code is not None else None
        longest = max(*DELAYS, (entry.wait if entry else None) or timedelta(0))
        assert timedelta(0) <= what.delay <= longest
        if what.state is OutboxState.QUEUED:
            assert what.delay >= timedelta(seconds=1)

    @given(troubles, tries, jitters)
    def test_what_was_transmitted_is_tried_a_bounded_number_of_times(
        self, trouble: Trouble, which: Try, jitter: float
    ) -> None:
        what = after(trouble, which, jitter=jitter)

        if what.state is OutboxState.QUEUED and what.counts:
            assert which.number < PATIENCE[which.priority].tries
            assert which.age < PATIENCE[which.priority].age

    @given(troubles, tries, jitters)
    def test_what_may_have_been_accepted_is_never_queued_at_once(
        self, trouble: Trouble, which: Try, jitter: float
    ) -> None:
        what = after(Trouble(trouble.code, is_ambiguous=True), which, jitter=jitter)

        assert (what.state, what.counts) == (OutboxState.UNCONFIRMED, True)
        assert what.delay == PATIENCE[which.priority].grace

    @given(codes, tries, jitters)
    def test_a_limit_ends_no_message_and_costs_it_no_try(self, code: int, which: Try, jitter: float) -> None:
        if policies.of_code(code).action in {Action.SLOW_DOWN, Action.WAIT}:
            what = after(Trouble(code, is_passing=True), which, jitter=jitter)

            assert (what.state, what.counts, what.has_expired) == (OutboxState.QUEUED, False, False)

    @given(troubles, tries, jitters)
    def test_a_message_that_ended_waits_for_nothing(
        self, trouble: Trouble, which: Try, jitter: float
    ) -> None:
        what = after(trouble, which, jitter=jitter)

        if what.state is None:
            assert not what.delay

    @given(troubles, tries, jitters)
    def test_it_expires_by_its_age_and_by_nothing_else(
        self, trouble: Trouble, which: Try, jitter: float
    ) -> None:
        what = after(trouble, which, jitter=jitter)

        if what.has_expired:
            assert what.state is None
            assert which.age >= PATIENCE[which.priority].age


class TestBackoff:
    @pytest.mark.parametrize(
        ("number", "longest"),
        [(1, {"seconds": 5}), (2, {"seconds": 30}), (3, {"minutes": 2}), (5, {"minutes": 30})],
    )
    def test_it_grows_with_full_jitter(self, number: int, longest: dict[str, float]) -> None:
        which = a_try(number)

        assert after(Trouble(131057), which, jitter=0).delay == timedelta(minutes=1)
        assert after(Trouble(None), which, jitter=0).delay == timedelta(seconds=1)
        assert after(Trouble(None), which, jitter=0.5).delay == max(
            timedelta(**longest) / 2, timedelta(seconds=1)
        )
        assert after(Trouble(None), which, jitter=WHOLE).delay == pytest.approx(
            timedelta(**longest), rel=0.01
        )

    def test_the_last_one_repeats(self) -> None:
        which = a_try(20, priority=Priority.LOW)

        assert after(Trouble(None), which, jitter=0.5).delay == DELAYS[-1] / 2

    @pytest.mark.parametrize("priority", Priority)
    def test_the_last_try_ends_it(self, priority: Priority) -> None:
        last = PATIENCE[priority].tries

        assert after(Trouble(None), a_try(last - 1, priority=priority), jitter=0).state is OutboxState.QUEUED
        assert after(Trouble(None), a_try(last, priority=priority), jitter=0) == Fate(None, Verdict.FAILURE)

    @pytest.mark.parametrize("priority", Priority)
    def test_age_ends_it_before_its_tries_do(self, priority: Priority) -> None:
        age = PATIENCE[priority].age
        young = Try(1, 0, priority, age - timedelta(seconds=1))

        assert after(UNREACHABLE, young, jitter=0).state is OutboxState.QUEUED
        assert after(UNREACHABLE, Try(1, 0, priority, age), jitter=0).has_expired

    def test_a_code_with_fewer_tries_of_its_own_has_no_more(self) -> None:
        assert after(Trouble(1), a_try(3), jitter=0).state is OutboxState.QUEUED
        assert after(Trouble(1), a_try(4), jitter=0).state is None


class TestKinds:
    def test_what_never_left_costs_no_try(self) -> None:
        what = after(UNREACHABLE, a_try(6, uncounted=30), jitter=0.5)

        assert what == Fate(OutboxState.QUEUED, Verdict.NONE, DELAYS[-1] / 2, counts=False)

    def test_a_no_of_our_own_ends_it_and_says_nothing_of_the_channel(self) -> None:
        assert after(Trouble(None, is_final=True), a_try(), jitter=0) == Fate(None, Verdict.NONE)

    def test_a_no_of_metas_ends_it(self) -> None:
        assert after(Trouble(100, is_final=True), a_try(), jitter=0) == Fate(None, Verdict.EXCUSED)

    def test_a_no_that_meta_calls_passing_is_tried_again(self) -> None:
        assert after(Trouble(100, is_passing=True), a_try(), jitter=0).state is OutboxState.QUEUED

    def test_a_throttle_slows_the_channel_and_the_pair_limit_only_the_customer(self) -> None:
        throttled = after(Trouble(130429, is_passing=True), a_try(), jitter=0)
        paired = after(Trouble(131056, is_passing=True), a_try(), jitter=0)

        assert (throttled.slows, throttled.verdict) == (True, Verdict.THROTTLED)
        assert (paired.slows, paired.verdict) == (False, Verdict.EXCUSED)

    @pytest.mark.parametrize(("times", "seconds"), [(0, 1), (1, 4), (2, 16), (3, 64), (4, 256), (9, 600)])
    def test_a_limit_makes_it_wait_four_times_as_long_each_time(self, times: int, seconds: int) -> None:
        what = after(Trouble(130429), a_try(uncounted=times), jitter=WHOLE)

        assert what.delay == pytest.approx(timedelta(seconds=seconds), rel=0.001)

    @pytest.mark.parametrize("code", [190, 131005, 131031, 368])
    def test_bad_credentials_and_a_locked_account_keep_it(self, code: int) -> None:
        kept = after(Trouble(code, is_final=True), a_try(minutes=59), jitter=WHOLE)
        late = after(Trouble(code, is_final=True), a_try(minutes=60), jitter=WHOLE)

        assert (kept.state, kept.counts) == (OutboxState.QUEUED, False)
        assert kept.delay == pytest.approx(timedelta(seconds=30), rel=0.001)
        assert (late.state, late.has_expired) == (None, True)


class TestSilence:
    @pytest.mark.parametrize("priority", Priority)
    def test_it_is_sent_again_a_few_times_and_while_it_means_something(self, priority: Priority) -> None:
        patience = PATIENCE[priority]

        assert silent(a_try(patience.unanswered - 1, priority=priority))
        assert not silent(a_try(patience.unanswered, priority=priority))
        assert not silent(Try(1, 0, priority, patience.age))

    @pytest.mark.parametrize("priority", Priority)
    def test_grace_outlives_the_request_and_what_meta_takes_to_report(self, priority: Priority) -> None:
        assert PATIENCE[priority].grace > timedelta(seconds=30)

    @given(priorities, st.lists(st.booleans(), min_size=40, max_size=40))
    def test_whatever_mixture_of_silence_and_failures_it_meets_it_comes_to_an_end(
        self, priority: Priority, silences: list[bool]
    ) -> None:
        requests = 0
        for is_silent in silences:
            requests += 1
            which = a_try(requests, priority=priority)
            what = after(UNANSWERED if is_silent else Trouble(None), which, jitter=0)
            if what.state is None or (what.state is OutboxState.UNCONFIRMED and not silent(which)):
                break

        assert requests <= PATIENCE[priority].tries


def test_an_unanswered_request_says_of_the_channel_what_its_code_says() -> None:
    assert after(UNANSWERED, a_try(), jitter=0).verdict is Verdict.FAILURE
    assert after(Trouble(131000, is_ambiguous=True), a_try(), jitter=0).verdict is Verdict.FAILURE
