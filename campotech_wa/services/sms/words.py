"""Short words on the SMS of a message, in both languages."""

from campotech_wa.domain.locale import pick

_WORDS = {
    "expected": ("Si WhatsApp no lo entrega antes de las", "Unless WhatsApp delivers it before"),
    "waiting": ("En cola", "Queued"),
    "sending": ("Enviando…", "Sending…"),
    "unconfirmed": ("Sin confirmar", "Not confirmed"),
    "sent": ("Enviado", "Sent"),
    "delivered": ("Entregado", "Delivered"),
    "failed": ("No llegó", "Did not arrive"),
    "why_undeliverable": ("WhatsApp no pudo entregarlo", "WhatsApp could not deliver it"),
    "why_not_delivered": ("WhatsApp no lo entregó a tiempo", "WhatsApp did not deliver it in time"),
    "why_panic": ("Los envíos por WhatsApp estaban frenados", "Sending by WhatsApp was stopped"),
    "why_expired": ("WhatsApp no lo tomó a tiempo", "WhatsApp did not take it in time"),
    "both_sent": (
        "WhatsApp también lo entregó: puede haber llegado por los dos lados.",
        "WhatsApp delivered it too: it may have arrived both ways.",
    ),
    "both_delivered": ("Llegó por los dos lados: SMS y WhatsApp.", "It arrived both ways: SMS and WhatsApp."),
}


def say(key: str, locale: str) -> str:
    """Return the words of a key."""
    return pick(_WORDS[key], locale)
