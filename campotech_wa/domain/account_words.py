"""Meta's words for the state of a number and its account become words for staff, with a tone (sending.md 4)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from campotech_wa.domain.locale import pick


class Tone(StrEnum):
    """How much a person should care."""

    GOOD = "good"
    QUIET = "quiet"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Saying:
    """Words in both languages, and their tone."""

    spanish: str
    english: str
    tone: Tone

    def words(self, locale: str) -> str:
        """Return the words of a language."""
        return pick((self.spanish, self.english), locale)


_STATUS = {
    "CONNECTED": Saying("Conectado", "Connected", Tone.GOOD),
    "PENDING": Saying("Pendiente de registro", "Registration pending", Tone.WARN),
    "FLAGGED": Saying("Observado por baja calidad", "Flagged for low quality", Tone.WARN),
    "RATE_LIMITED": Saying("Llegó a su límite de mensajes", "At its messaging limit", Tone.WARN),
    "RESTRICTED": Saying("Restringido por Meta", "Restricted by Meta", Tone.BAD),
    "BANNED": Saying("Bloqueado por Meta", "Banned by Meta", Tone.BAD),
    "DISCONNECTED": Saying("Desconectado", "Disconnected", Tone.BAD),
    "MIGRATED": Saying("Mudado a otra cuenta", "Moved to another account", Tone.BAD),
    "DELETED": Saying("Borrado", "Deleted", Tone.BAD),
    "UNVERIFIED": Saying("Sin verificar", "Not verified", Tone.WARN),
}

_NAME_STATUS = {
    "APPROVED": Saying("Nombre aprobado", "Name approved", Tone.GOOD),
    "AVAILABLE_WITHOUT_REVIEW": Saying(
        "Nombre disponible sin revisión", "Name available without review", Tone.GOOD
    ),
    "PENDING_REVIEW": Saying("Nombre en revisión", "Name in review", Tone.WARN),
    "DECLINED": Saying("Nombre rechazado", "Name declined", Tone.BAD),
    "EXPIRED": Saying("Nombre vencido", "Name expired", Tone.BAD),
    "NONE": Saying("Sin nombre", "No name", Tone.WARN),
}

_QUALITY = {
    "GREEN": Saying("Alta", "High", Tone.GOOD),
    "YELLOW": Saying("Media", "Medium", Tone.WARN),
    "RED": Saying("Baja", "Low", Tone.BAD),
}
_NO_QUALITY = Saying("Todavía sin datos", "No data yet", Tone.QUIET)

_ENTITIES = {
    "PHONE_NUMBER": ("El número", "The number"),
    "WABA": ("La cuenta de WhatsApp", "The WhatsApp account"),
    "BUSINESS": ("La empresa en Meta", "The business at Meta"),
    "APP": ("La aplicación", "The app"),
    "MESSAGE_TEMPLATE": ("La plantilla", "The template"),
}
_SENDING = {
    "AVAILABLE": Saying("Puede enviar mensajes", "Can send messages", Tone.GOOD),
    "LIMITED": Saying("Envía con límites", "Sends with limits", Tone.WARN),
    "BLOCKED": Saying("No puede enviar mensajes", "Can not send messages", Tone.BAD),
}

_TIER = re.compile(r"TIER_([0-9]{1,6})(K?)", re.ASCII)
_UNLIMITED = Saying("Sin límite", "No limit", Tone.GOOD)
_UNKNOWN = Saying("Meta no lo informa", "Meta does not say", Tone.QUIET)

_THROUGHPUT = {
    "STANDARD": Saying("80 mensajes por segundo", "80 messages a second", Tone.QUIET),
    "HIGH": Saying("Hasta 1.000 mensajes por segundo", "Up to 1,000 messages a second", Tone.QUIET),
}
_COEXISTING_THROUGHPUT = Saying("20 mensajes por segundo", "20 messages a second", Tone.QUIET)


def status(word: str) -> Saying:
    """Say whether the number is connected."""
    return _known(_STATUS, word)


def name_status(word: str) -> Saying:
    """Say how the display name stands."""
    return _known(_NAME_STATUS, word)


def quality(word: str) -> Saying:
    """Say what customers think of the messages of the last days."""
    return _QUALITY.get(word, _NO_QUALITY)


def sending(word: str) -> Saying:
    """Say whether messages can leave."""
    return _known(_SENDING, word)


def messaging_limit(tier: str) -> Saying:
    """Say how many customers may be written to first in a rolling day."""
    if tier == "TIER_UNLIMITED":
        return _UNLIMITED
    found = _TIER.fullmatch(tier)
    if found is None:
        return _known({}, tier)
    count = int(found[1]) * (1000 if found[2] else 1)
    spanish = f"{count:,}".replace(",", ".")
    return Saying(f"{spanish} clientes por día", f"{count:,} customers a day", Tone.QUIET)


def throughput(level: str, *, is_coexisting: bool) -> Saying:
    """Say how many messages pass in a second, both ways together (sending.md 7)."""
    return _COEXISTING_THROUGHPUT if is_coexisting else _known(_THROUGHPUT, level)


def entity(kind: str, *, locale: str) -> str:
    """Name one of those whom sending depends on."""
    spanish, english = _ENTITIES.get(kind, (kind, kind))
    return pick((spanish, english), locale)


def _known(sayings: dict[str, Saying], word: str) -> Saying:
    """Let a new word of Meta's stand for itself: it says more than nothing."""
    if word in ("", "NOT_APPLICABLE", "UNKNOWN", "TIER_NOT_SET"):
        return _UNKNOWN
    return sayings.get(word) or Saying(word, word, Tone.QUIET)
