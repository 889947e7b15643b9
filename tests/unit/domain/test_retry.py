"""Waits grow with each failure, are spread by jitter, and end."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.retry import UNCONFIRMED_GRACE, intake_delay, send_delay

HALF, WHOLE = 0.0, 0.999_999

jitters = st.floats(min_value=0, max_value=1, exclude_max=True)


class TestSendDelay:
    def test_it_grows_and_then_gives_up(self) -> None:
        delays = [send_delay(attempts, jitter=HALF) for attempts in range(1, 7)]

        assert delays == [
            timedelta(seconds=2.5),
            timedelta(seconds=15),
            timedelta(minutes=1),
            timedelta(minutes=5),
            timedelta(minutes=15),
            None,
        ]

    @given(st.integers(min_value=1, max_value=5), jitters)
    def test_jitter_keeps_it_between_its_half_and_its_whole(self, attempts: int, jitter: float) -> None:
        shortest = send_delay(attempts, jitter=HALF)
        delay = send_delay(attempts, jitter=jitter)

        assert shortest is not None
        assert delay is not None
        assert shortest <= delay <= shortest * 2

    def test_many_that_failed_together_do_not_come_back_together(self) -> None:
        assert send_delay(1, jitter=HALF) != send_delay(1, jitter=WHOLE)


class TestIntakeDelay:
    @pytest.mark.parametrize(("attempts", "seconds"), [(1, 1), (2, 5), (3, 30), (4, 150)])
    def test_it_grows(self, attempts: int, seconds: float) -> None:
        assert intake_delay(attempts, jitter=HALF) == timedelta(seconds=seconds)

    def test_after_the_last_one_come_the_dead_letters(self) -> None:
        assert intake_delay(5, jitter=HALF) is None


class TestGrace:
    def test_it_outlives_what_meta_takes_to_report(self) -> None:
        assert timedelta(seconds=30) < UNCONFIRMED_GRACE
