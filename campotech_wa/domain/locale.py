"""The languages of the product and how each writes a moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SPANISH = "es-AR"
ENGLISH = "en"
LOCALES = (SPANISH, ENGLISH)

Pair = tuple[str, str]
"""The same in Spanish and in English."""

_WEEKDAYS = {
    SPANISH: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    SPANISH: (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
        "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    ENGLISH: (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_TODAY = {SPANISH: "Hoy", ENGLISH: "Today"}
_YESTERDAY = {SPANISH: "Ayer", ENGLISH: "Yesterday"}
_A_WEEK = 7


def pick(words: Pair, locale: str) -> str:
    """Return the words of a language."""
    return words[LOCALES.index(locale)]


def clock_time(moment: datetime, *, zone: str) -> str:
    """Write the time of day, on 24 hours in both languages: ``09:05``."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day(moment: datetime, *, now: datetime, zone: str, locale: str) -> str:
    """Write the day for a heading: today, yesterday, a weekday of the last week, or a whole date."""
    local, days = _local(moment, now, zone)
    if days == 0:
        return _TODAY[locale]
    if days == 1:
        return _YESTERDAY[locale]
    if 1 < days < _A_WEEK:
        return _WEEKDAYS[locale][local.weekday()].capitalize()
    month = _MONTHS[locale][local.month - 1]
    if locale == SPANISH:
        return f"{local.day} de {month} de {local.year}"
    return f"{local.day} {month} {local.year}"


def short(moment: datetime, *, now: datetime, zone: str, locale: str) -> str:
    """Write a moment for a list: the time today, else yesterday, a weekday, or ``23/11/26``."""
    local, days = _local(moment, now, zone)
    if days == 0:
        return clock_time(moment, zone=zone)
    if days == 1:
        return _YESTERDAY[locale].lower() if locale == SPANISH else _YESTERDAY[locale]
    if 1 < days < _A_WEEK:
        return _WEEKDAYS[locale][local.weekday()][:3]
    return local.strftime("%d/%m/%y")


def stamp(moment: datetime, *, now: datetime, zone: str) -> str:
    """Write when something will be: ``09:05`` today, else ``24/11 09:05``, with the year where it is another."""
    local, days = _local(moment, now, zone)
    if days == 0:
        return clock_time(moment, zone=zone)
    is_this_year = local.year == now.astimezone(ZoneInfo(zone)).year
    return local.strftime("%d/%m %H:%M" if is_this_year else "%d/%m/%y %H:%M")


def _local(moment: datetime, now: datetime, zone: str) -> tuple[datetime, int]:
    """Return the moment in the zone, and how many midnights lie between it and now."""
    local = moment.astimezone(ZoneInfo(zone))
    return local, (now.astimezone(ZoneInfo(zone)).date() - local.date()) // timedelta(days=1)
