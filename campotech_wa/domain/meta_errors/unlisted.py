"""What to make of a code that the table does not list (errors.md, section 5)."""

from dataclasses import replace
from http import HTTPStatus

from campotech_wa.domain.meta_errors.access import PERMISSION
from campotech_wa.domain.meta_errors.entry import Breaker, Entry, ErrorClass, Retry, Scope, Sms, Words

_COULD_NOT: Words = ("WhatsApp no pudo entregarlo.", "WhatsApp could not deliver it.")
_TEMPLATE: Words = (
    "WhatsApp rechazó la plantilla. Probá con otra y avisá a un administrador.",
    "WhatsApp rejected the template. Try another one and tell an admin.",
)
_REGISTRATION: Words = (
    "Falló un paso del alta del número. Un administrador tiene que revisarlo en Meta.",
    "A step of setting up the number failed. An admin has to look into it at Meta.",
)
_CALL: Words = ("WhatsApp no pudo hacer la llamada.", "WhatsApp could not make the call.")
_FLOW: Words = ("WhatsApp no pudo hacer ese cambio.", "WhatsApp could not make that change.")
_USERNAME: Words = (
    "WhatsApp no aceptó el nombre de usuario. Probá con otro.",
    "WhatsApp did not take the username. Try another one.",
)

UNKNOWN = Entry(0, ErrorClass.UNKNOWN, *_COULD_NOT, tells_human=True, is_listed=False)
"""No retry, no breaker, no SMS, and a human looks: the safe answer to what nobody knows yet."""


def _neighbours(
    kind: ErrorClass, words: Words, *, breaker: Breaker | None = None, sms: Sms = Sms.NO
) -> Entry:
    return replace(
        UNKNOWN,
        kind=kind,
        spanish=words[0],
        english=words[1],
        breaker=breaker or UNKNOWN.breaker,
        sms=sms,
    )


_APP = Breaker(Scope.APP)
_RANGES: tuple[tuple[range, Entry], ...] = (
    (range(200, 300), _neighbours(ErrorClass.AUTHORIZATION, PERMISSION, breaker=_APP, sms=Sms.URGENT)),
    (
        range(132_000, 133_000),
        _neighbours(ErrorClass.TEMPLATE, _TEMPLATE, breaker=Breaker(Scope.TEMPLATE, after=3), sms=Sms.URGENT),
    ),
    (range(133_000, 134_000), _neighbours(ErrorClass.ACCOUNT, _REGISTRATION)),
    (range(136_000, 137_000), _neighbours(ErrorClass.ACCOUNT, _REGISTRATION)),
    (range(138_000, 139_000), _neighbours(ErrorClass.CALL, _CALL)),
    (range(139_000, 140_000), _neighbours(ErrorClass.FLOW, _FLOW)),
    (range(147_000, 148_000), _neighbours(ErrorClass.USERNAME, _USERNAME)),
    (range(2_388_000, 2_389_000), _neighbours(ErrorClass.TEMPLATE_MANAGEMENT, _FLOW)),
    (range(2_494_000, 2_495_000), _neighbours(ErrorClass.MANAGEMENT, _FLOW)),
    (range(2_593_000, 2_594_000), _neighbours(ErrorClass.MANAGEMENT, _FLOW)),
)


def neighbourhood(code: int | None) -> Entry | None:
    """Return what holds for the codes around one, or None."""
    for codes, entry in _RANGES:
        if code is not None and code in codes:
            return replace(entry, code=code)
    return None


def by_answer(code: int, *, status: int | None, title: str) -> Entry:
    """Judge by the rest of the answer a code without a neighbourhood: the status counts here, and only here."""
    unknown = replace(UNKNOWN, code=code)
    if status == HTTPStatus.TOO_MANY_REQUESTS or "rate limit" in title.lower():
        return replace(unknown, retry=Retry.THROTTLE)
    if status is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return replace(unknown, retry=Retry.AMBIGUOUS)
    return unknown
