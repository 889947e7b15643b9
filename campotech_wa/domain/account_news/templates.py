"""News of templates: their status, quality, category and content (webhooks.md 6.1)."""

from campotech_wa.domain.account_news.told import Payload, Told, text
from campotech_wa.domain.account_words import Tone, quality

_STATUS: dict[str, tuple[Tone, str, str]] = {
    "APPROVED": (Tone.GOOD, "Meta la aprobó: ya se puede usar.", "Meta approved it: it can be used."),
    "REJECTED": (
        Tone.WARN,
        "Meta la rechazó. Corregila y mandala de nuevo.",
        "Meta rejected it. Correct it and send it again.",
    ),
    "PENDING": (Tone.QUIET, "Meta la está revisando.", "Meta is reviewing it."),
    "PAUSED": (
        Tone.WARN,
        "Meta la pausó por baja calidad. Mejorala, o esperá unas horas.",
        "Meta paused it for low quality. Improve it, or wait some hours.",
    ),
    "DISABLED": (
        Tone.BAD,
        "Meta la desactivó para siempre. Hay que crear otra.",
        "Meta disabled it for good. Another one is needed.",
    ),
    "FLAGGED": (
        Tone.WARN,
        "Meta la observa por baja calidad: si no mejora, la va a pausar.",
        "Meta flagged it for low quality: unless it improves, it will be paused.",
    ),
    "REINSTATED": (Tone.GOOD, "Meta la habilitó otra vez.", "Meta reinstated it."),
    "IN_APPEAL": (Tone.QUIET, "Su apelación está en revisión.", "Its appeal is in review."),
    "LIMIT_EXCEEDED": (
        Tone.WARN,
        "La cuenta llegó al máximo de plantillas. Borrá alguna.",
        "The account has as many templates as it may. Delete one.",
    ),
    "LOCKED": (Tone.WARN, "Meta no deja editarla por ahora.", "Meta does not let it be edited for now."),
    "ARCHIVED": (
        Tone.QUIET,
        "Quedó archivada: Meta la borra en 28 días.",
        "It is archived: Meta deletes it in 28 days.",
    ),
    "UNARCHIVED": (Tone.QUIET, "Volvió del archivo.", "It is back from the archive."),
    "DELETED": (Tone.QUIET, "Se borró.", "It was deleted."),
    "PENDING_DELETION": (Tone.QUIET, "Se está borrando.", "It is being deleted."),
}

_REASONS = {
    "ABUSIVE_CONTENT": ("contenido abusivo", "abusive content"),
    "INCORRECT_CATEGORY": ("categoría equivocada", "wrong category"),
    "INVALID_FORMAT": ("formato inválido", "invalid format"),
    "PROMOTIONAL": ("es una promoción", "it is a promotion"),
    "SCAM": ("parece una estafa", "it looks like a scam"),
    "TAG_CONTENT_MISMATCH": ("el contenido no es de su categoría", "the content is not of its category"),
}

_CATEGORIES = {
    "MARKETING": ("promoción", "marketing"),
    "UTILITY": ("servicio", "utility"),
    "AUTHENTICATION": ("código de acceso", "authentication"),
}


def status(event: str, payload: Payload) -> Told | None:
    """Tell what became of a template."""
    if "new_quality_score" in payload:
        # Meta's own example of a quality update comes under this field's name.
        return quality_changed(event, payload)
    known = _STATUS.get(event)
    if known is None:
        return None
    tone, spanish, english = known
    why = _REASONS.get(text(payload, "reason"))
    reason = (f" Motivo: {why[0]}.", f" Reason: {why[1]}.") if why else ("", "")
    return _about(payload, tone, spanish + reason[0], english + reason[1])


def quality_changed(_: str, payload: Payload) -> Told:
    """Tell how customers take a template now."""
    new = quality(text(payload, "new_quality_score"))
    tone = new.tone if new.tone in (Tone.WARN, Tone.BAD) else Tone.QUIET
    return _about(
        payload,
        tone,
        f"Su calidad ahora es: {new.spanish.lower()}.",
        f"Its quality is now: {new.english.lower()}.",
    )


def content_changed(_: str, payload: Payload) -> Told:
    """Tell that somebody changed a template."""
    return _about(payload, Tone.QUIET, "Cambió su contenido.", "Its content changed.")


def category_changed(_: str, payload: Payload) -> Told:
    """Tell that a template costs another price now, or will tomorrow; ``correct_category`` tells which."""
    coming = text(payload, "correct_category")
    category = _CATEGORIES.get(coming or text(payload, "new_category"), ("otra", "another"))
    if coming:
        return _about(
            payload,
            Tone.WARN,
            f"En 24 horas Meta la pasa a la categoría {category[0]}: cambia su precio.",
            f"In 24 hours Meta moves it to the category {category[1]}: its price changes.",
        )
    return _about(
        payload,
        Tone.WARN,
        f"Meta la pasó a la categoría {category[0]}: cambió su precio.",
        f"Meta moved it to the category {category[1]}: its price changed.",
    )


def category_doubted(_: str, payload: Payload) -> Told:
    """Tell that Meta thinks a template's category wrong."""
    return _about(
        payload,
        Tone.WARN,
        "Meta cree que su categoría no es la correcta. Revisala antes de que la cambie.",
        "Meta thinks that its category is wrong. Check it before they change it.",
    )


def _about(payload: Payload, tone: Tone, spanish: str, english: str) -> Told:
    name = text(payload, "message_template_name") or "—"
    return Told(tone, f"Plantilla “{name}”: {spanish}", f"Template “{name}”: {english}")
