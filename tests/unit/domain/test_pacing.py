"""A channel slows down when Meta throttles it, speeds up again by itself, and keeps room for replies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import pacing
from campotech_wa.domain.outbox_state import Lane, Priority
from campotech_wa.domain.pacing import Quota

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)

factors = st.floats(min_value=pacing.SLOWEST, max_value=1)
ages = st.integers(min_value=0, max_value=100_000).map(lambda seconds: timedelta(seconds=seconds))


class TestTooFast:
    @pytest.mark.parametrize(("throttled", "answered"), [(0, 0), (0, 20), (1, 20), (1, 5), (4, 20)])
    def test_a_stray_refusal_slows_nobody(self, throttled: int, answered: int) -> None:
        assert not pacing.is_too_fast(throttled, answered)

    @pytest.mark.parametrize(("throttled", "answered"), [(1, 1), (1, 4), (5, 20), (20, 20)])
    def test_more_of_them_do(self, throttled: int, answered: int) -> None:
        assert pacing.is_too_fast(throttled, answered)


class TestFactor:
    def test_a_throttle_halves_the_pace(self) -> None:
        assert pacing.slower(1.0) == 0.5

    def test_half_the_pace_is_whole_again_after_half_a_minute_and_a_bit(self) -> None:
        grown = [
            pacing.factor_now(0.5, NOW - timedelta(seconds=seconds), now=NOW) for seconds in (9, 10, 39, 40)
        ]

        assert grown == [0.5, 0.625, pytest.approx(0.976_562_5), 1.0]

    def test_a_channel_that_was_never_throttled_goes_at_full_pace(self) -> None:
        assert pacing.factor_now(0.25, None, now=NOW) == 1.0

    @given(factors, ages)
    def test_it_stays_between_the_slowest_and_the_whole(self, factor: float, age: timedelta) -> None:
        grown = pacing.factor_now(factor, NOW - age, now=NOW)

        assert factor <= grown <= 1
        assert pacing.SLOWEST <= pacing.slower(grown) < grown or grown == pacing.SLOWEST

    def test_a_clock_that_was_set_back_neither_speeds_up_nor_slows_down(self) -> None:
        assert pacing.factor_now(0.5, NOW + timedelta(hours=1), now=NOW) == 0.5


class TestPause:
    @pytest.mark.parametrize(
        ("throttles", "seconds"), [(0, 1), (1, 4), (2, 16), (3, 64), (4, 256), (5, 600), (1000, 600)]
    )
    def test_it_grows_fourfold_up_to_ten_minutes(self, throttles: int, seconds: int) -> None:
        longest = pacing.pause(throttles, jitter=0.999_999)

        assert longest == pytest.approx(timedelta(seconds=seconds), rel=0.001)
        assert pacing.pause(throttles, jitter=0) == timedelta(seconds=seconds) / 2


class TestThroughput:
    def test_a_number_says_how_much_it_passes(self) -> None:
        standard = pacing.throughput("STANDARD", is_coexisting=False)

        assert standard == pacing.throughput("", is_coexisting=False) == 80
        assert pacing.throughput("HIGH", is_coexisting=False) == 1000

    @pytest.mark.parametrize("level", ["", "STANDARD", "HIGH"])
    def test_one_that_the_phone_app_also_uses_passes_least(self, level: str) -> None:
        assert pacing.throughput(level, is_coexisting=True) == 20

    @given(st.sampled_from([20, 80, 1000]), factors)
    def test_some_of_it_is_left_for_what_customers_write(self, most: int, factor: float) -> None:
        assert 0 < pacing.per_second(most, factor) <= most * 0.9


class TestQuota:
    def test_a_pace_of_its_own_goes_before_that_of_the_organization(self) -> None:
        own, shared = pacing.quota(20, 50, 1.0, None, now=NOW), pacing.quota(None, 50, 1.0, None, now=NOW)

        assert (own.most, own.is_own) == (20, True)
        assert (shared.most, shared.is_own) == (50, False)

    def test_throttling_takes_from_it_and_gives_back(self) -> None:
        halved = pacing.quota(None, 50, 0.5, NOW, now=NOW)

        assert (halved.per_minute, halved.most) == (50, 25)
        assert pacing.quota(None, 50, 0.5, NOW, now=NOW + timedelta(minutes=1)).most == 50

    def test_without_anybody_to_answer_nothing_is_kept_free(self) -> None:
        assert Quota(50, is_own=False, factor=1.0).limit(Lane.BUSINESS, Priority.LOW, keeps_room=False) == 50

    def test_business_leaves_room_for_replies(self) -> None:
        limits = {
            (lane, priority): Quota(50, is_own=False, factor=1.0).limit(lane, priority, keeps_room=True)
            for lane in Lane
            for priority in Priority
        }

        assert limits[Lane.REPLY, Priority.HIGH] == limits[Lane.REPLY, Priority.NORMAL] == 50
        assert limits[Lane.BUSINESS, Priority.NORMAL] == 45
        assert limits[Lane.BUSINESS, Priority.LOW] == limits[Lane.REPLY, Priority.LOW] == 40

    @given(st.integers(1, 60_000), factors, st.sampled_from(Lane), st.sampled_from(Priority))
    def test_it_is_never_more_than_what_is_set_and_never_nothing(
        self, pace: int, factor: float, lane: Lane, priority: Priority
    ) -> None:
        quota = Quota(pace, is_own=False, factor=factor)

        assert 1 <= quota.limit(lane, priority, keeps_room=True) <= quota.most <= pace

    @given(st.integers(1, 60_000), factors, st.sampled_from(Lane))
    def test_what_is_less_urgent_never_reaches_further(self, pace: int, factor: float, lane: Lane) -> None:
        quota = Quota(pace, is_own=False, factor=factor)

        reach = [quota.limit(lane, priority, keeps_room=True) for priority in Priority]

        assert reach == sorted(reach, reverse=True)
