"""An alert begins above its threshold, ends well below it, and is carried a few times before it is given up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain import alerts
from campotech_wa.domain.alerts import Backlog, Kind
from campotech_wa.domain.panic import Thresholds
from campotech_wa.domain.panic_grounds import FEWEST_TRANSMITTED

backlogs = st.builds(
    Backlog, st.integers(0, 2000), st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=9))
)
thresholds = st.builds(
    Thresholds,
    alert_percent=st.integers(1, 95),
    alert_waiting=st.integers(1, 1000),
    alert_minutes=st.integers(1, 1440),
)
kinds = st.sampled_from([Kind.WAITING, Kind.OLD])
counts = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda two: (two[0], sum(two)))


@given(kinds, backlogs, thresholds)
def test_no_backlog_begins_and_ends_an_alert_at_once(
    kind: Kind, backlog: Backlog, chosen: Thresholds
) -> None:
    assert not (alerts.begins(kind, backlog, chosen) and alerts.is_over(kind, backlog, chosen))


@given(kinds, backlogs, thresholds, st.integers(0, 100))
def test_more_that_waits_is_never_less_of_an_alert(
    kind: Kind, backlog: Backlog, chosen: Thresholds, more: int
) -> None:
    grown = Backlog(backlog.waiting + more, backlog.oldest + timedelta(minutes=more))

    assert alerts.begins(kind, grown, chosen) >= alerts.begins(kind, backlog, chosen)
    assert alerts.is_over(kind, grown, chosen) <= alerts.is_over(kind, backlog, chosen)


@given(thresholds)
def test_an_empty_queue_ends_every_alert_about_it(chosen: Thresholds) -> None:
    assert all(alerts.is_over(kind, Backlog(), chosen) for kind in (Kind.WAITING, Kind.OLD))


@given(counts, thresholds)
def test_no_failures_begin_and_end_an_alert_at_once(counted: tuple[int, int], chosen: Thresholds) -> None:
    assert not (alerts.is_failing(*counted, chosen) and alerts.is_failing_over(*counted, chosen))


def test_a_queue_is_calm_again_at_half_its_threshold() -> None:
    assert alerts.begins(Kind.WAITING, Backlog(101), Thresholds())
    assert not alerts.begins(Kind.WAITING, Backlog(100), Thresholds())
    assert not alerts.is_over(Kind.WAITING, Backlog(51), Thresholds())
    assert alerts.is_over(Kind.WAITING, Backlog(50), Thresholds())
    assert not alerts.is_over(Kind.OLD, Backlog(1, timedelta(minutes=2, seconds=31)), Thresholds())


def test_twenty_per_cent_is_the_last_share_that_is_not_told() -> None:
    assert not alerts.is_failing(20, 100, Thresholds())
    assert alerts.is_failing(21, 100, Thresholds())
    assert not alerts.is_failing(FEWEST_TRANSMITTED - 1, FEWEST_TRANSMITTED - 1, Thresholds())


def test_the_alert_about_failures_ends_at_half_or_when_nothing_is_sent() -> None:
    assert alerts.is_failing_over(10, 100, Thresholds())
    assert not alerts.is_failing_over(11, 100, Thresholds())
    assert alerts.is_failing_over(3, 3, Thresholds())


def test_a_delivery_is_tried_ever_more_rarely_and_then_given_up() -> None:
    delays = [alerts.delay(attempts) for attempts in range(1, 6)]

    assert [delay for delay in delays if delay] == sorted(delay for delay in delays if delay)
    assert (None in delays, alerts.delay(6)) == (False, None)


NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def test_a_letter_leaves_at_once_until_there_were_many_in_the_hour() -> None:
    letters = [NOW - timedelta(minutes=minutes) for minutes in (50, 40, 30, 20, 10, 5)]

    assert alerts.next_letter(letters[1:], is_panic=False, now=NOW) == NOW
    assert alerts.next_letter(letters, is_panic=False, now=NOW) == NOW + timedelta(minutes=10)
    assert alerts.next_letter(letters, is_panic=True, now=NOW) == NOW


def test_letters_beyond_the_many_are_not_counted_against_the_next_one() -> None:
    letters = [NOW - timedelta(minutes=minutes) for minutes in (50, 40, 30, 20, 10, 5, 1)]

    assert alerts.next_letter(letters, is_panic=False, now=NOW) == NOW + timedelta(minutes=20)
