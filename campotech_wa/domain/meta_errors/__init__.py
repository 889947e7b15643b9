"""Meta's error codes: a code goes in, what it asks of us and says to staff comes out (reference errors.md)."""

from dataclasses import replace

from campotech_wa.domain.meta_errors import (
    access,
    conduct,
    features,
    numbers,
    recipients,
    requests,
    templates,
    unlisted,
)
from campotech_wa.domain.meta_errors.entry import Breaker, Entry, ErrorClass, Retry, Scope, Sms, Traffic

__all__ = ["TABLE", "Breaker", "Entry", "ErrorClass", "Retry", "Scope", "Sms", "Traffic", "find"]

TABLE: tuple[Entry, ...] = (
    *access.AUTHORIZATION,
    *access.THROTTLING,
    *conduct.INTEGRITY,
    *recipients.RECIPIENTS,
    *recipients.WINDOW,
    *templates.SENDING,
    *templates.MANAGEMENT,
    *requests.PARAMETERS,
    *requests.SERVICE,
    *requests.MEDIA,
    *numbers.BILLING,
    *numbers.ACCOUNT,
    *numbers.MIGRATION,
    *features.BLOCK_LIST,
    *features.USERNAMES,
    *features.ROUTING,
    *features.GROUPS,
    *features.CALLS,
    *features.FLOWS,
)
"""Every code that the reference lists, once."""

_BY_CODE = {entry.code: entry for entry in TABLE}

_PAIRS = {
    (100, 33): requests.OBJECT_UNKNOWN,
    (136024, 2388091): _BY_CODE[136024],
    (136025, 2388093): _BY_CODE[136025],
}
"""Where code and subcode together mean another thing than the subcode alone."""

_LEAST_TELLING = 100
"""Meta's code for almost anything: what stands in the subcode is what happened."""

_LOCKED, _WRONG_PIN = 131031, 133005

_SMALLEST_SUBCODE_THAT_IS_A_CODE = 1_000_000


def find(
    code: int,
    *,
    subcode: int | None = None,
    is_transient: bool = False,
    status: int | None = None,
    title: str = "",
    registering: bool = False,
) -> Entry:
    """Return what the catalogue says of an error; an unlisted one falls to the safe rules of its neighbourhood.

    ``registering`` tells that a number was being registered: there 131031 is but a wrong PIN (section 4.4).
    """
    if registering and code == _LOCKED:
        return _BY_CODE[_WRONG_PIN]
    entry = _listed(code, subcode) or unlisted.by_answer(code, status=status, title=title)
    return _transient(entry) if is_transient else entry


def _listed(code: int, subcode: int | None) -> Entry | None:
    pair = _PAIRS.get((code, subcode or 0))
    if pair or subcode is None or subcode < _SMALLEST_SUBCODE_THAT_IS_A_CODE:
        return pair or _by_code(code)
    around = unlisted.neighbourhood(subcode) if code == _LEAST_TELLING else None
    return _BY_CODE.get(subcode) or around or _by_code(code)


def _by_code(code: int) -> Entry | None:
    return _BY_CODE.get(code) or unlisted.neighbourhood(code)


def _transient(entry: Entry) -> Entry:
    """Follow Meta's own word that it passes. What is known not to have been accepted stays so."""
    if entry.passes_soon:
        return entry
    return replace(entry, retry=Retry.AMBIGUOUS, sms=Sms.NO if entry.sms is Sms.NO else Sms.URGENT)
