"""Parameters, Meta's own service, and media (errors.md, section 3)."""

from datetime import timedelta

from campotech_wa.domain.meta_errors.entry import Breaker, Entry, ErrorClass, Retry, Scope, Sms, plain

PARAMETERS = (
    Entry(
        100,
        ErrorClass.PARAMETER,
        "WhatsApp rechazó el contenido del mensaje. Revisalo; si está bien, avisá a quien mantiene el sistema.",
        "WhatsApp rejected the content of the message. Check it; if it is right, tell whoever maintains the system.",
        tells_human=True,
    ),
    Entry(
        131008,
        ErrorClass.PARAMETER,
        "Al mensaje le falta un dato obligatorio. Avisá a quien mantiene el sistema.",
        "The message lacks a required value. Tell whoever maintains the system.",
        tells_human=True,
    ),
    Entry(
        131009,
        ErrorClass.PARAMETER,
        "Un dato del mensaje no es válido: por ejemplo, una reacción a un mensaje de hace más de 30 días.",
        "A value of the message is not valid: for instance, a reaction to a message older than 30 days.",
        tells_human=True,
    ),
    Entry(
        135000,
        ErrorClass.PARAMETER,
        "WhatsApp no aceptó el mensaje y no dice por qué. Probá una vez más, o mandalo más simple.",
        "WhatsApp did not take the message and does not say why. Try once more, or make it simpler.",
        retry=Retry.ONCE,
        sms=Sms.URGENT,
    ),
    *plain(
        ErrorClass.PARAMETER,
        {
            131059: (
                "La lista cambió mientras se leía. Empezá de nuevo desde el principio.",
                "The list changed while it was read. Start again at the beginning.",
            ),
            506: ("Ese mensaje ya se había mandado.", "That message was sent before."),
        },
    ),
)

OBJECT_UNKNOWN = Entry(
    100,
    ErrorClass.PARAMETER,
    "Meta no encuentra lo que se le pidió, o la conexión no tiene permiso para verlo. "
    "Revisá los identificadores del número y de la cuenta.",
    "Meta does not find what was asked for, or the connection may not see it. "
    "Check the ids of the number and of the account.",
    tells_human=True,
)
"""Code 100 with subcode 33. Subcode 33 says nothing of the number: it is any object of any request."""

_TROUBLE = (
    "WhatsApp tuvo un problema propio y no confirmó el mensaje. Probá de nuevo más tarde.",
    "WhatsApp had trouble of its own and did not confirm the message. Try again later.",
)
_MAINTENANCE = (
    "WhatsApp está ampliando la capacidad del número. Probá de nuevo en unos minutos.",
    "WhatsApp is raising the number's capacity. Try again in a few minutes.",
)

SERVICE = (
    Entry(
        1,
        ErrorClass.SERVICE,
        *_TROUBLE,
        retry=Retry.AMBIGUOUS,
        tries=3,
        breaker=Breaker(Scope.CHANNEL, after=3),
        sms=Sms.URGENT,
    ),
    Entry(
        2,
        ErrorClass.SERVICE,
        *_TROUBLE,
        retry=Retry.AMBIGUOUS,
        breaker=Breaker(Scope.APP, after=3),
        sms=Sms.URGENT,
    ),
    Entry(
        131000,
        ErrorClass.SERVICE,
        *_TROUBLE,
        retry=Retry.AMBIGUOUS,
        breaker=Breaker(Scope.CHANNEL, after=5),
        sms=Sms.URGENT,
    ),
    Entry(
        131016,
        ErrorClass.SERVICE,
        *_TROUBLE,
        retry=Retry.AMBIGUOUS,
        breaker=Breaker(Scope.CHANNEL, after=3),
        sms=Sms.URGENT,
    ),
    Entry(
        131057,
        ErrorClass.SERVICE,
        *_MAINTENANCE,
        retry=Retry.WAIT,
        wait=timedelta(minutes=1),
        breaker=Breaker(Scope.CHANNEL, is_slowing=True),
    ),
    Entry(
        2494100,
        ErrorClass.SERVICE,
        *_MAINTENANCE,
        retry=Retry.WAIT,
        wait=timedelta(minutes=1),
        breaker=Breaker(Scope.CHANNEL, is_slowing=True),
    ),
    Entry(
        133004,
        ErrorClass.SERVICE,
        "El registro de números de Meta no responde. Probá de nuevo en unos minutos.",
        "Meta's registration of numbers does not answer. Try again in a few minutes.",
        retry=Retry.AMBIGUOUS,
    ),
    *plain(
        ErrorClass.SERVICE,
        {1609005: ("Meta no pudo leer el enlace. Revisalo.", "Meta could not read the link. Check it.")},
    ),
)

MEDIA = (
    Entry(
        131052,
        ErrorClass.MEDIA,
        "No se pudo descargar el archivo: pesa más de 100 MB, venció o está dañado. Pedí que lo manden de nuevo.",
        "The file could not be downloaded: it is over 100 MB, expired or broken. Ask for it to be sent again.",
        retry=Retry.ONCE,
        tries=2,
    ),
    Entry(
        131053,
        ErrorClass.MEDIA,
        "WhatsApp no aceptó el archivo: revisá su tipo y su tamaño. Mientras tanto, mandá el texto sin el archivo.",
        "WhatsApp did not take the file: check its type and size. Meanwhile, send the text without the file.",
        sms=Sms.URGENT,
    ),
    *plain(
        ErrorClass.MEDIA,
        {
            131209: ("La foto del grupo tiene que ser cuadrada.", "The group's photo has to be square."),
            131210: (
                "La foto del grupo tiene que medir al menos 192 píxeles.",
                "The group's photo has to measure at least 192 pixels.",
            ),
        },
    ),
)
