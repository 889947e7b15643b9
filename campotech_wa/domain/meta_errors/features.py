"""Block list, usernames, routing, sign-up, groups, calls and flows (errors.md, section 3)."""

from campotech_wa.domain.meta_errors.entry import (
    Breaker,
    Entry,
    ErrorClass,
    Retry,
    Scope,
    Traffic,
    Words,
    plain,
)

_SIGN_UP: Words = (
    "El enlace de alta de WhatsApp no funcionó. Generá uno nuevo.",
    "WhatsApp's sign-up link did not work. Make a new one.",
)
_CALL_SETUP: Words = (
    "La llamada no se pudo establecer. Probá una vez más.",
    "The call could not be set up. Try once more.",
)
_CUSTOMER = Breaker(Scope.CUSTOMER, Traffic.CALLS)
_GROUP = Breaker(Scope.GROUP)

BLOCK_LIST = (
    Entry(
        139102,
        ErrorClass.BLOCK_LIST,
        "Alguien más estaba cambiando la lista de bloqueados. Probá de nuevo en unos segundos.",
        "Somebody else was changing the block list. Try again in a few seconds.",
        retry=Retry.THROTTLE,
    ),
    Entry(
        139103,
        ErrorClass.BLOCK_LIST,
        "Meta tuvo un problema con la lista de bloqueados. Probá de nuevo en unos minutos.",
        "Meta had trouble with the block list. Try again in a few minutes.",
        retry=Retry.AMBIGUOUS,
    ),
    *plain(
        ErrorClass.BLOCK_LIST,
        {
            139100: (
                (
                    "Algunos clientes no se pudieron bloquear o desbloquear. Sólo se puede con quien escribió "
                    "en las últimas 24 horas."
                ),
                "Some customers could not be blocked or unblocked. Only those who wrote in the last 24 hours can be.",
            ),
            139101: (
                "La lista de bloqueados está llena: entran 64.000.",
                "The block list is full: it holds 64,000.",
            ),
        },
    ),
)

USERNAMES = plain(
    ErrorClass.USERNAME,
    {
        147001: (
            "Ese nombre de usuario no está disponible. Elegí otro.",
            "That username is taken. Choose another.",
        ),
        147002: (
            "La cuenta todavía no puede tener nombre de usuario: su límite de mensajes es bajo.",
            "The account can not have a username yet: its messaging limit is too low.",
        ),
        147003: (
            "Una página de Facebook que no está vinculada usa ese nombre. Vinculala en Meta, o elegí otro.",
            "A Facebook page that is not linked uses that name. Link it at Meta, or choose another.",
        ),
        147004: (
            "Una cuenta de Instagram que no está vinculada usa ese nombre. Vinculala en Meta, o elegí otro.",
            "An Instagram account that is not linked uses that name. Link it at Meta, or choose another.",
        ),
        147005: (
            "Otro número de la empresa usa ese nombre. Un administrador tiene que decidir si lo pasa a este.",
            "Another number of the company uses that name. An admin has to decide whether it moves here.",
        ),
    },
)

ROUTING = (
    Entry(
        2494191,
        ErrorClass.ROUTING,
        "Otra aplicación está atendiendo esta conversación. Esperá a que la suelte.",
        "Another app is handling this conversation. Wait until it lets go.",
        breaker=Breaker(Scope.CUSTOMER),
    ),
    *plain(
        ErrorClass.SIGN_UP,
        dict.fromkeys(
            (2494164, 2494165, 2494166, 2494167, 2494168, 2494176, 2494177, 2494179),
            _SIGN_UP,
        ),
    ),
)

GROUPS = tuple(
    Entry(
        code, ErrorClass.GROUP, *words, breaker=_GROUP if code in (131020, 131041) else Breaker(Scope.NOBODY)
    )
    for code, words in {
        131020: ("En el grupo no hay nadie más.", "Nobody else is in the group."),
        131041: (
            "El grupo no existe, o la empresa ya no está en él.",
            "The group does not exist, or the company is no longer in it.",
        ),
        131201: (
            "El cambio en el grupo se hizo sólo en parte. Revisá quiénes quedaron.",
            "The change to the group was made in part only. Check who is in it.",
        ),
        131202: (
            "Hay participantes repetidos. Sacá los que sobran.",
            "Participants are repeated. Take them out.",
        ),
        131204: ("Son demasiados participantes para un grupo.", "That is too many participants for a group."),
        131211: ("La empresa llegó al máximo de grupos.", "The company has as many groups as it may."),
        131212: ("Esa persona no está en el grupo.", "That person is not in the group."),
        131213: (
            "El pedido de entrar al grupo ya no existe.",
            "The request to join the group no longer exists.",
        ),
        131215: ("Este número no puede usar grupos.", "This number can not use groups."),
    }.items()
)

