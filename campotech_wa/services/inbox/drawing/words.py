"""Short words that stand in bubbles, in both languages."""

from campotech_wa.domain.locale import pick

_WORDS = {
    "not_shown": (
        "Mensaje de un tipo que todavía no se puede mostrar",
        "A type of message not shown here yet",
    ),
    "send_location": ("Enviar ubicación", "Send location"),
    "share_number": ("Compartir teléfono", "Share number"),
    "fill_address": ("Completar dirección", "Fill in the address"),
    "see_product": ("Ver producto", "See product"),
    "see_products": ("Ver productos", "See products"),
    "see_catalog": ("Ver catálogo", "See catalog"),
    "call": ("Llamar por WhatsApp", "Call on WhatsApp"),
    "allow_calls": ("Permitir llamadas", "Allow calls"),
    "calls_accepted": ("Acepta que lo llamen por WhatsApp", "Accepts calls on WhatsApp"),
    "calls_rejected": ("No quiere llamadas por WhatsApp", "Wants no calls on WhatsApp"),
    "form": ("Formulario", "Form"),
    "address": ("Dirección", "Address"),
    "parameters": ("Datos de la plantilla", "Values of the template"),
    "header": ("Encabezado", "Header"),
    "button": ("Botón", "Button"),
    "from_ad": ("Llegó desde tu anuncio", "Came from your ad"),
    "from_post": ("Llegó desde tu publicación", "Came from your post"),
    "asks_product": ("Pregunta por un producto", "Asks about a product"),
    "unsupported": (
        "WhatsApp no entrega este tipo de mensaje",
        "WhatsApp does not deliver this type of message",
    ),
    "unsupported_hint": (
        "Pedile que lo mande como texto, foto o audio.",
        "Ask for it as a text, a photo or a recording.",
    ),
    "media_placeholder": (
        "Archivo de antes de conectar el número",
        "File from before the number was connected",
    ),
    "reacted": (
        "Reaccionó {emoji} a un mensaje que no está acá",
        "Reacted {emoji} to a message that is not here",
    ),
    "unreacted": (
        "Quitó su reacción a un mensaje que no está acá",
        "Took back a reaction to a message not here",
    ),
    "edited": ("Editó un mensaje que no está acá", "Edited a message that is not here"),
    "revoked": ("Eliminó un mensaje que no está acá", "Deleted a message that is not here"),
    "too_large": (
        "Mandó un archivo que WhatsApp no pudo entregar: pesa más de 100 MB o está dañado",
        "Sent a file that WhatsApp could not deliver: over 100 MB, or broken",
    ),
    "trouble": (
        "WhatsApp avisó de un problema con este mensaje",
        "WhatsApp reports a problem with this message",
    ),
    "no_place": ("Ubicación sin coordenadas", "Location without coordinates"),
    "quote_gone": ("Mensaje que no está acá", "Message that is not here"),
    "quote_revoked": ("Se eliminó este mensaje", "This message was deleted"),
    "you": ("Vos", "You"),
}


def say(key: str, locale: str) -> str:
    """Return the words of a key."""
    return pick(_WORDS[key], locale)
