"""What staff call a type of message, a notice of Meta's and a customer's wish, in both languages."""

from campotech_wa.domain.locale import pick

_KINDS = {
    "text": ("Texto", "Text"),
    "image": ("📷 Foto", "📷 Photo"),
    "video": ("🎬 Video", "🎬 Video"),
    "audio": ("🎵 Audio", "🎵 Audio"),
    "voice": ("🎤 Mensaje de voz", "🎤 Voice message"),
    "document": ("📄 Documento", "📄 Document"),
    "sticker": ("💟 Sticker", "💟 Sticker"),
    "location": ("📍 Ubicación", "📍 Location"),
    "contacts": ("👤 Contacto", "👤 Contact"),
    "reaction": ("Reacción", "Reaction"),
    "button": ("Botón", "Button"),
    "interactive": ("Mensaje interactivo", "Interactive message"),
    "button_reply": ("Botón", "Button"),
    "list_reply": ("Opción de la lista", "Choice of the list"),
    "nfm_reply": ("📝 Formulario respondido", "📝 Form filled in"),
    "call_permission_reply": ("📞 Respuesta sobre llamadas", "📞 Answer about calls"),
    "order": ("🛒 Pedido", "🛒 Order"),
    "system": ("Aviso de WhatsApp", "Notice of WhatsApp"),
    "template": ("Plantilla", "Template"),
    "edit": ("Mensaje editado", "Edited message"),
    "revoke": ("🚫 Mensaje eliminado", "🚫 Deleted message"),
    "unsupported": ("Mensaje que WhatsApp no entrega acá", "Message that WhatsApp does not deliver here"),
    "media_placeholder": ("Archivo de antes", "File from before"),
    "request_welcome": ("Abrió el chat por primera vez", "Opened the chat for the first time"),
    "user_preferences": ("Preferencia", "Preference"),
    "pin": ("📌 Mensaje fijado", "📌 Pinned message"),
    "poll": ("Encuesta", "Poll"),
    "list": ("Lista de opciones", "List of choices"),
    "cta_url": ("Botón con enlace", "Link button"),
    "location_request_message": ("Pedido de ubicación", "Request for a location"),
    "request_contact_info": ("Pedido de teléfono", "Request for a telephone number"),
    "address_message": ("Pedido de dirección", "Request for an address"),
    "flow": ("📝 Formulario", "📝 Form"),
    "product": ("🛍️ Producto", "🛍️ Product"),
    "product_list": ("🛍️ Productos", "🛍️ Products"),
    "catalog_message": ("🛍️ Catálogo", "🛍️ Catalog"),
    "carousel": ("Carrusel", "Carousel"),
    "voice_call": ("📞 Llamada por WhatsApp", "📞 WhatsApp call"),
    "call_permission_request": ("📞 Pedido de permiso para llamar", "📞 Request for permission to call"),
}
"""Types of messages (webhooks.md 3, sending.md 1.4), and of what an interactive one asks or answers (3.3, 1.5)."""

_UNKNOWN_KIND = ("Mensaje", "Message")

_NOTICES = {
    "user_changed_number": ("Cambió de número de teléfono", "Changed their telephone number"),
    "user_changed_user_id": ("Cambió su identificador de WhatsApp", "Changed their WhatsApp id"),
    "customer_changed_number": ("Cambió de número de teléfono", "Changed their telephone number"),
    "customer_identity_changed": (
        "Cambió de teléfono o reinstaló WhatsApp",
        "Changed their telephone or installed WhatsApp anew",
    ),
}
"""By ``system.type`` (webhooks.md 3.4)."""

_PREFERENCES = {
    "resume": ("Volvió a aceptar promociones", "Accepts promotions again"),
    "signup": ("Se anotó para recibir promociones", "Signed up for promotions"),
}
_STOP = ("Pidió no recibir promociones", "Asked to receive no promotions")
"""Any other word of Meta's counts as a stop (webhooks.md 6.3)."""


def name(kind: str, *, locale: str) -> str:
    """Name a type of message, or of an interactive part."""
    return pick(_KINDS.get(kind, _UNKNOWN_KIND), locale)


def is_known(kind: str) -> bool:
    """Tell whether a type has a name of its own."""
    return kind in _KINDS


def notice(kind: str, *, locale: str) -> str:
    """Say what a system message tells."""
    return pick(_NOTICES.get(kind, _KINDS["system"]), locale)


def preference(value: str, *, locale: str) -> str:
    """Say what a customer told Meta about marketing messages."""
    return pick(_PREFERENCES.get(value, _STOP), locale)
