"""News of numbers: quality and limits, the display name, the two-step PIN (webhooks.md 6.2)."""

from campotech_wa.domain.account_news.told import Payload, Told, text
from campotech_wa.domain.account_words import Tone, messaging_limit

_QUALITY = {
    "ONBOARDING": (Tone.QUIET, "El número quedó habilitado.", "The number is set up."),
    "THROUGHPUT_UPGRADE": (
        Tone.GOOD,
        "WhatsApp amplió la capacidad del número: hasta 1.000 mensajes por segundo.",
        "WhatsApp raised the number's capacity: up to 1,000 messages a second.",
    ),
    "FLAGGED": (
        Tone.WARN,
        "Meta observa el número por baja calidad. Mandá menos promociones.",
        "Meta flagged the number for low quality. Send fewer promotions.",
    ),
    "UNFLAGGED": (Tone.GOOD, "El número dejó de estar observado.", "The number is no longer flagged."),
    "UPGRADE": (Tone.GOOD, "Subió el límite de mensajes.", "The messaging limit was raised."),
    "DOWNGRADE": (Tone.WARN, "Bajó el límite de mensajes.", "The messaging limit was lowered."),
}

_NAME = {
    "APPROVED": (Tone.GOOD, "Meta aprobó el nombre", "Meta approved the name"),
    "REJECTED": (Tone.WARN, "Meta rechazó el nombre", "Meta rejected the name"),
    "PENDING": (Tone.QUIET, "Meta está revisando el nombre", "Meta is reviewing the name"),
    "DEFERRED": (Tone.QUIET, "Meta postergó la revisión del nombre", "Meta put off the review of the name"),
}

_SECURITY = {
    "PIN_CHANGED": (
        "Cambió el PIN de verificación en dos pasos. Si no fue alguien de la empresa, actuá ya.",
        "The two-step verification PIN was changed. If it was nobody of the company, act now.",
    ),
    "PIN_RESET_REQUEST": (
        "Alguien pidió restablecer el PIN del número. Si no fue alguien de la empresa, actuá ya.",
        "Somebody asked to reset the number's PIN. If it was nobody of the company, act now.",
    ),
    "PIN_REQUEST_SUCCESS": (
        "El PIN del número se desactivó. Poné uno nuevo.",
        "The number's PIN was switched off. Set a new one.",
    ),
}

_CAPABILITY = "max_daily_conversations_per_business"


def quality(event: str, payload: Payload) -> Told | None:
    """Tell that quality or a limit changed."""
    known = _QUALITY.get(event)
    if known is None:
        return None
    limit = _limit(payload)
    spanish, english = (f" Ahora: {limit[0]}.", f" Now: {limit[1]}.") if limit else ("", "")
    return Told(known[0], known[1] + spanish, known[2] + english)


def name(event: str, payload: Payload) -> Told | None:
    """Tell what Meta decided of the display name."""
    known = _NAME.get(event)
    wanted = text(payload, "requested_verified_name") or "—"
    return known and Told(known[0], f"{known[1]} “{wanted}”.", f"{known[2]} “{wanted}”.")


def security(event: str, _: Payload) -> Told | None:
    """Tell of the PIN; whoever did not expect it has to act (webhooks.md 6.2)."""
    known = _SECURITY.get(event)
    return known and Told(Tone.BAD, *known)


def capability(_: str, payload: Payload) -> Told | None:
    """Tell the account's new limits."""
    limit = _limit(payload)
    if limit is None:
        return None
    return Told(
        Tone.QUIET,
        f"El límite de la empresa ahora es: {limit[0]}.",
        f"The company's limit is now: {limit[1]}.",
    )


def settings(_: str, __: Payload) -> Told:
    """Tell that a setting of a number changed."""
    return Told(Tone.QUIET, "Cambió la configuración de un número.", "The settings of a number changed.")


def _limit(payload: Payload) -> tuple[str, str] | None:
    """Read the limit, which Meta writes as a word, a number, or -1 for none."""
    told = text(payload, _CAPABILITY) or text(payload, "current_limit")
    if not told:
        return None
    tier = {"-1": "TIER_UNLIMITED"}.get(told, told if told.startswith("TIER_") else f"TIER_{told}")
    said = messaging_limit(tier)
    return said.spanish.lower(), said.english.lower()
