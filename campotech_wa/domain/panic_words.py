"""A panic in plain words for staff, in both languages: what stopped, why, what still works, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from campotech_wa.domain import meta_errors
from campotech_wa.domain.locale import LOCALES, Pair
from campotech_wa.domain.meta_errors import ErrorClass
from campotech_wa.domain.panic import Extent, Phase, Reason
from campotech_wa.domain.panic_probe import is_checked_first


@dataclass(frozen=True, slots=True)
class Happening:
    """A panic as the words need it; ``number`` is empty where the company has only one."""

    reason: Reason
    extent: Extent
    phase: Phase
    code: int | None
    numbers: Mapping[str, object]
    note: str
    number: str
    next_look: str
    """The time of day."""
    is_due: bool
    probe_size: int


@dataclass(frozen=True, slots=True)
class Words:
    """The four sentences of the banner."""

    title: str
    why: str
    works: str
    outlook: str


_TITLES: dict[Extent, Pair] = {
    Extent.BUSINESS: ("Las plantillas están frenadas", "Templates are stopped"),
    Extent.ALL: ("Los envíos están frenados", "Sending is stopped"),
}

_WHY: dict[Reason, Pair] = {
    Reason.FAILURE_RATE: ("Fallaron demasiados mensajes.", "Too many messages failed."),
    Reason.RATE_LIMITED: (
        "Meta pide desde hace varios minutos que el número envíe menos.",
        "For some minutes Meta has been asking the number to send less.",
    ),
    Reason.AUTH: (
        "La conexión con WhatsApp dejó de funcionar.",
        "The connection to WhatsApp stopped working.",
    ),
    Reason.API_ERROR: ("WhatsApp está respondiendo con errores.", "WhatsApp keeps answering with errors."),
    Reason.MANUAL: ("Lo decidió un administrador.", "An admin decided so."),
}

_COUNTED: Pair = (
    "Fallaron {failed} de los últimos {transmitted} mensajes.",
    "{failed} of the last {transmitted} messages failed.",
)

_WORKS: dict[Extent, Pair] = {
    Extent.BUSINESS: (
        "Podés seguir respondiendo a quienes escribieron. Las plantillas esperan en la cola y no se pierden.",
        "You can go on answering those who wrote. Templates wait in the queue; nothing is lost.",
    ),
    Extent.ALL: (
        "Los mensajes de los clientes siguen llegando. Lo que escribas espera en la cola y no se pierde.",
        "Customers' messages keep arriving. What you write waits in the queue; nothing is lost.",
    ),
}

_PROBED: Pair = (
    "A las {time} se prueba con un solo mensaje.",
    "At {time} a single message goes out as a probe.",
)
_CHECKED: Pair = (
    "A las {time} se vuelve a consultar a Meta. Hasta que no lo acepte, no sale nada.",
    "Meta is asked again at {time}. Nothing leaves until it agrees.",
)
_NOW: Pair = ("Se está revisando ahora.", "It is being checked right now.")
_FIRST_PROBE: Pair = (
    "Se está probando: el próximo mensaje sale solo. Si anda bien, siguen los demás.",
    "It is being probed: the next message leaves alone. If that goes well, the others follow.",
)
_NEXT_PROBE: Pair = (
    "La prueba va bien: salen de a {size} mensajes. Si siguen bien, vuelve todo a la normalidad.",
    "The probe goes well: {size} messages leave. If they do well too, all is back to normal.",
)


def banner(happening: Happening, *, locale: str) -> Words:
    """Say it to whoever works at the desk."""
    language = LOCALES.index(locale)
    title = _TITLES[happening.extent][language]
    return Words(
        title=f"{happening.number}: {title[0].lower()}{title[1:]}" if happening.number else title,
        why=_why(happening, language),
        works=_WORKS[happening.extent][language],
        outlook=_outlook(happening, language),
    )


def _why(happening: Happening, language: int) -> str:
    """Say why: the numbers where something was counted, Meta's error where the catalogue has a sentence for it."""
    if happening.reason is Reason.FAILURE_RATE and {"failed", "transmitted"} <= happening.numbers.keys():
        counted = {name: happening.numbers[name] for name in ("failed", "transmitted")}
        return _COUNTED[language].format(**counted)
    if happening.reason is Reason.MANUAL and happening.note:
        return f"{_WHY[Reason.MANUAL][language]} “{happening.note}”"
    return _of_the_catalogue(happening, language) or _WHY[happening.reason][language]


def _of_the_catalogue(happening: Happening, language: int) -> str:
    if happening.code is None or happening.reason in (Reason.FAILURE_RATE, Reason.MANUAL):
        return ""
    entry = meta_errors.find(happening.code)
    if entry.kind in (ErrorClass.UNKNOWN, ErrorClass.SERVICE, ErrorClass.THROTTLE):
        return ""
    return (entry.spanish, entry.english)[language]


def _outlook(happening: Happening, language: int) -> str:
    if happening.phase is Phase.PROBING:
        probe = _FIRST_PROBE if happening.probe_size <= 1 else _NEXT_PROBE
        return probe[language].format(size=happening.probe_size)
    if happening.is_due:
        return _NOW[language]
    is_checked = is_checked_first(happening.reason, happening.extent)
    return (_CHECKED if is_checked else _PROBED)[language].format(time=happening.next_look)
