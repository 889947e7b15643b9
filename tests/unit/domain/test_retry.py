"""Waits for what comes in grow with each failure, are spread by jitter, and end."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.retry import MEDIA_KEPT, fetch_delay, intake_delay

HALF, WHOLE = 0.0, 0.999_999

jitters = st.floats(min_value=0, max_value=1, exclude_max=True)


class TestIntakeDelay:
    @pytest.mark.parametrize(("attempts", "seconds"), [(1, 1), (2, 5), (3, 30), (4, 150)])
    def test_it_grows(self, attempts: int, seconds: float) -> None:
        assert intake_delay(attempts, jitter=HALF) == timedelta(seconds=seconds)

    def test_after_the_last_one_come_the_dead_letters(self) -> None:
        assert intake_delay(5, jitter=HALF) is None

    def test_many_that_failed_together_do_not_come_back_together(self) -> None:
        assert intake_delay(1, jitter=HALF) != intake_delay(1, jitter=WHOLE)


class TestFetchDelay:
    @given(st.integers(min_value=1, max_value=100), jitters)
    def test_it_never_ends_before_meta_has_dropped_the_file(self, attempts: int, jitter: float) -> None:
        shortest = fetch_delay(attempts, jitter=HALF)

        assert shortest <= fetch_delay(attempts, jitter=jitter) <= shortest * 2
        assert shortest < MEDIA_KEPT

    def test_it_grows_until_its_last_which_repeats(self) -> None:
        delays = [fetch_delay(attempts, jitter=HALF) for attempts in range(1, 9)]

        assert delays == sorted(delays)
        assert delays[-1] == delays[-2] == timedelta(hours=3)