CALLS = (
    Entry(
        138000,
        ErrorClass.CALL,
        "Las llamadas no están activadas en este número. Un administrador puede activarlas.",
        "Calls are not switched on for this number. An admin can switch them on.",
        breaker=Breaker(Scope.CHANNEL, Traffic.CALLS),
    ),
    Entry(
        138001,
        ErrorClass.CALL,
        "A este cliente no se lo puede llamar por WhatsApp.",
        "This customer can not be called on WhatsApp.",
        breaker=_CUSTOMER,
    ),
    Entry(
        138003,
        ErrorClass.CALL,
        "Ya hay una llamada en curso con este cliente. Esperá a que termine.",
        "A call with this customer is going on already. Wait until it ends.",
        retry=Retry.WAIT,
        breaker=_CUSTOMER,
    ),
    Entry(
        138004,
        ErrorClass.CALL,
        "Falló la conexión de la llamada. Probá de nuevo.",
        "The call's connection failed. Try again.",
        retry=Retry.AMBIGUOUS,
    ),
    Entry(
        138006,
        ErrorClass.CALL,
        "El cliente todavía no dio permiso para llamarlo. Pedíselo por mensaje.",
        "The customer has not allowed calls yet. Ask them by message.",
        breaker=_CUSTOMER,
    ),
    Entry(
        138009,
        ErrorClass.CALL,
        "Ya se le pidió permiso para llamar: se puede una vez por día y dos por semana. Esperá.",
        "They were asked for permission to call: once a day and twice a week is allowed. Wait.",
        retry=Retry.WAIT,
        breaker=_CUSTOMER,
    ),
    Entry(
        138012,
        ErrorClass.CALL,
        "Se llegó al máximo de 5 llamadas en 24 horas con este cliente. Esperá.",
        "The limit of 5 calls in 24 hours with this customer is reached. Wait.",
        retry=Retry.WAIT,
        breaker=_CUSTOMER,
    ),
    Entry(
        138013,
        ErrorClass.CALL,
        "Este número no puede hacer llamadas.",
        "This number can not make calls.",
        breaker=Breaker(Scope.CHANNEL, Traffic.CALLS),
    ),
    *plain(
        ErrorClass.CALL,
        {
            138007: ("La llamada tardó demasiado en conectar.", "The call took too long to connect."),
            138015: (
                "Las llamadas no se pueden activar: el límite de mensajes del número es bajo.",
                "Calls can not be switched on: the number's messaging limit is too low.",
            ),
            138017: (
                "El cliente ya dio permiso: podés llamarlo.",
                "The customer has allowed calls: you may call.",
            ),
            138018: (
                "Falta preparar el número para llamadas. Un administrador tiene que completarlo en Meta.",
                "The number is not prepared for calls. An admin has to complete it at Meta.",
            ),
        },
    ),
    *(
        Entry(code, ErrorClass.CALL, *_CALL_SETUP, retry=Retry.ONCE)
        for code in (138019, 138020, 138021, 138022, 138023)
    ),
)

FLOWS = plain(
    ErrorClass.FLOW,
    {
        139001: ("El formulario interactivo no se pudo guardar.", "The interactive form could not be saved."),
        139002: (
            "El formulario interactivo no se pudo publicar. El detalle de Meta dice qué corregir.",
            "The interactive form could not be published. Meta's details say what to correct.",
        ),
        139003: (
            "El formulario interactivo no se pudo retirar.",
            "The interactive form could not be taken out of use.",
        ),
        139004: (
            "Sólo se puede borrar un formulario interactivo en borrador.",
            "Only a draft of an interactive form can be deleted.",
        ),
    },
)
