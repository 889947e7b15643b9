"""Sentences for input that can never work: what is wrong with which field, in both languages."""

import re

from campotech_wa.domain.locale import LOCALES

_SENTENCES: dict[str, tuple[str, str]] = {
    "after_window": (
        "{field}: para entonces la ventana de 24 horas ya está cerrada. Elegí una hora anterior o una plantilla.",
        "{field} is after the customer service window closes. Give an earlier time, or send an approved template.",
    ),
    "bad_name": (
        "{field}: solo puede tener letras minúsculas sin tilde, números y guiones bajos.",
        "{field} may hold only plain lowercase letters, digits and underscores.",
    ),
    "both": (
        "{field}: sobra, porque ya está su alternativa. Dejá una de las dos.",
        "{field} stands beside its alternative: give only one of them.",
    ),
    "duplicate": (
        "{field}: se repite. Cada uno tiene que ser distinto.",
        "{field} repeats an earlier one: each must be different.",
    ),
    "emoji": ("{field}: no puede tener emojis.", "{field} must not have emoji."),
    "empty": ("{field}: no puede quedar sin contenido.", "{field} must not be empty."),
    "in_the_past": (
        "{field}: ya pasó. Elegí una hora que falte, o ninguna para enviarlo ahora.",
        "{field} is in the past. Give a time to come, or none to send it now.",
    ),
    "invalid": ("{field}: no tiene la forma que espera WhatsApp.", "{field} is not what WhatsApp expects."),
    "missing": ("{field}: falta.", "{field} is required."),
    "mixed": (
        "{field}: no es de la misma clase que el primero, y todos tienen que serlo.",
        "{field} is not of the same kind as the first one, and all must be.",
    ),
    "not_a_boolean": ("{field}: tiene que ser sí o no.", "{field} must be true or false."),
    "not_a_country": (
        "{field}: tiene que ser el código de un país, como AR.",
        "{field} must be the code of a country, such as AR.",
    ),
    "not_a_date": (
        "{field}: tiene que ser una fecha que exista, como 1990-12-31.",
        "{field} must be a date that exists, such as 1990-12-31.",
    ),
    "not_a_link": (
        "{field}: tiene que ser una dirección completa que empiece con https://, sin espacios ni tildes.",
        "{field} must be a whole address with https:// or http://; percent-encode strange characters.",
    ),
    "not_a_list": ("{field}: tiene que ser una lista.", "{field} must be a list."),
    "not_a_number": ("{field}: tiene que ser un número.", "{field} must be a number."),
    "not_a_text": ("{field}: tiene que ser un texto.", "{field} must be a text."),
    "not_a_time": (
        "{field}: tiene que ser fecha, hora y zona, como 2026-12-01T09:30:00-03:00.",
        "{field} must be a date and time with its zone, such as 2026-12-01T09:30:00-03:00.",
    ),
    "not_allowed": ("{field}: no va en este mensaje.", "{field} is not allowed here."),
    "not_an_emoji": ("{field}: tiene que ser un solo emoji.", "{field} must be a single emoji."),
    "not_an_id": ("{field}: no es el identificador de un archivo.", "{field} is not the id of a file."),
    "not_an_object": ("{field}: tiene que ser un objeto.", "{field} must be an object."),
    "out_of_range": ("{field}: no puede pasar de {limit}.", "{field} must not be beyond {limit}."),
    "outer_space": (
        "{field}: no puede empezar ni terminar con un espacio.",
        "{field} must not begin or end with a space.",
    ),
    "too_big": ("{field}: el máximo es {limit}.", "{field} must be at most {limit}."),
    "too_deep": (
        "{field}: tiene más de {limit} niveles.",
        "{field} has more than {limit} levels.",
    ),
    "too_far_ahead": (
        "{field}: puede ser dentro de {limit} días como máximo.",
        "{field} must be at most {limit} days ahead.",
    ),
    "too_few": (
        "{field}: hay {count} y tiene que haber al menos {limit}.",
        "{field} has {count} entries; at least {limit} are needed.",
    ),
    "too_long": (
        "{field}: tiene {count} caracteres y el máximo es {limit} (un emoji cuenta como dos o más).",
        "{field} has {count} characters; at most {limit} are allowed (an emoji counts as two or more).",
    ),
    "too_many": (
        "{field}: hay {count} y puede haber hasta {limit}.",
        "{field} has {count} entries; at most {limit} are allowed.",
    ),
    "too_many_breaks": (
        "{field}: tiene {count} saltos de línea y puede tener hasta {limit}.",
        "{field} has {count} line breaks; at most {limit} are allowed.",
    ),
    "too_small": ("{field}: el mínimo es {limit}.", "{field} must be at least {limit}."),
    "unknown_type": ("{field}: no es un tipo que exista.", "{field} is none of the types there are."),
    "unknown_value": ("{field}: no es un valor permitido.", "{field} is none of the values allowed."),
    "white_space": (
        "{field}: no puede tener saltos de línea, tabulaciones ni más de {limit} espacios seguidos.",
        "{field} must not have line breaks, tabs, or more than {limit} spaces in a row.",
    ),
    "wrong_kind": (
        "{field}: no es de la clase que lleva la plantilla.",
        "{field} is not of the kind that the template takes.",
    ),
}

