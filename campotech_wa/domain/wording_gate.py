"""Sentences for what the gate stops: why a message may not leave and what to do about it, in both languages."""

from campotech_wa.domain import wording_input
from campotech_wa.domain.gate import Stopped
from campotech_wa.domain.locale import pick

_SENTENCES: dict[str, tuple[str, str]] = {
    "window_closed": (
        "Pasaron más de 24 horas desde su último mensaje: elegí una plantilla.",
        "More than 24 hours have passed since their last message: choose a template.",
    ),
    "customer_blocked": (
        "La empresa bloqueó a este cliente. Desbloquealo para escribirle.",
        "The company has blocked this customer. Unblock them to write to them.",
    ),
    "marketing_declined": (
        "Este cliente pidió no recibir promociones. Usá una plantilla de servicio.",
        "This customer asked for no promotions. Use a utility template.",
    ),
    "template_pending": (
        "Meta todavía revisa la plantilla. Esperá a que la apruebe o elegí otra.",
        "Meta is still reviewing the template. Wait for its approval or choose another one.",
    ),
    "template_rejected": (
        "Meta rechazó la plantilla. Corregila o elegí otra.",
        "Meta rejected the template. Correct it or choose another one.",
    ),
    "template_paused": (
        "Meta pausó la plantilla por baja calidad. Esperá unas horas o elegí otra.",
        "Meta has paused the template for low quality. Wait some hours or choose another one.",
    ),
    "template_disabled": (
        "Meta desactivó la plantilla para siempre. Elegí otra.",
        "Meta has disabled the template for good. Choose another one.",
    ),
    "template_gone": (
        "La plantilla ya no está en Meta. Elegí otra.",
        "The template is no longer at Meta. Choose another one.",
    ),
    "template_unusable": (
        "Meta no deja usar la plantilla por ahora. Elegí otra.",
        "Meta does not let the template be used for now. Choose another one.",
    ),
    "file_gone": (
        "Un archivo de este mensaje se borró. Adjuntalo de nuevo.",
        "A file of this message was deleted. Attach it again.",
    ),
    "channel_disconnected": (
        "El número está desconectado de WhatsApp. Un administrador tiene que volver a conectarlo.",
        "The number is disconnected from WhatsApp. An admin has to connect it again.",
    ),
}


def detail(stopped: Stopped) -> str:
    """Say in English what stops a message: for programs and those who write them."""
    known = _SENTENCES.get(stopped.code)
    if known:
        return known[1]
    return wording_input.detail(stopped.code, stopped.field, limit=stopped.limit, count=stopped.count)


def refusal(code: str, locale: str) -> str:
    """Say what stops a message to whoever wrote it; empty where the code is not of the gate's own."""
    return pick(_SENTENCES.get(code, ("", "")), locale)
