"""Words for what Meta calls by codes and type names, in both languages."""

from campotech_wa.domain import meta_errors
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

_GAVE_UP = (
    "No se pudo enviar después de varios intentos.",
    "It could not be sent after several attempts.",
)


def kind(type_name: str, *, locale: str) -> str:
    """Name a type of message."""
    return _say(_KINDS.get(type_name, _UNKNOWN_KIND), locale)


def reason(error_code: int | None, *, locale: str) -> str:
    """Say why a message failed and, where there is something, what to do: the catalogue's sentence.

    A code that the catalogue does not list stands behind it, for whoever looks it up.
    """
    if error_code is None:
        return _say(_GAVE_UP, locale)
    entry = meta_errors.find(error_code)
    sentence = entry.sentence(locale)
    return sentence if entry.is_listed else f"{sentence} ({error_code})"


def _say(words: tuple[str, str], locale: str) -> str:
    return words[(SPANISH, ENGLISH).index(locale)]
