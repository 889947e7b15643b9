"""Sentences about the state of a token, of webhooks and of a whole number, in both languages, with a tone."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from campotech_wa.domain.account_words import Saying, Tone

SOON = timedelta(days=7)
"""Enough for an admin to renew a token before it ends."""

_RENEW = ("Un administrador tiene que generar uno nuevo en Meta.", "An admin has to make a new one at Meta.")

TOKEN_UNCHECKED = Saying("Sin verificar", "Not checked", Tone.QUIET)
TOKEN_INVALID = Saying("Vencido o anulado", "Expired or revoked", Tone.BAD)
TOKEN_LASTING = Saying("Válida, no vence", "Valid, does not expire", Tone.GOOD)

WEBHOOK_OURS = Saying("Los mensajes llegan acá", "Messages arrive here", Tone.GOOD)
WEBHOOK_ELSEWHERE = Saying("Los mensajes van a otra dirección", "Messages go to another address", Tone.BAD)
WEBHOOK_NONE = Saying(
    "Sin suscripción: no llega ningún mensaje", "No subscription: no message arrives", Tone.BAD
)

PIN_ON = Saying("Activada", "On", Tone.GOOD)
PIN_OFF = Saying("Apagada: activala", "Off: switch it on", Tone.WARN)
COEXISTING = Saying("También en la app del teléfono", "Also in the app on a phone", Tone.QUIET)
NOT_COEXISTING = Saying("Sólo en este sistema", "In this system only", Tone.QUIET)

_VERDICTS = {
    Tone.GOOD: Saying("Todo en orden", "All is well", Tone.GOOD),
    Tone.QUIET: Saying("Todavía sin revisar", "Not looked at yet", Tone.QUIET),
    Tone.WARN: Saying("Para revisar", "Worth a look", Tone.WARN),
    Tone.BAD: Saying("Hay que actuar", "Action needed", Tone.BAD),
}
_RANK = (Tone.QUIET, Tone.GOOD, Tone.WARN, Tone.BAD)


def token(
    *, is_known: bool, is_valid: bool, expires_at: datetime | None, expires: str, now: datetime
) -> Saying:
    """Say how long the access token lasts; ``expires`` is the day in words."""
    if not is_known:
        return TOKEN_UNCHECKED
    if not is_valid or (expires_at is not None and expires_at <= now):
        return TOKEN_INVALID
    if expires_at is None:
        return TOKEN_LASTING
    tone = Tone.WARN if expires_at - now < SOON else Tone.GOOD
    return Saying(f"Válida hasta: {expires.lower()}", f"Valid until: {expires}", tone)


def token_advice(saying: Saying, missing: Sequence[str], *, reaches_account: bool) -> Saying | None:
    """Say what to do about the token."""
    if saying.tone is Tone.QUIET:
        return Saying(
            "Para verificarlo, cargá el identificador de la app de Meta.",
            "To check it, tell the id of the app at Meta.",
            Tone.QUIET,
        )
    if saying.tone in (Tone.BAD, Tone.WARN):
        return Saying(*_RENEW, saying.tone)
    if missing:
        names = ", ".join(missing)
        return Saying(f"Le faltan permisos: {names}.", f"It lacks permissions: {names}.", Tone.BAD)
    if not reaches_account:
        return Saying(
            "No tiene acceso a esta cuenta de WhatsApp.",
            "It has no access to this WhatsApp account.",
            Tone.BAD,
        )
    return None


def webhook(*, is_subscribed: bool, is_ours: bool) -> Saying:
    """Say whether messages reach us."""
    if not is_subscribed:
        return WEBHOOK_NONE
    return WEBHOOK_OURS if is_ours else WEBHOOK_ELSEWHERE


def verdict(tones: Collection[Tone]) -> Saying:
    """Sum up a number: the worst of its lines counts."""
    return _VERDICTS[max(tones, key=_RANK.index, default=Tone.QUIET)]
