"""Templates: sending them, and managing them (errors.md, section 3)."""

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

_TEMPLATE = Breaker(Scope.TEMPLATE)

SENDING = (
    Entry(
        132000,
        ErrorClass.TEMPLATE,
        "La plantilla lleva otra cantidad de datos. Un administrador tiene que actualizar las plantillas.",
        "The template takes another number of values. An admin has to bring the templates up to date.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132001,
        ErrorClass.TEMPLATE,
        "La plantilla no existe en ese idioma o no está aprobada. "
        "Si se aprobó recién, probá de nuevo en 10 minutos.",
        "The template does not exist in that language, or is not approved. "
        "If it was approved just now, try again in 10 minutes.",
        retry=Retry.ONCE,
        wait=timedelta(minutes=10),
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132005,
        ErrorClass.TEMPLATE,
        "El mensaje queda demasiado largo con esos datos. Acortalos.",
        "With these values the message gets too long. Shorten them.",
        sms=Sms.URGENT,
    ),
    Entry(
        132007,
        ErrorClass.TEMPLATE,
        "El contenido de la plantilla no cumple las políticas de Meta. Hay que reescribirla.",
        "The template's content breaks Meta's policies. It has to be rewritten.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132008,
        ErrorClass.TEMPLATE,
        "Uno de los datos no sirve: no puede tener saltos de línea ni muchos espacios seguidos. Corregilo.",
        "One of the values does not do: it may hold no line breaks and no long runs of spaces. Correct it.",
        sms=Sms.URGENT,
    ),
    Entry(
        132012,
        ErrorClass.TEMPLATE,
        "Un dato no es del tipo que la plantilla espera. Un administrador tiene que actualizar las plantillas.",
        "A value is not of the kind that the template takes. An admin has to bring the templates up to date.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132015,
        ErrorClass.TEMPLATE,
        "Meta pausó la plantilla por baja calidad. Esperá unas horas o usá otra.",
        "Meta has paused the template for low quality. Wait some hours or use another one.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132016,
        ErrorClass.TEMPLATE,
        "Meta desactivó la plantilla para siempre. Hay que crear otra, con otro contenido.",
        "Meta has disabled the template for good. Another one is needed, with other content.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        132018,
        ErrorClass.TEMPLATE,
        "Los datos no cumplen las reglas de la plantilla. Revisalos.",
        "The values break the template's rules. Check them.",
        sms=Sms.URGENT,
    ),
    Entry(
        131063,
        ErrorClass.CONFIGURATION,
        "La cuenta manda las promociones por otro servicio de Meta. Un administrador tiene que revisarlo.",
        "The account sends its promotions through another service of Meta. An admin has to look into it.",
        breaker=Breaker(Scope.TEMPLATE, Traffic.MARKETING),
        tells_human=True,
    ),
    Entry(
        132068,
        ErrorClass.TEMPLATE,
        "Meta bloqueó el formulario interactivo de la plantilla. Un administrador tiene que revisarlo.",
        "Meta has blocked the template's interactive form. An admin has to look into it.",
        breaker=_TEMPLATE,
        sms=Sms.URGENT,
        tells_human=True,
    ),
    Entry(
        134100,
        ErrorClass.PARAMETER,
        "Por ese servicio sólo salen promociones. Mandalo como mensaje común.",
        "Only promotions leave through that service. Send it as an ordinary message.",
    ),
    Entry(
        134101,
        ErrorClass.SERVICE,
        "Meta todavía está preparando la plantilla. Probá de nuevo en unos minutos.",
        "Meta is still getting the template ready. Try again in a few minutes.",
        retry=Retry.WAIT,
        wait=timedelta(minutes=10),
        breaker=_TEMPLATE,
    ),
    Entry(
        134102,
        ErrorClass.CONFIGURATION,
        "La plantilla no está disponible para promociones. Un administrador tiene que revisar la cuenta en Meta.",
        "The template is not available for promotions. An admin has to look into the account at Meta.",
        breaker=_TEMPLATE,
        tells_human=True,
    ),
    *plain(
        ErrorClass.CONFIGURATION,
        {
            1752041: (
                "La cuenta ya estaba dada de alta para promociones. No hay nada que hacer.",
                "The account was set up for promotions already. There is nothing to do.",
            )
        },
    ),
)

MANAGEMENT = (
    Entry(
        2388023,
        ErrorClass.TEMPLATE_MANAGEMENT,
        "Meta todavía está borrando esa plantilla. Usá otro nombre, o esperá hasta 4 semanas.",
        "Meta is still deleting that template. Use another name, or wait up to 4 weeks.",
        retry=Retry.WAIT,
        wait=timedelta(weeks=4),
    ),
    Entry(
        2388039,
        ErrorClass.TEMPLATE_MANAGEMENT,
        "La plantilla no se puede cambiar ahora: está en revisión o ya se editó hoy. Probá mañana.",
        "The template can not be changed now: it is in review, or was edited today. Try tomorrow.",
        retry=Retry.WAIT,
        wait=timedelta(days=1),
    ),
    *plain(
        ErrorClass.TEMPLATE_MANAGEMENT,
        {
            2388019: (
                "La cuenta llegó al máximo de plantillas. Borrá o archivá alguna.",
                "The account has as many templates as it may. Delete or archive one.",
            ),
            2388024: (
                "Ya existe una plantilla con ese nombre en ese idioma. Usá la que está, o cambiá el nombre.",
                "A template of that name and language exists already. Use it, or change the name.",
            ),
            2388040: (
                "Un campo de la plantilla es demasiado largo. Acortalo.",
                "A field of the template is too long. Shorten it.",
            ),
            2388047: (
                "El encabezado de la plantilla tiene un formato que Meta no admite. Corregilo.",
                "The template's header has a format that Meta does not take. Correct it.",
            ),
            2388072: (
                "El cuerpo de la plantilla tiene un formato que Meta no admite. Corregilo.",
                "The template's body has a format that Meta does not take. Correct it.",
            ),
            2388073: (
                "El pie de la plantilla tiene un formato que Meta no admite. Corregilo.",
                "The template's footer has a format that Meta does not take. Correct it.",
            ),
            2388293: (
                "La plantilla tiene demasiados datos variables para su largo. Agregale palabras.",
                "The template has too many variables for its length. Add words.",
            ),
            2388299: (
                "Un dato variable no puede estar al principio ni al final. Agregale palabras.",
                "A variable can stand neither first nor last. Add words.",
            ),
            2388318: (
                "Esa plantilla la generó Meta y no se puede editar.",
                "That template was made by Meta and can not be edited.",
            ),
            2388330: (
                "Esa plantilla la generó Meta y no se puede borrar.",
                "That template was made by Meta and can not be deleted.",
            ),
        },
    ),
    *plain(
        ErrorClass.ANALYTICS,
        {
            200005: (
                "Las estadísticas de plantillas no están disponibles para esta cuenta.",
                "Template statistics are not available for this account.",
            ),
            200006: (
                "Las estadísticas de plantillas no se pueden apagar.",
                "Template statistics can not be switched off.",
            ),
            200007: (
                "Las estadísticas de plantillas no están activadas. Un administrador puede activarlas.",
                "Template statistics are not switched on. An admin can switch them on.",
            ),
        },
    ),
)
