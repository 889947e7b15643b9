"""News of accounts: reviews, restrictions, bans, partners, alerts, and errors of no message (webhooks.md 6.2)."""

from campotech_wa.domain import meta_errors
from campotech_wa.domain.account_news.told import Payload, Told, first, text
from campotech_wa.domain.account_words import Tone

_UPDATES = {
    "ACCOUNT_DELETED": (Tone.BAD, "La cuenta de WhatsApp se borró.", "The WhatsApp account was deleted."),
    "ACCOUNT_OFFBOARDED": (
        Tone.BAD,
        "La cuenta dejó de estar conectada a este sistema.",
        "The account is no longer connected to this system.",
    ),
    "ACCOUNT_RECONNECTED": (Tone.GOOD, "La cuenta se conectó de nuevo.", "The account is connected again."),
    "VERIFIED_ACCOUNT": (Tone.GOOD, "Meta verificó la cuenta.", "Meta verified the account."),
    "PARTNER_ADDED": (
        Tone.QUIET,
        "Se agregó un proveedor a la cuenta.",
        "A provider was added to the account.",
    ),
    "PARTNER_REMOVED": (
        Tone.BAD,
        "Se quitó un proveedor de la cuenta: puede que dejen de llegar mensajes.",
        "A provider was removed from the account: messages may stop coming.",
    ),
    "PARTNER_APP_INSTALLED": (
        Tone.QUIET,
        "Se instaló una aplicación en la cuenta.",
        "An app was installed in the account.",
    ),
    "PARTNER_APP_UNINSTALLED": (
        Tone.WARN,
        "Se desinstaló una aplicación de la cuenta.",
        "An app was uninstalled from the account.",
    ),
    "AD_ACCOUNT_LINKED": (
        Tone.QUIET,
        "Se vinculó una cuenta publicitaria.",
        "An advertising account was linked.",
    ),
    "MM_LITE_TERMS_SIGNED": (
        Tone.QUIET,
        "Se aceptaron los términos de promociones.",
        "The terms for promotions were accepted.",
    ),
    "ACCOUNT_VIOLATION": (
        Tone.BAD,
        "Meta dice que la cuenta no cumplió sus políticas. Un administrador tiene que verlo en Meta.",
        "Meta says that the account broke its policies. An admin has to look at it at Meta.",
    ),
    "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE": (
        Tone.QUIET,
        "Cambió el país principal de la empresa.",
        "The company's main country changed.",
    ),
    "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE": (
        Tone.QUIET,
        "Cambió el precio internacional de los códigos de acceso.",
        "The international price of access codes changed.",
    ),
    "VOLUME_BASED_PRICING_TIER_UPDATE": (
        Tone.GOOD,
        "La cuenta pasó a otro escalón de precios por volumen.",
        "The account reached another step of volume prices.",
    ),
}

_RESTRICTIONS = {
    "RESTRICTED_BIZ_INITIATED_MESSAGING": (
        "Meta no deja enviar plantillas. Las respuestas a clientes siguen saliendo.",
        "Meta allows no templates. Replies to customers still go out.",
    ),
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING": (
        "Meta no deja responder a los clientes.",
        "Meta allows no replies to customers.",
    ),
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION": (
        "Meta no deja agregar números.",
        "Meta allows no further numbers.",
    ),
    "RESTRICTED_UTILITY_TEMPLATES": (
        "Meta no deja enviar plantillas de servicio: hubo categorías equivocadas.",
        "Meta allows no utility templates: categories were wrong.",
    ),
    "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES": (
        "Meta no deja el envío directo de avisos. Usá plantillas.",
        "Meta allows no direct notices. Use templates.",
    ),
}
_OTHER_RESTRICTION = ("Meta restringió la cuenta.", "Meta restricted the account.")