_FIELDS: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = tuple(
    (re.compile(pattern, re.ASCII), words)
    for pattern, words in (
        (r"text\.body|interactive\.body(\.text)?", ("Mensaje", "Message")),
        (r".*\.caption", ("Texto del archivo", "Caption")),
        (r".*\.filename", ("Nombre del archivo", "File name")),
        (
            r"(image|video|audio|document|sticker)(\.(id|link))?|.*\.(image|video|document)(\.(id|link))?",
            ("Archivo", "File"),
        ),
        (r"location\.latitude", ("Latitud", "Latitude")),
        (r"location\.longitude", ("Longitud", "Longitude")),
        (r"reaction\.emoji", ("Reacción", "Reaction")),
        (r"contacts", ("Contactos", "Contacts")),
        (r"contacts\[(\d+)\]\.name\..*", ("Nombre del contacto {n}", "Name of contact {n}")),
        (r"contacts\[(\d+)\]\.phones\[\d+\]\..*", ("Teléfono del contacto {n}", "Phone of contact {n}")),
        (r"interactive\.header(\.text)?", ("Encabezado", "Header")),
        (r"interactive\.footer(\.text)?", ("Pie", "Footer")),
        (r"interactive\.action\.buttons", ("Botones", "Buttons")),
        (r"interactive\.action\.buttons\[(\d+)\]\..*", ("Botón {n}", "Button {n}")),
        (r"interactive\.action\.(button|parameters\.(display_text|flow_cta))", ("Botón", "Button")),
        (r"interactive\.action\.parameters\.url", ("Dirección del botón", "Address of the button")),
        (r"interactive\.action\.sections", ("Opciones de la lista", "Options of the list")),
        (
            r"interactive\.action\.sections\[(\d+)\]\.title",
            ("Título de la sección {n}", "Title of section {n}"),
        ),
        (
            r"interactive\.action\.sections\[\d+\]\.rows\[(\d+)\]\.(?:id|title)",
            ("Opción {n} de la lista", "Option {n} of the list"),
        ),
        (
            r"interactive\.action\.sections\[\d+\]\.rows\[(\d+)\]\.description",
            ("Descripción de la opción {n}", "Description of option {n}"),
        ),
        (r"interactive\.action\.cards", ("Tarjetas", "Cards")),
        (r"interactive\.action\.cards\[(\d+)\].*", ("Tarjeta {n}", "Card {n}")),
        (r"send_at", ("Hora de envío", "Sending time")),
        (r"priority", ("Prioridad", "Priority")),
        (r"template\.name", ("Nombre de la plantilla", "Name of the template")),
        (
            r"template\.components\[\d+\]\.parameters\[(\d+)\].*",
            ("Dato {n} de la plantilla", "Value {n} of the template"),
        ),
        (
            r"template(?:\.cards\[\d+\])?\.header(?:\.\w+)?",
            ("Encabezado de la plantilla", "Header of the template"),
        ),
        (
            r"template(?:\.cards\[\d+\])?\.body\.(\w+)",
            ("Dato “{name}” de la plantilla", "Value “{name}” of the template"),
        ),
        (r"template(?:\.cards\[\d+\])?\.body", ("Texto de la plantilla", "Text of the template")),
        (
            r"template(?:\.cards\[\d+\])?\.buttons\[(\d+)\]",
            ("Botón {n} de la plantilla", "Button {n} of the template"),
        ),
        (r"template\.cards\[(\d+)\]", ("Tarjeta {n} de la plantilla", "Card {n} of the template")),
        (r"about", ("Información", "About")),
        (r"description", ("Descripción", "Description")),
        (r"address", ("Dirección", "Address")),
        (r"email", ("Correo electrónico", "E-mail")),
        (r"websites(?:\[\d+\])?", ("Sitio web", "Website")),
        (r"note", ("Motivo", "Reason")),
        (r"sends_per_minute", ("Mensajes por minuto", "Messages a minute")),
        (r"panic_minutes", ("Minutos hasta la prueba", "Minutes until the probe")),
        (r"panic_percent", ("Fallas para frenar", "Failures that stop")),
        (r"alert_percent", ("Fallas para avisar", "Failures that alert")),
        (r"alert_waiting", ("Mensajes en espera", "Messages waiting")),
        (r"alert_minutes", ("Minutos de espera", "Minutes of waiting")),
        (r"prefilled_message", ("Mensaje del enlace", "Message of the link")),
        (r"template\.components\[\d+\]\.parameters", ("Datos de la plantilla", "Values of the template")),
    )
)
"""Fields that a person fills in on the page; all others are known by their path only to programs."""


def detail(error_code: str, field: str, *, limit: int | None = None, count: int | None = None) -> str:
    """Say in English, with the field's whole path, what is wrong: for programs and those who write them."""
    return _SENTENCES[error_code][1].format(field=field, limit=limit, count=count)


def refusal(error_code: str, field: str, limit: int | None, count: int | None, locale: str) -> str:
    """Say what is wrong to whoever typed it, in their language; empty where the code is not of this table."""
    sentences = _SENTENCES.get(error_code)
    if sentences is None:
        return ""
    language = LOCALES.index(locale)
    return sentences[language].format(field=_named(field, language), limit=limit, count=count)


def _named(field: str, language: int) -> str:
    """Name a field as the page does, counting from one; else by its path."""
    for pattern, words in _FIELDS:
        if found := pattern.fullmatch(field):
            name = found[1] if found.re.groups and found[1] else ""
            return words[language].format(n=int(name) + 1 if name.isdecimal() else 1, name=name)
    return field
