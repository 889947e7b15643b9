"""Authorization and throttling (errors.md, section 3)."""

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

EXPIRED: Words = (
    "La conexión con WhatsApp venció. Un administrador tiene que renovar el token.",
    "The connection to WhatsApp has expired. An admin has to renew the token.",
)
PERMISSION: Words = (
    "A la conexión con WhatsApp le falta un permiso. Un administrador tiene que dárselo en Meta.",
    "The connection to WhatsApp lacks a permission. An admin has to grant it at Meta.",
)
_NO_TOKEN: Words = (
    "El pedido salió sin la clave de acceso. Avisá a quien mantiene el sistema.",
    "The request left without the access token. Tell whoever maintains the system.",
)
_TOO_MANY_CALLS: Words = (
    "La empresa hizo demasiadas consultas a Meta. Probá de nuevo en unos minutos.",
    "The company has asked Meta too often. Try again in a few minutes.",
)
_TOO_MUCH_MANAGEMENT: Words = (
    "Se llegó al límite de consultas por hora de la cuenta de WhatsApp. Probá de nuevo más tarde.",
    "The WhatsApp account's hourly limit of queries is reached. Try again later.",
)

_APP = Breaker(Scope.APP)
_SLOW_APP = Breaker(Scope.APP, is_slowing=True)
_SLOW_MANAGEMENT = Breaker(Scope.WABA, Traffic.MANAGEMENT, is_slowing=True)

_EXPIRED_CODES = (0, 102, 190)
_PERMISSION_CODES = (3, 10)
_APP_LIMITS = (4, 17, 341)
_MANAGEMENT_LIMITS = (80007, 80008)

AUTHORIZATION = (
    *(
        Entry(
            code,
            ErrorClass.AUTHORIZATION,
            *EXPIRED,
            breaker=_APP,
            sms=Sms.URGENT,
            tells_human=True,
        )
        for code in _EXPIRED_CODES
    ),
    *(
        Entry(
            code,
            ErrorClass.AUTHORIZATION,
            *PERMISSION,
            breaker=_APP,
            sms=Sms.URGENT,
            tells_human=True,
        )
        for code in _PERMISSION_CODES
    ),
    *(
        Entry(code, ErrorClass.AUTHORIZATION, *_NO_TOKEN, breaker=_APP, tells_human=True)
        for code in (104, 200)
    ),
    Entry(
        131005,
        ErrorClass.AUTHORIZATION,
        "La conexión no tiene acceso a esta cuenta o a este número. Un administrador tiene que revisarlo en Meta.",
        "The connection has no access to this account or number. An admin has to look into it at Meta.",
        breaker=Breaker(Scope.WABA),
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        33,
        ErrorClass.AUTHORIZATION,
        "El número de la empresa ya no existe en Meta. Un administrador tiene que conectarlo de nuevo.",
        "The company's number no longer exists at Meta. An admin has to connect it again.",
        breaker=Breaker(Scope.CHANNEL),
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        613,
        ErrorClass.THROTTLE,
        "Se hizo esta consulta demasiadas veces. Probá de nuevo más tarde.",
        "This was asked too often. Try again later.",
        retry=Retry.THROTTLE,
    ),
)

THROTTLING = (
    *(
        Entry(
            code,
            ErrorClass.THROTTLE,
            *_TOO_MANY_CALLS,
            retry=Retry.THROTTLE,
            breaker=_SLOW_APP,
            sms=Sms.URGENT,
        )
        for code in _APP_LIMITS
    ),
    Entry(32, ErrorClass.THROTTLE, *_TOO_MANY_CALLS, retry=Retry.THROTTLE),
    *(
        Entry(
            code, ErrorClass.THROTTLE, *_TOO_MUCH_MANAGEMENT, retry=Retry.THROTTLE, breaker=_SLOW_MANAGEMENT
        )
        for code in _MANAGEMENT_LIMITS
    ),
    Entry(
        130429,
        ErrorClass.THROTTLE,
        "El número está enviando y recibiendo más de lo que WhatsApp permite por segundo. Probá de nuevo más tarde.",
        "The number sends and receives more than WhatsApp allows in a second. Try again later.",
        retry=Retry.THROTTLE,
        breaker=Breaker(Scope.CHANNEL, is_slowing=True),
        sms=Sms.URGENT,
    ),
    Entry(
        131056,
        ErrorClass.THROTTLE,
        "Se le mandaron muchos mensajes seguidos a este cliente. Probá de nuevo en unos segundos.",
        "This customer was sent many messages in a row. Try again in a few seconds.",
        retry=Retry.PAIR,
        breaker=Breaker(Scope.CUSTOMER, is_slowing=True),
    ),
    Entry(
        131208,
        ErrorClass.THROTTLE,
        "Se hicieron demasiados cambios en grupos. Probá de nuevo más tarde.",
        "Too many changes were made to groups. Try again later.",
        retry=Retry.THROTTLE,
    ),
    Entry(
        133016,
        ErrorClass.THROTTLE,
        "El número se registró o se dio de baja demasiadas veces. Esperá 72 horas antes de intentarlo de nuevo.",
        "The number was registered or deregistered too often. Wait 72 hours before trying again.",
        retry=Retry.WAIT,
        wait=timedelta(hours=72),
        breaker=Breaker(Scope.CHANNEL, Traffic.ONBOARDING),
        tells_human=True,
    ),
    Entry(
        138002,
        ErrorClass.THROTTLE,
        "Hay demasiadas llamadas al mismo tiempo. Probá de nuevo en unos minutos.",
        "Too many calls are going on at once. Try again in a few minutes.",
        retry=Retry.THROTTLE,
    ),
    Entry(
        138005,
        ErrorClass.THROTTLE,
        "El número hizo demasiadas llamadas seguidas. Probá de nuevo en unos minutos.",
        "The number made too many calls in a row. Try again in a few minutes.",
        retry=Retry.THROTTLE,
    ),
    Entry(
        132069,
        ErrorClass.THROTTLE,
        "Meta limitó el formulario interactivo por sus fallas: sólo sale en 10 mensajes por hora. "
        "Un administrador tiene que revisarlo.",
        "The interactive form is slowed down for its failures, to 10 messages an hour. "
        "An admin has to look into it.",
        retry=Retry.WAIT,
        wait=timedelta(hours=1),
        breaker=Breaker(Scope.TEMPLATE),
        sms=Sms.URGENT,
        tells_human=True,
    ),
)
