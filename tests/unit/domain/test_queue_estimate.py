"""When a waiting message leaves."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.queue_estimate import WINDOW, Kind, Outlook, Stop, Window, outlook, stopped_by

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def used(*seconds_ago: float) -> list[datetime]:
    return [NOW - seconds(each) for each in seconds_ago]


def test_a_message_with_room_in_the_window_leaves_at_once() -> None:
    assert outlook(4, Window(10, used(30, 20, 10)), now=NOW) == Outlook(Kind.SOON)


def test_the_first_without_room_leaves_when_the_oldest_slot_is_free_again() -> None:
    full = Window(3, used(50, 20, 10))

    assert outlook(0, full, now=NOW) == Outlook(Kind.PACED, 0, NOW + seconds(10))
    assert outlook(2, full, now=NOW) == Outlook(Kind.PACED, 2, NOW + seconds(50))


def test_who_comes_after_a_whole_window_waits_a_minute_more_for_each() -> None:
    full = Window(3, used(50, 20, 10))

    assert outlook(3, full, now=NOW).at == NOW + seconds(10) + WINDOW
    assert outlook(9, full, now=NOW).at == NOW + seconds(10) + 3 * WINDOW


def test_the_slots_that_others_take_before_it_are_free_again_a_minute_later() -> None:
    half_empty = Window(10, used(50, 40, 30, 20, 10))

    assert outlook(4, half_empty, now=NOW).kind is Kind.SOON
    assert outlook(5, half_empty, now=NOW).at == NOW + seconds(10)
    assert outlook(10, half_empty, now=NOW).at == NOW + WINDOW


def test_a_wait_of_a_moment_is_none() -> None:
    assert outlook(0, Window(1, used(58)), now=NOW).kind is Kind.SOON


def test_the_message_before_it_holds_up_its_line() -> None:
    waiting = outlook(1, Window(50, []), now=NOW, line_until=NOW + seconds(40))

    assert waiting == Outlook(Kind.LINE, 1, NOW + seconds(40))
    assert outlook(1, Window(50, []), now=NOW, line_until=NOW - seconds(1)).kind is Kind.SOON


def test_of_two_waits_the_longer_one_is_told() -> None:
    def waits(line: float, slowed: float) -> Outlook:
        return outlook(
            0, Window(50, []), now=NOW, line_until=NOW + seconds(line), slowed_until=NOW + seconds(slowed)
        )

    assert waits(10, 40) == Outlook(Kind.SLOWED, 0, NOW + seconds(40))
    assert waits(40, 10) == Outlook(Kind.LINE, 0, NOW + seconds(40))
    assert waits(-1, 1).kind is Kind.SOON


def test_a_pause_has_no_end_that_anybody_knows() -> None:
    assert stopped_by(Stop()) is None
    assert stopped_by(Stop(is_paused=True)) == Outlook(Kind.PAUSED)


def test_a_panic_goes_before_a_pause_and_tells_its_next_probe() -> None:
    stop = Stop(is_paused=True, probe_at=NOW + seconds(600))

    assert stopped_by(stop) == Outlook(Kind.PANIC, at=NOW + seconds(600))


@given(
    ahead=st.integers(0, 20_000),
    size=st.integers(1, 5_000),
    ages=st.lists(st.floats(0, 60), max_size=80),
)
def test_nobody_leaves_in_the_past_nor_before_who_stands_ahead(
    ahead: int, size: int, ages: list[float]
) -> None:
    window = Window(size, used(*sorted(ages, reverse=True)[-size:]))

    first, second = outlook(ahead, window, now=NOW), outlook(ahead + 1, window, now=NOW)

    assert NOW <= (first.at or NOW) <= (second.at or NOW)
