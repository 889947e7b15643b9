"""The account, its bills, and its number: registration, verification, migration (errors.md, section 3)."""

from datetime import timedelta

from campotech_wa.domain.meta_errors.entry import (
    Breaker,
    Entry,
    ErrorClass,
    Retry,
    Scope,
    Sms,
    Traffic,
    plain,
)

_CHANNEL = Breaker(Scope.CHANNEL)
_ONBOARDING = Breaker(Scope.CHANNEL, Traffic.ONBOARDING)

BILLING = (
    Entry(
        131042,
        ErrorClass.BILLING,
        "Hay un problema de pago con Meta: las plantillas no salen. Avisá a un administrador. "
        "Las respuestas a clientes que escribieron pueden seguir saliendo.",
        "There is a payment problem with Meta: templates do not go out. Tell an admin. "
        "Replies to customers who wrote may still go out.",
        retry=Retry.WAIT,
        breaker=Breaker(Scope.WABA, Traffic.PAID),
        sms=Sms.YES,
        tells_human=True,
    ),
    Entry(
        131044,
        ErrorClass.BILLING,
        "Falta un medio de pago en Meta para recibir llamadas. Un administrador tiene que agregarlo.",
        "A payment method is missing at Meta for taking calls. An admin has to add it.",
        retry=Retry.WAIT,
        breaker=Breaker(Scope.CHANNEL, Traffic.CALLS),
        tells_human=True,
    ),
    Entry(
        134011,
        ErrorClass.BILLING,
        "Falta aceptar los términos de pagos de WhatsApp. Un administrador tiene que aceptarlos en Meta.",
        "WhatsApp's payment terms are not accepted yet. An admin has to accept them at Meta.",
        retry=Retry.WAIT,
        tells_human=True,
    ),
)

ACCOUNT = (
    Entry(
        131037,
        ErrorClass.ACCOUNT,
        "Meta todavía no aprobó el nombre visible del número. Un administrador tiene que revisarlo.",
        "Meta has not approved the number's display name yet. An admin has to look into it.",
        retry=Retry.WAIT,
        breaker=_CHANNEL,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        131045,
        ErrorClass.ACCOUNT,
        "El registro del número falló. Un administrador tiene que registrarlo de nuevo con su PIN.",
        "The number's registration failed. An admin has to register it again with its PIN.",
        breaker=_CHANNEL,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        133000,
        ErrorClass.ACCOUNT,
        "La baja anterior del número quedó a medias. Un administrador tiene que darlo de baja otra vez.",
        "The number's last deregistration was not completed. An admin has to deregister it again.",
        breaker=_CHANNEL,
        tells_human=True,
    ),
    Entry(
        133005,
        ErrorClass.ACCOUNT,
        "El PIN de verificación en dos pasos no es correcto. Escribí el correcto, o restablecelo por correo.",
        "The two-step verification PIN is wrong. Type the right one, or reset it by e-mail.",
        breaker=_ONBOARDING,
    ),
    Entry(
        133006,
        ErrorClass.ACCOUNT,
        "Antes de registrar el número hay que verificarlo con un código, por SMS o por llamada.",
        "Before it is registered, the number has to be verified with a code, by SMS or call.",
        breaker=_CHANNEL,
        tells_human=True,
    ),
    Entry(
        133008,
        ErrorClass.ACCOUNT,
        "Se escribió mal el PIN demasiadas veces. Esperá el tiempo que indica Meta antes de probar de nuevo.",
        "The PIN was mistyped too often. Wait as long as Meta says before you try again.",
        retry=Retry.WAIT,
        breaker=_ONBOARDING,
        tells_human=True,
    ),
    Entry(
        133009,
        ErrorClass.ACCOUNT,
        "El PIN se escribió demasiado rápido otra vez. Esperá unos minutos y probá de nuevo.",
        "The PIN was typed again too quickly. Wait some minutes and try again.",
        retry=Retry.WAIT,
        breaker=_ONBOARDING,
    ),
    Entry(
        133010,
        ErrorClass.ACCOUNT,
        "El número no está registrado en WhatsApp. Un administrador tiene que registrarlo con su PIN.",
        "The number is not registered with WhatsApp. An admin has to register it with its PIN.",
        breaker=_CHANNEL,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        133015,
        ErrorClass.ACCOUNT,
        "El número se borró hace poco y Meta no terminó. Probá de nuevo en 5 minutos.",
        "The number was deleted just now and Meta is not done. Try again in 5 minutes.",
        retry=Retry.WAIT,
        wait=timedelta(minutes=5),
        breaker=_CHANNEL,
    ),
    Entry(
        136024,
        ErrorClass.ACCOUNT,
        "Meta no pudo mandar el código. Esperá un rato, o pedilo por llamada.",
        "Meta could not send the code. Wait a while, or ask for a call.",
        retry=Retry.WAIT,
    ),
    *plain(
        ErrorClass.ACCOUNT,
        {
            136025: (
                "El código no es correcto. Pedí uno nuevo.",
                "The code is wrong. Ask for a new one.",
            ),
            138024: (
                "Las llamadas por SIP no están activadas en este número.",
                "Calls by SIP are not switched on for this number.",
            ),
            138025: (
                "Las llamadas por SIP no se pueden usar en este número.",
                "Calls by SIP can not be used with this number.",
            ),
        },
    ),
    Entry(
        141002,
        ErrorClass.TEMPLATE,
        "La plantilla no está aprobada. Esperá la revisión, o usá otra.",
        "The template is not approved. Wait for the review, or use another one.",
        breaker=Breaker(Scope.TEMPLATE),
        sms=Sms.URGENT,
    ),
)

MIGRATION = (
    *plain(
        ErrorClass.MIGRATION,
        {
            2388001: (
                "El número no se puede mudar: falta confirmar que es de la empresa, o tiene el PIN activado.",
                "The number can not be moved: its owner is not confirmed, or its PIN is on.",
            ),
            2388012: (
                "El número ya está en la lista de la cuenta. Usá el que está.",
                "The number is on the account's list already. Use that one.",
            ),
            2388091: (
                "El número no puede recibir el código: no se está mudando.",
                "The number can not receive the code: it is not being moved.",
            ),
            2388093: (
                "El código no vale para este número: no se está mudando.",
                "The code does not count for this number: it is not being moved.",
            ),
            2388103: (
                "El número no se puede mudar todavía. El detalle de Meta dice qué falta.",
                "The number can not be moved yet. Meta's details say what is missing.",
            ),
            2593079: (
                "La cuenta está reservada para otro proveedor. Un administrador tiene que liberarla en Meta.",
                "The account is marked for another provider. An admin has to release it at Meta.",
            ),
            2593085: (
                "La cuenta no se puede pasar a otro proveedor de esta forma.",
                "The account can not be passed to another provider in this way.",
            ),
        },
    ),
    *plain(
        ErrorClass.COEXISTENCE,
        {
            2593107: (
                "La copia de chats del teléfono se pidió demasiadas veces. Conectá el número de nuevo.",
                "The copy of the phone's chats was asked for too often. Connect the number again.",
            ),
            2593108: (
                "La copia de chats sólo se puede pedir en las primeras 24 horas. Conectá el número de nuevo.",
                "The copy of chats can be asked for in the first 24 hours only. Connect the number again.",
            ),
            2593109: (
                "El dueño del teléfono no quiso compartir los chats anteriores.",
                "The owner of the phone chose not to share earlier chats.",
            ),
        },
    ),
)
