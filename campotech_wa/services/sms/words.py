"""Short words on the SMS of a message, in both languages."""

from campotech_wa.domain.locale import ENGLISH, SPANISH

_WORDS = {
    "expected": (
        "Va por SMS si WhatsApp no lo entrega antes",
        "Goes by SMS unless WhatsApp delivers it before",
    ),
    "waiting": ("SMS en cola", "SMS queued"),
    "sending": ("Enviando SMS", "Sending SMS"),
    "unconfirmed": ("SMS sin confirmar", "SMS not confirmed"),
    "sent": ("SMS enviado", "SMS sent"),
    "delivered": ("SMS entregado", "SMS delivered"),
    "failed": ("El SMS no llegó", "The SMS did not arrive"),
    "why_undeliverable": ("WhatsApp no pudo entregarlo", "WhatsApp could not deliver it"),
    "why_not_delivered": ("WhatsApp no lo entregó a tiempo", "WhatsApp did not deliver it in time"),
    "why_panic": ("WhatsApp estaba detenido", "WhatsApp was halted"),
    "why_expired": ("WhatsApp no lo tomó a tiempo", "WhatsApp did not take it in time"),
    "both_sent": (
        "WhatsApp también lo entregó: puede haber llegado por los dos lados.",
        "WhatsApp delivered it too: it may have arrived both ways.",
    ),
    "both_delivered": ("Llegó por los dos lados: SMS y WhatsApp.", "It arrived both ways: SMS and WhatsApp."),
}


def say(key: str, locale: str) -> str:
    """Return the words of a key."""
    return _WORDS[key][(SPANISH, ENGLISH).index(locale)]
