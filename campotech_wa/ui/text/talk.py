"""The words of a conversation and of its composer: drawn in the browser, so they are handed over as one object."""

from campotech_wa.domain.locale import pick

Words = dict[str, tuple[str, str]]

_CLOSED = (
    (
        "Pasaron 24 horas desde el último mensaje del cliente. "
        "WhatsApp no permite texto libre hasta que vuelva a escribir."
    ),
    (
        "24 hours have passed since the customer's last message. "
        "WhatsApp does not allow free text until they write again."
    ),
)

_WORDS: Words = {
    "compose": ("Escribí un mensaje", "Write a message"),
    "send": ("Enviar", "Send"),
    "newest": ("Ir al último mensaje", "Go to the newest message"),
    "sending": ("Enviando…", "Sending…"),
    "retry": ("Reintentar", "Try again"),
    "discard": ("Descartar", "Discard"),
    "edit": ("Editar", "Edit"),
    "cancel": ("Cancelar", "Cancel"),
    "close": ("Cerrar", "Close"),
    "add": ("Agregar", "Add"),
    "optional": ("opcional", "optional"),
    "preview": ("Así se va a ver", "How it will look"),
    "message": ("Mensaje", "Message"),
    "window_closed_hint": _CLOSED,
    "window_never": (
        "El cliente todavía no escribió. WhatsApp no permite texto libre hasta que lo haga.",
        "The customer has not written yet. WhatsApp does not allow free text until they do.",
    ),
    "state_queued": ("En cola", "Queued"),
    "state_sending": ("Saliendo", "Leaving"),
    "state_unconfirmed": ("Sin confirmar", "Unconfirmed"),
    "state_held": ("Detenido", "Held"),
    "state_cancelled": ("Cancelado", "Cancelled"),
    "state_sent": ("Enviado", "Sent"),
    "state_delivered": ("Entregado", "Delivered"),
    "state_read": ("Leído", "Read"),
    "state_played": ("Escuchado", "Played"),
    "state_failed": ("No se envió", "Not sent"),
    "waiting_plain": ("En cola: todavía no salió.", "Queued: it has not left yet."),
    "send_now": ("Enviar ahora", "Send now"),
    "send_again": ("Enviar de nuevo", "Send again"),
    "send_anyway": ("Enviar igual", "Send anyway"),
    "not_now": ("No", "No"),
    "risky": ("El cliente puede recibirlo dos veces.", "The customer may get it twice."),
    "change_text": ("Cambiar texto", "Change text"),
    "changing": ("Cambiás un mensaje que está en cola", "You are changing a message in the queue"),
    "mark_forwarded": ("Reenviado", "Forwarded"),
    "mark_often_forwarded": ("Reenviado muchas veces", "Forwarded many times"),
    "mark_phone": ("Enviado desde el teléfono", "Sent from the phone"),
    "mark_history": ("De antes de conectar el número", "From before the number was connected"),
    "mark_group": ("Grupo", "Group"),
    "edited": ("editado", "edited"),
    "revoked": ("Se eliminó este mensaje", "This message was deleted"),
    "reply": ("Responder", "Reply"),
    "reply_to": ("Respondés a", "Replying to"),
    "you_alone": ("Vos", "You"),
    "react": ("Reaccionar", "React"),
    "unreact": ("Quitar reacción", "Take back"),
    "photo": ("Foto", "Photo"),
    "video": ("Video", "Video"),
    "document": ("Documento", "Document"),
    "voice": ("Mensaje de voz", "Voice message"),
    "open_picture": ("Ver la foto", "See the photo"),
    "download": ("Descargar", "Download"),
    "play": ("Reproducir", "Play"),
    "pause": ("Pausar", "Pause"),
    "position": ("Posición", "Position"),
    "speed": ("Velocidad", "Speed"),
    "cannot_play": ("No se puede reproducir", "Can not be played"),
    "open_map": ("Abrir en el mapa", "Open on the map"),
    "own_number": ("Su propio número", "Their own number"),
    "list": ("Opciones", "Options"),
    "order": ("Pedido", "Order"),
    "total": ("Total", "Total"),
    "see_product": ("Ver producto", "See product"),
    "see_products": ("Ver productos", "See products"),
    "see_catalog": ("Ver catálogo", "See catalog"),
    "send_location": ("Enviar ubicación", "Send location"),
    "attach": ("Adjuntar", "Attach"),
    "attach_photo": ("Foto o video", "Photo or video"),
    "attach_camera": ("Sacar una foto", "Take a photo"),
    "attach_document": ("Documento", "Document"),
    "attach_audio": ("Audio", "Audio"),
    "attach_sticker": ("Sticker", "Sticker"),
    "attach_location": ("Ubicación", "Location"),
    "attach_contacts": ("Contacto", "Contact"),
    "attach_button": ("Botones", "Buttons"),
    "attach_list": ("Lista de opciones", "List of options"),
    "attach_cta_url": ("Botón con enlace", "Link button"),
    "attach_location_request_message": ("Pedir ubicación", "Ask for the location"),
    "attach_flow": ("Formulario", "Form"),
    "attach_product": ("Producto", "Product"),
    "attach_product_list": ("Varios productos", "Several products"),
    "attach_catalog_message": ("Catálogo", "Catalog"),
    "attach_carousel": ("Carrusel", "Carousel"),
    "caption": ("Agregá un texto (opcional)", "Add a caption (optional)"),
    "drop_here": ("Soltá acá para adjuntar", "Drop here to attach"),
    "record": ("Grabar un mensaje de voz", "Record a voice message"),
    "recording": ("Grabando…", "Recording…"),
    "no_microphone": (
        "El navegador no dio permiso para usar el micrófono.",
        "The browser has not allowed the microphone.",
    ),
    "finding_place": ("Buscando tu ubicación…", "Looking for your location…"),
    "no_place": (
        "Este dispositivo no pudo decir dónde está. Escribí las coordenadas o pegá el enlace de un mapa.",
        "This device could not tell where it is. Write the coordinates, or paste the link of a map.",
    ),
    "my_place": ("Usar mi ubicación", "Use my location"),
    "pick_picture": ("Elegí una foto", "Pick a picture"),
}

