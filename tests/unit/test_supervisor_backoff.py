"""How long a program that ended waits before it is started again."""

from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.supervision import backoff


def test_delays_double_from_a_fifth_of_a_second_to_five_seconds() -> None:
    delays = [backoff.delay(failures) for failures in range(1, 8)]

    assert delays == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


@given(st.integers(min_value=1, max_value=10**9))
def test_no_number_of_failures_leaves_the_bounds(failures: int) -> None:
    assert backoff.FIRST_DELAY <= backoff.delay(failures) <= backoff.LONGEST_DELAY


def test_a_short_run_counts_as_one_more_failure() -> None:
    assert backoff.failures_after(0.5, failures=3) == 4


def test_a_long_run_forgets_the_failures_before_it() -> None:
    assert backoff.failures_after(backoff.STEADY_AFTER, failures=9) == 1
