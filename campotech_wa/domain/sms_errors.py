"""What an SMS provider's error codes mean, by what somebody can do about them, and how to say it to staff.

The codes are Twilio's, which compatible providers share (twilio.com/docs/api/errors); the words are our own.
"""

from enum import StrEnum

from campotech_wa.domain.locale import pick


class SmsFault(StrEnum):
    """Why an SMS did not arrive."""

    CREDENTIALS = "credentials"
    ACCOUNT = "account"
    SENDER = "sender"
    REGION = "region"
    THROTTLED = "throttled"
    NUMBER = "number"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    FILTERED = "filtered"
    TEXT = "text"
    ADDRESS = "address"
    NO_ANSWER = "no_answer"
    MONTHLY_CAP = "monthly_cap"
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"


OPTED_OUT = "21610"
"""The person answered STOP to an SMS of this sender."""

_CODES: dict[SmsFault, tuple[str, ...]] = {
    SmsFault.CREDENTIALS: ("20003", "20004", "20404"),
    SmsFault.ACCOUNT: ("20005", "20006", "21608", "30002", "30010", "90010"),
    SmsFault.SENDER: (
        "21212", "21603", "21606", "21659", "21660", "21661", "21701", "21703", "21704", "21705",
    ),
    SmsFault.REGION: ("21408", "21612"),
    SmsFault.THROTTLED: ("14107", "20429", "30001"),
    SmsFault.NUMBER: (
        "21201", "21211", "21214", "21217", "21265", "21266", "21604", "21614", "21635", "30005", "30006",
    ),
    SmsFault.OPTED_OUT: (OPTED_OUT,),
    SmsFault.UNREACHABLE: ("30003", "30004", "30008", "30009"),
    SmsFault.FILTERED: ("30007",),
    SmsFault.TEXT: ("21602", "21605", "21617"),
}  # fmt: skip

_FAULTS = {code: fault for fault, codes in _CODES.items() for code in codes}
_OWN = {SmsFault.ADDRESS, SmsFault.NO_ANSWER, SmsFault.MONTHLY_CAP, SmsFault.TOO_LATE}

_SENTENCES: dict[SmsFault, tuple[str, str]] = {
    SmsFault.CREDENTIALS: (
        "El proveedor de SMS rechazó el usuario o el token. Un administrador tiene que revisarlos en Ajustes.",
        "The SMS provider rejected the account or its token. An admin has to check them in Settings.",
    ),
    SmsFault.ACCOUNT: (
        "La cuenta de SMS está suspendida, en prueba o sin saldo. Un administrador tiene que verla con el proveedor.",
        "The SMS account is suspended, on trial or out of credit. An admin has to take it up with the provider.",
    ),
    SmsFault.SENDER: (
        "El remitente de los SMS no sirve. Un administrador tiene que corregirlo en Ajustes.",
        "The sender of the SMS can not be used. An admin has to correct it in Settings.",
    ),
    SmsFault.REGION: (
        "La cuenta no puede mandar SMS a ese país. Un administrador tiene que habilitarlo con el proveedor.",
        "The account may not send SMS to that country. An admin has to enable it with the provider.",
    ),
    SmsFault.THROTTLED: (
        "El proveedor de SMS frenó los envíos y el mensaje ya no salió a tiempo. Llamá al cliente.",
        "The SMS provider slowed down and the message did not leave in time. Call the customer.",
    ),
    SmsFault.NUMBER: (
        "Ese número no recibe SMS: es fijo, no existe o está mal escrito. Pedile otro al cliente.",
        "That number takes no SMS: a fixed line, not in service or misspelt. Ask the customer for another one.",
    ),
    SmsFault.OPTED_OUT: (
        "El cliente pidió no recibir SMS. Respetalo.",
        "The customer asked for no SMS. Respect it.",
    ),
    SmsFault.UNREACHABLE: (
        "El teléfono no recibió el SMS: puede estar apagado o sin señal. Llamá al cliente.",
        "The phone did not take the SMS: it may be off or out of reach. Call the customer.",
    ),
    SmsFault.FILTERED: (
        "La telefónica bloqueó el SMS por su contenido. Revisá el texto de la plantilla.",
        "The carrier blocked the SMS for its content. Check the template's text.",
    ),
    SmsFault.TEXT: (
        "El texto no entra en un SMS. Acortá la plantilla.",
        "The text does not fit an SMS. Shorten the template.",
    ),
    SmsFault.ADDRESS: (
        "La dirección del proveedor de SMS no sirve. Un administrador tiene que corregirla en Ajustes.",
        "The SMS provider's address can not be used. An admin has to correct it in Settings.",
    ),
    SmsFault.NO_ANSWER: (
        "El proveedor de SMS no contestó. Puede que el SMS haya llegado: preguntale al cliente.",
        "The SMS provider did not answer. The SMS may have arrived: ask the customer.",
    ),
    SmsFault.MONTHLY_CAP: (
        "Se alcanzó el tope de SMS del mes. Un administrador puede subirlo en Ajustes.",
        "The month's cap of SMS is reached. An admin can raise it in Settings.",
    ),
    SmsFault.TOO_LATE: (
        "El SMS esperó demasiado y ya no tenía sentido mandarlo. Llamá al cliente.",
        "The SMS waited too long and sending it made no sense any more. Call the customer.",
    ),
    SmsFault.UNKNOWN: (
        "El proveedor de SMS no pudo entregarlo. Un administrador puede ver el motivo en el panel del proveedor.",
        "The SMS provider could not deliver it. An admin can see the reason in the provider's console.",
    ),
}


def fault_of(code: str) -> SmsFault:
    """Return what a provider's code, or a word of ours, means."""
    return SmsFault(code) if code in _OWN else _FAULTS.get(code, SmsFault.UNKNOWN)


def sentence(code: str, *, locale: str) -> str:
    """Say why an SMS did not arrive, and what to do."""
    return pick(_SENTENCES[fault_of(code)], locale)
