"""The recipient, and the customer service window (errors.md, section 3)."""

from datetime import timedelta

from campotech_wa.domain.meta_errors.entry import (
    Breaker,
    Entry,
    ErrorClass,
    Retry,
    Scope,
    Sms,
    Traffic,
    Words,
)

_CUSTOMER = Breaker(Scope.CUSTOMER)
_WINDOW: Words = (
    (
        "Pasaron más de 24 horas desde que el cliente escribió: ya no se le puede mandar texto libre. "
        "Mandale una plantilla."
    ),
    (
        "More than 24 hours have passed since the customer wrote: free text is no longer allowed. "
        "Send a template."
    ),
)

RECIPIENTS = (
    Entry(
        131026,
        ErrorClass.UNDELIVERABLE,
        "No se pudo entregar: el número no tiene WhatsApp, o su versión es muy vieja. Probá por otro medio.",
        "It could not be delivered: the number has no WhatsApp, or too old a version. Try another way.",
        retry=Retry.ONCE,
        wait=timedelta(hours=1),
        breaker=_CUSTOMER,
        sms=Sms.YES,
    ),
    Entry(
        1026,
        ErrorClass.UNDELIVERABLE,
        "El WhatsApp del cliente es muy viejo para este tipo de mensaje. Mandale un texto.",
        "The customer's WhatsApp is too old for this type of message. Send a text.",
        breaker=_CUSTOMER,
        sms=Sms.YES,
    ),
    Entry(
        131021,
        ErrorClass.PARAMETER,
        "El destinatario es el mismo número que envía. Corregí el número del cliente.",
        "The recipient is the sending number itself. Correct the customer's number.",
        breaker=_CUSTOMER,
    ),
    Entry(
        131030,
        ErrorClass.CONFIGURATION,
        "El número de la empresa es de prueba y este destinatario no está en su lista permitida. "
        "Un administrador puede agregarlo en Meta.",
        "The company's number is a test number, and this recipient is not on its allowed list. "
        "An admin can add them at Meta.",
    ),
    Entry(
        131051,
        ErrorClass.INBOUND,
        "WhatsApp no admite este tipo de mensaje acá. Si lo mandó el cliente, pedile que lo escriba como texto.",
        "WhatsApp does not carry this type of message here. If the customer sent it, ask them to write it as text.",
    ),
    Entry(
        130501,
        ErrorClass.INBOUND,
        "WhatsApp no admite este tipo de mensaje en grupos.",
        "WhatsApp does not carry this type of message in groups.",
    ),
    Entry(
        131062,
        ErrorClass.PARAMETER,
        "Este mensaje necesita el número de teléfono del cliente, que todavía no lo compartió. Pedíselo.",
        "This message needs the customer's phone number, which they have not shared yet. Ask for it.",
        breaker=_CUSTOMER,
        sms=Sms.YES,
    ),
    Entry(
        137000,
        ErrorClass.RECIPIENT_IDENTITY,
        "El cliente cambió de teléfono o de número: puede ser otra persona. Confirmá quién es antes de escribirle.",
        "The customer changed phone or number: it may be another person. Make sure who it is before you write.",
        breaker=_CUSTOMER,
        tells_human=True,
    ),
    Entry(
        131055,
        ErrorClass.PARAMETER,
        "Ese mensaje no puede salir por ese camino. Avisá a quien mantiene el sistema.",
        "That message can not leave that way. Tell whoever maintains the system.",
        tells_human=True,
    ),
)

WINDOW = tuple(
    Entry(
        code,
        ErrorClass.WINDOW,
        *_WINDOW,
        breaker=Breaker(Scope.CUSTOMER, Traffic.FREE_TEXT),
        sms=Sms.URGENT,
    )
    for code in (131047, 470)
)
