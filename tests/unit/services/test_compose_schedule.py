"""When a message may leave is read strictly, and checked against the clock and the customer service window."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.outbox_state import Priority
from campotech_wa.errors import InvalidInput, WindowClosed
from campotech_wa.services.compose import schedule

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


class TestReadPriority:
    @pytest.mark.parametrize(
        ("word", "priority"),
        [("high", Priority.HIGH), ("normal", Priority.NORMAL), ("low", Priority.LOW), (None, Priority.LOW)],
    )
    def test_a_word_is_read_and_none_is_the_default(self, word: str | None, priority: Priority) -> None:
        assert schedule.read_priority(word, Priority.LOW) is priority

    @pytest.mark.parametrize("value", ["", "HIGH", "urgent", 0, ["high"], {}])
    def test_any_other_is_refused_with_those_there_are(self, value: object) -> None:
        with pytest.raises(InvalidInput) as refused:
            schedule.read_priority(value, Priority.HIGH)

        assert (refused.value.code, refused.value.field) == ("unknown_value", "priority")
        assert "high, normal, low" in refused.value.detail


class TestReadSendAt:
    @pytest.mark.parametrize(
        "told",
        [
            "2026-11-24T09:30:00-03:00",
            "2026-11-24T12:30:00Z",
            "2026-11-24 12:30+00:00",
            "2026-11-24T12:30:00.000+00:00",
        ],
    )
    def test_iso_8601_with_a_zone_is_a_moment_in_utc(self, told: str) -> None:
        read = schedule.read_send_at(told)

        assert read == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
        assert read is not None
        assert read.tzinfo is UTC

    def test_none_is_none(self) -> None:
        assert schedule.read_send_at(None) is None

    @pytest.mark.parametrize(
        "told",
        [
            "", "tomorrow", "2026-11-24", "2026-11-24T09:30:00", "24/11/2026 09:30", "2026-02-30T09:30:00Z",
            "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 1764000000, True, ["2026-11-24T12:30:00Z"],
        ],
    )  # fmt: skip
    def test_what_leaves_the_moment_open_is_refused_with_an_example(self, told: object) -> None:
        with pytest.raises(InvalidInput) as refused:
            schedule.read_send_at(told)

        assert (refused.value.code, refused.value.field) == ("not_a_time", "send_at")
        assert "-03:00" in refused.value.detail

    @given(st.text())
    def test_every_text_is_a_moment_or_refused(self, told: str) -> None:
        try:
            read = schedule.read_send_at(told)
        except InvalidInput:
            return

        assert read is not None
        assert read.tzinfo is UTC


class TestCheck:
    @pytest.mark.parametrize("away", [timedelta(minutes=-1), timedelta(0), timedelta(days=90)])
    def test_from_a_minute_ago_to_ninety_days_ahead(self, away: timedelta) -> None:
        schedule.check(NOW + away, now=NOW)

    @pytest.mark.parametrize(
        ("away", "code"),
        [(timedelta(minutes=-1) - SECOND, "in_the_past"), (timedelta(days=90) + SECOND, "too_far_ahead")],
    )
    def test_neither_earlier_nor_later(self, away: timedelta, code: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            schedule.check(NOW + away, now=NOW)

        assert (refused.value.code, refused.value.field) == (code, "send_at")


class TestCheckWindow:
    WROTE = NOW - timedelta(hours=20)

    @pytest.mark.parametrize("hours", [None, 3.9])
    def test_while_it_is_open_free_text_may_leave(self, hours: float | None) -> None:
        send_at = None if hours is None else NOW + timedelta(hours=hours)

        schedule.check_window(self.WROTE, send_at, now=NOW)

    def test_a_time_after_it_closes_is_refused_with_when_it_closes(self) -> None:
        with pytest.raises(InvalidInput) as refused:
            schedule.check_window(self.WROTE, NOW + timedelta(hours=4), now=NOW)

        assert (refused.value.code, refused.value.field) == ("after_window", "send_at")
        assert "2026-11-23T19:00:00+00:00" in refused.value.detail
        assert "template" in refused.value.detail

    @pytest.mark.parametrize("wrote", [None, NOW - timedelta(hours=24)])
    def test_once_it_is_closed_no_time_helps(self, wrote: datetime | None) -> None:
        with pytest.raises(WindowClosed):
            schedule.check_window(wrote, NOW + timedelta(hours=1), now=NOW)


class TestDeparture:
    @given(st.none() | moments, moments)
    def test_it_is_the_time_given_and_never_before_now(self, send_at: datetime | None, now: datetime) -> None:
        leaves = schedule.departure(send_at, now=now)

        assert leaves >= now
        assert leaves in {send_at, now}
