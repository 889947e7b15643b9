"""An alert in plain words, in both languages: a headline, and what to know or do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from campotech_wa.domain import panic_words
from campotech_wa.domain.alerts import Kind
from campotech_wa.domain.locale import LOCALES, Pair, pick
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.domain.panic_words import Happening

_HEADLINES: dict[Kind, Pair] = {
    Kind.FAILING: ("Fallan muchos envíos", "Many messages fail"),
    Kind.WAITING: ("Se juntaron mensajes en la cola", "Messages pile up in the queue"),
    Kind.OLD: ("Hay mensajes demorados", "Messages are late"),
    Kind.TEMPLATE: ("Meta no acepta una plantilla", "Meta does not accept a template"),
}

_BODIES: dict[Kind, Pair] = {
    Kind.FAILING: (
        "Fallaron {failed} de los últimos {transmitted} mensajes. Si sigue así, las plantillas se frenan solas.",
        "{failed} of the last {transmitted} messages failed. If that goes on, templates stop by themselves.",
    ),
    Kind.WAITING: (
        "Más de {waiting} mensajes esperan su turno. Salen solos, al ritmo permitido.",
        "More than {waiting} messages wait for their turn. They leave by themselves, at the allowed pace.",
    ),
    Kind.OLD: (
        "El más viejo espera desde hace más de {minutes} minutos.",
        "The oldest has been waiting for more than {minutes} minutes.",
    ),
    Kind.TEMPLATE: (
        "La plantilla “{name}” ya no se puede usar: {status}. Corregila en Meta o usá otra.",
        "The template “{name}” can not be used: {status}. Correct it at Meta or use another one.",
    ),
}

_STATUSES: dict[str, Pair] = {
    "REJECTED": ("la rechazaron", "it was rejected"),
    "PAUSED": ("está pausada por baja calidad", "it is paused for low quality"),
    "DISABLED": ("la desactivaron", "it was disabled"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of an alert."""

    headline: str
    body: str


def alert(kind: Kind, subject: str, detail: Mapping[str, object], *, locale: str) -> Words:
    """Say what an alert is about."""
    language = LOCALES.index(locale)
    if kind is Kind.PANIC:
        return _panic(detail, locale)
    known = {"failed": 0, "transmitted": 0, "waiting": 0, "minutes": 0} | dict(detail)
    status = _STATUSES.get(
        str(known.get("status", "")), ("Meta no la deja enviar", "Meta does not let it be sent")
    )
    told = known | {"name": subject, "status": status[language]}
    return Words(_HEADLINES[kind][language], _BODIES[kind][language].format(**told))


def together(told: Sequence[Words], *, locale: str) -> Words:
    """Say several things in one letter."""
    if len(told) == 1:
        return told[0]
    headline = pick((f"{len(told)} avisos", f"{len(told)} alerts"), locale)
    return Words(headline, "\n\n".join(f"{each.headline}\n{each.body}" for each in told))


def cleared(words: Words, *, locale: str) -> Words:
    """Say that it is over."""
    headline = pick((f"Resuelto: {words.headline}", f"Over: {words.headline}"), locale)
    return Words(headline, words.body)


def _panic(detail: Mapping[str, object], locale: str) -> Words:
    code = detail.get("code")
    words = panic_words.banner(
        Happening(
            reason=Reason(str(detail.get("reason", Reason.MANUAL))),
            extent=Extent(str(detail.get("lanes", Extent.BUSINESS))),
            phase=Phase.HALTED,
            code=code if isinstance(code, int) else None,
            numbers=_object(detail.get("numbers")),
            note=str(detail.get("note", "")),
            number="",
            next_look="",
            is_due=True,
            probe_size=0,
        ),
        locale=locale,
    )
    return Words(words.title, f"{words.why} {words.works}")


def _object(stored: object) -> Mapping[str, object]:
    return cast("dict[str, object]", stored) if isinstance(stored, dict) else {}
