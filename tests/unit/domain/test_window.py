"""The customer service window: 24 hours from the customer's last message, not a moment more."""

from datetime import UTC, datetime, timedelta

from campotech_wa.domain import window

WRITTEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


class TestWindow:
    def test_it_closes_a_day_after_the_customers_last_message(self) -> None:
        assert window.expires_at(WRITTEN) == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    def test_it_is_open_until_the_last_instant(self) -> None:
        closes = WRITTEN + timedelta(hours=24)

        assert window.is_open(WRITTEN, now=closes - INSTANT)
        assert not window.is_open(WRITTEN, now=closes)

    def test_it_is_open_as_soon_as_the_customer_has_written(self) -> None:
        assert window.is_open(WRITTEN, now=WRITTEN)

    def test_it_was_never_open_for_a_customer_who_never_wrote(self) -> None:
        assert window.expires_at(None) is None
        assert not window.is_open(None, now=WRITTEN)

    def test_the_change_to_summer_time_does_not_stretch_it(self) -> None:
        zone = timedelta(hours=-3)

        closes = window.expires_at(WRITTEN)

        assert closes is not None
        assert closes - WRITTEN == timedelta(hours=24)
        assert not window.is_open(WRITTEN, now=closes - zone)
