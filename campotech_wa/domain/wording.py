"""Words for what Meta calls by codes and type names, in both languages."""

from campotech_wa.domain.locale import ENGLISH, SPANISH

_KINDS = {
    "text": ("Texto", "Text"),
    "image": ("📷 Foto", "📷 Photo"),
    "video": ("🎬 Video", "🎬 Video"),
    "audio": ("🎤 Audio", "🎤 Audio"),
    "document": ("📄 Documento", "📄 Document"),
    "sticker": ("Sticker", "Sticker"),
    "location": ("📍 Ubicación", "📍 Location"),
    "contacts": ("👤 Contacto", "👤 Contact"),
    "reaction": ("Reacción", "Reaction"),
    "button": ("Botón", "Button"),
    "interactive": ("Respuesta interactiva", "Interactive reply"),
    "order": ("🛒 Pedido", "🛒 Order"),
    "system": ("Aviso del sistema", "System notice"),
    "template": ("Plantilla", "Template"),
}
_UNKNOWN_KIND = ("Mensaje", "Message")

_REASONS = {
    131026: (
        "El número no puede recibirlo: no tiene WhatsApp, o su versión es muy vieja. Probá por otro medio.",
        "The number can not receive it: it has no WhatsApp, or too old a version. Try another way.",
    ),
    131047: (
        "Pasaron más de 24 horas desde que el cliente escribió: ya no se le puede mandar texto libre.",
        "More than 24 hours have passed since the customer wrote: free text is no longer allowed.",
    ),
    131049: (
        "WhatsApp decidió no entregarlo para no cansar al cliente. Probá mañana.",
        "WhatsApp chose not to deliver it, to spare the customer. Try tomorrow.",
    ),
    131030: (
        "Es un número de prueba y el destinatario no está en su lista permitida.",
        "This is a test number, and the recipient is not on its allowed list.",
    ),
    131021: ("El destinatario es el mismo número que envía.", "The recipient is the sending number itself."),
    131031: (
        "Meta bloqueó la cuenta de WhatsApp de la empresa. Avisá a un administrador.",
        "Meta has locked the company's WhatsApp account. Tell an admin.",
    ),
    131042: (
        "Hay un problema de pago con Meta. Avisá a un administrador.",
        "There is a payment problem with Meta. Tell an admin.",
    ),
    190: (
        "La conexión con WhatsApp venció. Un administrador tiene que renovar el token.",
        "The connection to WhatsApp has expired. An admin has to renew the token.",
    ),
    100: (
        "WhatsApp rechazó el contenido del mensaje.",
        "WhatsApp rejected the content of the message.",
    ),
    132001: (
        "La plantilla no existe en ese idioma o no está aprobada.",
        "The template does not exist in that language, or is not approved.",
    ),
}
_UNKNOWN_REASON = ("WhatsApp no pudo entregarlo.", "WhatsApp could not deliver it.")
_GAVE_UP = (
    "No se pudo enviar después de varios intentos.",
    "It could not be sent after several attempts.",
)


def kind(type_name: str, *, locale: str) -> str:
    """Name a type of message."""
    return _say(_KINDS.get(type_name, _UNKNOWN_KIND), locale)


def reason(error_code: int | None, *, locale: str) -> str:
    """Say why a message failed and, where there is something, what to do (reference errors.md)."""
    if error_code is None:
        return _say(_GAVE_UP, locale)
    known = _REASONS.get(error_code)
    return _say(known, locale) if known else f"{_say(_UNKNOWN_REASON, locale)} ({error_code})"


def _say(words: tuple[str, str], locale: str) -> str:
    return words[(SPANISH, ENGLISH).index(locale)]