_GROUPS: dict[str, Words] = {
    "file_states": {
        "pending": ("Descargando de WhatsApp…", "Being fetched from WhatsApp…"),
        "failed": ("No se pudo descargar el archivo.", "The file could not be fetched."),
        "expired": ("WhatsApp ya no tiene este archivo.", "WhatsApp no longer has this file."),
        "deleted": ("El archivo se borró.", "The file was deleted."),
    },
    "file_errors": {
        "foreign_host": (
            "WhatsApp lo ofrece desde un lugar desconocido.",
            "WhatsApp offers it from an unknown place.",
        ),
        "too_large": ("El archivo es demasiado grande.", "The file is too large."),
        "truncated": ("El archivo llegó incompleto.", "The file came incomplete."),
        "wrong_digest": ("El archivo llegó dañado.", "The file came damaged."),
        "wrong_type": ("El archivo no es lo que dice ser.", "The file is not what it says it is."),
        "refused": ("WhatsApp no quiso entregar el archivo.", "WhatsApp would not hand over the file."),
        "no_answer": ("WhatsApp no respondió al pedir el archivo.", "WhatsApp did not answer for the file."),
        "storage": ("No se pudo guardar el archivo.", "The file could not be kept."),
    },
    "upload_errors": {
        "too_large": ("Es demasiado grande.", "It is too large."),
        "media_empty": ("El archivo está vacío.", "The file is empty."),
        "media_type": (
            "WhatsApp no acepta este tipo de archivo así.",
            "WhatsApp does not take this type of file so.",
        ),
        "media_not_voice": ("No se grabó ningún sonido.", "No sound was recorded."),
        "sticker_size": ("Un sticker mide 512 por 512.", "A sticker measures 512 by 512."),
        "sticker_too_large": ("El sticker es demasiado pesado.", "The sticker is too large."),
        "offline": ("Se cortó la conexión.", "The connection was lost."),
        "other": ("No se pudo subir.", "It could not be uploaded."),
    },
    "queue_hints": {
        "paced": (
            "Tu mensaje sale en unos {time}: hay {count} antes.",
            "Your message leaves in about {time}: {count} go before it.",
        ),
        "alone": ("Tu mensaje sale en unos {time}.", "Your message leaves in about {time}."),
        "line": (
            "Los envíos a este cliente se retoman en {time}.",
            "Messages to this customer go on in {time}.",
        ),
        "slowed": (
            "WhatsApp pidió ir más despacio: los envíos siguen en {time}.",
            "WhatsApp asked to slow down: sending goes on in {time}.",
        ),
        "paused": (
            "Los envíos de este número están en pausa: lo que escribas espera en la cola.",
            "This number's sends are paused: what you write waits in the queue.",
        ),
        "panic": (
            "Los envíos están frenados: lo que escribas espera en la cola. Se prueba de nuevo en {time}.",
            "Sending is stopped: what you write waits in the queue. The next probe is in {time}.",
        ),
    },
    "groups": {
        "contacts": ("Contacto", "Contact"),
        "buttons": ("Botón", "Button"),
        "rows": ("Opción", "Option"),
        "products": ("Producto", "Product"),
        "cards": ("Tarjeta", "Card"),
    },
    "fields": {
        "point": ("Coordenadas o enlace de un mapa", "Coordinates or the link of a map"),
        "name": ("Nombre", "Name"),
        "address": ("Dirección", "Address"),
        "phone": ("Teléfono", "Telephone"),
        "email": ("Correo electrónico", "E-mail"),
        "company": ("Empresa", "Company"),
        "header": ("Título", "Title"),
        "body": ("Mensaje", "Message"),
        "footer": ("Pie", "Footer"),
        "title": ("Texto", "Text"),
        "button": ("Texto del botón", "Text of the button"),
        "description": ("Descripción", "Description"),
        "section": ("Sección", "Section"),
        "display_text": ("Texto del botón", "Text of the button"),
        "url": ("Enlace", "Link"),
        "flow_cta": ("Texto del botón", "Text of the button"),
        "flow_id": ("Identificador del formulario", "Id of the form"),
        "screen": ("Primera pantalla", "First screen"),
        "catalog_id": ("Identificador del catálogo", "Id of the catalog"),
        "product": ("Código del producto", "Code of the product"),
        "picture": ("Foto", "Picture"),
        "text": ("Texto", "Text"),
    },
    "hints": {
        "point": ("-34.6037, -58.3816", "-34.6037, -58.3816"),
        "phone": ("+54 9 11 3123-4567", "+54 9 11 3123-4567"),
        "url": ("https://", "https://"),
    },
    "faults": {
        "needs_value": ("Falta completarlo.", "It is missing."),
        "needs_picture": ("Falta la foto.", "The picture is missing."),
        "needs_section": (
            "Si hay más de una sección, cada opción tiene que decir la suya.",
            "With more than one section, every option has to name its own.",
        ),
        "too_long": ("Hasta {limit} caracteres.", "At most {limit} characters."),
        "too_many_breaks": ("Hasta dos saltos de línea.", "At most two line breaks."),
        "no_emoji": ("No puede tener emojis.", "Must not have emoji."),
        "repeated": ("Ya hay otro igual.", "There is one like it already."),
        "bad_url": ("Tiene que empezar con https://", "It has to begin with https://"),
        "bad_phone": ("No parece un teléfono.", "This does not look like a telephone number."),
        "bad_email": ("No parece un correo.", "This does not look like an e-mail address."),
        "bad_point": (
            "No hay coordenadas ahí (-34,6037 -58,3816). Un enlace corto no las tiene: abrilo y copiá el largo.",
            "There are no coordinates in it (-34.6037, -58.3816). A short link has none: open it, copy the long one.",
        ),
    },
}


def words(locale: str) -> dict[str, object]:
    """Return every word of a conversation in a language."""
    return _in(_WORDS, locale) | {name: _in(group, locale) for name, group in _GROUPS.items()}


def _in(pairs: Words, locale: str) -> dict[str, object]:
    return {key: pick(pair, locale) for key, pair in pairs.items()}
