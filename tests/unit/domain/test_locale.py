"""Moments are written as the organization's people write them, in its own time zone."""

from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain import locale
from campotech_wa.domain.locale import ENGLISH, SPANISH

BUENOS_AIRES = "America/Argentina/Buenos_Aires"
MADRID = "Europe/Madrid"
NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
"""A Monday, 12:30 in Buenos Aires."""


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def day(moment: datetime, language: str = SPANISH) -> str:
    return locale.day(moment, now=NOW, zone=BUENOS_AIRES, locale=language)


def short(moment: datetime, language: str = SPANISH) -> str:
    return locale.short(moment, now=NOW, zone=BUENOS_AIRES, locale=language)


class TestClockTime:
    def test_it_is_written_on_24_hours_in_the_zone(self) -> None:
        moment = datetime(2026, 7, 1, 12, 5, tzinfo=UTC)

        assert locale.clock_time(moment, zone=BUENOS_AIRES) == "09:05"
        assert locale.clock_time(moment, zone=MADRID) == "14:05"


class TestDay:
    @pytest.mark.parametrize(
        ("days", "spanish", "english"),
        [
            (0, "Hoy", "Today"),
            (1, "Ayer", "Yesterday"),
            (2, "Sábado", "Saturday"),
            (6, "Martes", "Tuesday"),
            (7, "16 de noviembre de 2026", "16 November 2026"),
            (365, "23 de noviembre de 2025", "23 November 2025"),
        ],
    )
    def test_it_is_as_short_as_it_is_clear(self, days: int, spanish: str, english: str) -> None:
        moment = ago(days=days)

        assert (day(moment), day(moment, ENGLISH)) == (spanish, english)

    def test_it_ends_at_the_organizations_midnight_and_not_at_ours(self) -> None:
        before_midnight = datetime(2026, 11, 23, 2, 59, tzinfo=UTC)
        after_midnight = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

        assert (day(before_midnight), day(after_midnight)) == ("Ayer", "Hoy")

    def test_nor_does_today_begin_at_ours(self) -> None:
        late_evening = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

        assert locale.day(NOW, now=late_evening, zone=BUENOS_AIRES, locale=SPANISH) == "Hoy"

    def test_a_moment_still_to_come_is_written_in_full(self) -> None:
        assert day(ago(days=-1)) == "24 de noviembre de 2026"


class TestShort:
    @pytest.mark.parametrize(
        ("days", "spanish", "english"),
        [
            (0, "12:30", "12:30"),
            (1, "ayer", "Yesterday"),
            (2, "sáb", "Sat"),
            (6, "mar", "Tue"),
            (7, "16/11/26", "16/11/26"),
        ],
    )
    def test_it_fits_into_a_list(self, days: int, spanish: str, english: str) -> None:
        moment = ago(days=days)

        assert (short(moment), short(moment, ENGLISH)) == (spanish, english)


class TestMomentToCome:
    @pytest.mark.parametrize(
        ("days", "written"), [(0, "12:30"), (1, "24/11 12:30"), (40, "02/01/27 12:30"), (-1, "22/11 12:30")]
    )
    def test_it_names_the_day_where_it_is_not_today_and_the_year_where_it_is_another(
        self, days: int, written: str
    ) -> None:
        moment = NOW + timedelta(days=days)

        assert locale.stamp(moment, now=NOW, zone="America/Argentina/Buenos_Aires") == written