_BANS = {
    "SCHEDULE_FOR_DISABLE": (
        Tone.BAD,
        "Meta va a desactivar la cuenta. Un administrador tiene que apelar ya.",
        "Meta is going to disable the account. An admin has to appeal now.",
    ),
    "DISABLE": (Tone.BAD, "Meta desactivó la cuenta.", "Meta disabled the account."),
    "REINSTATE": (Tone.GOOD, "Meta habilitó la cuenta otra vez.", "Meta reinstated the account."),
}

_REVIEWS = {
    "APPROVED": (Tone.GOOD, "Meta aprobó la cuenta.", "Meta approved the account."),
    "REJECTED": (
        Tone.BAD,
        "Meta rechazó la cuenta. Un administrador puede apelar en Meta.",
        "Meta rejected the account. An admin can appeal at Meta.",
    ),
    "PENDING": (Tone.QUIET, "Meta está revisando la cuenta.", "Meta is reviewing the account."),
    "DEFERRED": (
        Tone.QUIET,
        "Meta postergó la revisión de la cuenta.",
        "Meta put off the review of the account.",
    ),
}

_ALERTS = {
    "OBA_APPROVED": ("La cuenta ahora es oficial.", "The account is official now."),
    "OBA_REJECTED": ("Meta no le dio a la cuenta la marca oficial.", "Meta refused the official mark."),
    "PROFILE_PICTURE_LOST": (
        "Se perdió la foto de perfil del número. Subila de nuevo.",
        "The number's profile picture was lost. Upload it again.",
    ),
}
_CAPABILITIES = "INCREASED_CAPABILITIES_ELIGIBILITY_"
_MORE_CAPACITY = (
    "Meta revisó si la empresa puede enviar a más clientes por día. El resultado está en Meta.",
    "Meta reviewed whether the company may write to more customers a day. The result is at Meta.",
)
_SEVERITY = {"CRITICAL": Tone.BAD, "WARNING": Tone.WARN, "INFORMATIONAL": Tone.QUIET}


def updated(event: str, payload: Payload) -> Told | None:
    """Tell what happened to the account."""
    if event == "ACCOUNT_RESTRICTION":
        kind = text(first(payload, "restriction_info"), "restriction_type")
        return Told(Tone.BAD, *_RESTRICTIONS.get(kind, _OTHER_RESTRICTION))
    if event == "DISABLED_UPDATE":
        known = _BANS.get(text(payload, "ban_info", "waba_ban_state"))
        return known and Told(*known)
    known = _UPDATES.get(event)
    return known and Told(*known)


def reviewed(event: str, _: Payload) -> Told | None:
    """Tell what Meta decided of the account."""
    known = _REVIEWS.get(event)
    return known and Told(*known)


def alerted(_: str, payload: Payload) -> Told | None:
    """Tell of an alert; older ones have its words on the outside."""
    kind = text(payload, "alert_info", "alert_type") or text(payload, "alert_type")
    severity = text(payload, "alert_info", "alert_severity") or text(payload, "alert_severity")
    words = _MORE_CAPACITY if kind.startswith(_CAPABILITIES) else _ALERTS.get(kind)
    return words and Told(_SEVERITY.get(severity, Tone.WARN), *words)


def preferred(_: str, payload: Payload) -> Told | None:
    """Tell what a customer wants of promotions; a word that is new counts as a no (webhooks.md 6.3)."""
    value = text(first(payload, "user_preferences"), "value")
    if not value:
        return None
    if value in ("resume", "signup"):
        return Told(
            Tone.GOOD,
            "Un cliente quiere recibir promociones otra vez.",
            "A customer wants promotions again.",
        )
    return Told(
        Tone.QUIET,
        "Un cliente pidió no recibir más promociones. Los avisos de su servicio siguen permitidos.",
        "A customer asked for no more promotions. Notices about their service are still allowed.",
    )


def failed(_: str, payload: Payload) -> Told | None:
    """Tell an error that concerns no message, in the catalogue's words."""
    error = first(payload, "errors") or payload
    code = text(error, "code")
    if not code.isascii() or not code.isdecimal():
        return None
    entry = meta_errors.find(int(code))
    return Told(Tone.BAD if entry.tells_human else Tone.WARN, entry.spanish, entry.english)
