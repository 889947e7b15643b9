"""What the outbox's words mean to a person: what waits, what is held and what to do about it, in both languages."""

from campotech_wa.domain import policies
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.locale import SPANISH, pick
from campotech_wa.domain.outbox_state import HoldReason, Lane, Priority
from campotech_wa.domain.policies import Action

_LANES = {
    Lane.REPLY: ("Respuestas", "Replies"),
    Lane.BUSINESS: ("Plantillas", "Templates"),
}

_PRIORITIES = {
    Priority.HIGH: ("alta", "high"),
    Priority.NORMAL: ("normal", "normal"),
    Priority.LOW: ("baja", "low"),
}

_HELD: dict[str, tuple[str, str]] = {
    HoldReason.WINDOW: (
        "La ventana se cerró mientras esperaba. Sale solo si el cliente vuelve a escribir, o cancelalo.",
        "The window closed while it waited. It leaves if the customer writes again, or cancel it.",
    ),
    HoldReason.TEMPLATE: (
        "Su plantilla no está aprobada o le falta un dato. Sale solo cuando Meta la apruebe, o cancelalo.",
        "Its template is not approved or lacks a value. It leaves once Meta approves it, or cancel it.",
    ),
    HoldReason.CONSENT: (
        "El cliente pidió no recibir estos mensajes. Cancelalo.",
        "The customer asked not to get such messages. Cancel it.",
    ),
    HoldReason.CHANNEL: (
        "El número no está conectado. Reconectalo en Ajustes y sale solo.",
        "The number is not connected. Connect it again under Settings and it leaves by itself.",
    ),
    HoldReason.MEDIA: (
        "Falta su archivo. Cancelalo y volvé a enviarlo.",
        "Its file is gone. Cancel it and send it again.",
    ),
}
_HELD_SOMEHOW = (
    "Está detenido. Cancelalo o enviá de nuevo.",
    "It is held. Cancel it or send again.",
)

_HELD_SHORT: dict[str, tuple[str, str]] = {
    HoldReason.WINDOW: ("ventana cerrada", "window closed"),
    HoldReason.TEMPLATE: ("plantilla no lista", "template not ready"),
    HoldReason.CONSENT: ("el cliente no quiere", "customer opted out"),
    HoldReason.CHANNEL: ("número sin conectar", "number not connected"),
    HoldReason.MEDIA: ("falta un archivo", "file gone"),
}

_STANDING = {
    "later": ("Programado para {at}", "Scheduled for {at}"),
    "unconfirmed": (
        "Sin confirmar: puede haber llegado. Esperamos una señal hasta las {at}.",
        "Unconfirmed: it may have arrived. We wait for a sign until {at}.",
    ),
    "lost": (
        "Sin confirmar: puede haber llegado. Si lo enviás de nuevo, el cliente puede recibirlo dos veces.",
        "Unconfirmed: it may have arrived. If you send it again, the customer may get it twice.",
    ),
    "cancelled": ("Cancelado: no se envió.", "Cancelled: it was not sent."),
}

_POSTPONED = {
    Action.SLOW_DOWN: (
        "WhatsApp pidió ir más despacio: sale solo.",
        "WhatsApp asked to slow down: it leaves by itself.",
    ),
    Action.WAIT: (
        "WhatsApp pidió esperar antes de este mensaje: sale solo.",
        "WhatsApp asked to wait before this message: it leaves by itself.",
    ),
}
_POSTPONED_SOMEHOW = (
    "WhatsApp todavía no lo tomó: se intenta de nuevo.",
    "WhatsApp has not taken it yet: it is tried again.",
)
_POSTPONED_UNTIL = (
    "WhatsApp todavía no lo tomó: nuevo intento a las {at}.",
    "WhatsApp has not taken it yet: next try at {at}.",
)

FLOWING = Saying("Enviando con normalidad", "Sending normally", Tone.GOOD)
SLOWED = Saying("Meta pidió ir más despacio", "Meta asked to slow down", Tone.WARN)
STUCK = Saying("Hay mensajes detenidos", "Messages are held", Tone.WARN)
BUSINESS_PAUSED = Saying("Plantillas en pausa", "Templates paused", Tone.WARN)
ALL_PAUSED = Saying("Todo en pausa", "Everything paused", Tone.WARN)
BUSINESS_PANIC = Saying("Plantillas frenadas", "Templates stopped", Tone.BAD)
ALL_PANIC = Saying("Envíos frenados", "Sending stopped", Tone.BAD)

PANIC_REASONS = {
    "high_failure_rate": Saying("Fallan demasiados envíos", "Too many sends fail", Tone.BAD),
    "rate_limited": Saying(
        "Meta pide una y otra vez ir más despacio", "Meta keeps asking to slow down", Tone.BAD
    ),
    "auth_failure": Saying(
        "Meta no acepta las credenciales", "Meta does not accept the credentials", Tone.BAD
    ),
    "api_error": Saying("Meta responde con errores", "Meta answers with errors", Tone.BAD),
    "manual": Saying("Frenado a mano", "Stopped by hand", Tone.BAD),
}


def lane(word: str, priority: int, *, locale: str) -> str:
    """Name a lane and a priority, such as ``Respuestas · alta``."""
    return f"{pick(_LANES[Lane(word)], locale)} · {priority_name(priority, locale=locale)}"


def priority_name(priority: int, *, locale: str) -> str:
    """Name a priority."""
    return pick(_PRIORITIES[Priority(priority)], locale)


def held(reason: str, *, locale: str) -> str:
    """Say why a message is held, and what to do."""
    return pick(_HELD.get(reason, _HELD_SOMEHOW), locale)


def held_short(reason: str, *, locale: str) -> str:
    """Say in two or three words why messages are held."""
    return pick(_HELD_SHORT.get(reason, ("otro motivo", "another reason")), locale)


def standing(kind: str, *, locale: str, at: str = "") -> str:
    """Say where a message stands: ``later``, ``unconfirmed``, ``lost`` or ``cancelled``."""
    return pick(_STANDING[kind], locale).format(at=at)


def postponed(code: int | None, *, locale: str, at: str = "") -> str:
    """Say why a message is tried again, by Meta's code; there is none where nothing answered."""
    somehow = _POSTPONED_UNTIL if at else _POSTPONED_SOMEHOW
    return pick(_POSTPONED.get(policies.of_code(code).action, somehow), locale).format(at=at)


def count(number: int, *, most: int, locale: str) -> str:
    """Write a number, or that there are more than were counted."""
    if number > most:
        return pick((f"más de {_grouped(most, locale)}", f"over {_grouped(most, locale)}"), locale)
    return _grouped(number, locale)


def _grouped(number: int, locale: str) -> str:
    """Part the thousands, as each language does; the space is one that does not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}" if locale == SPANISH else ",")
