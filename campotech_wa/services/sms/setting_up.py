"""Show admins how SMS are set up, and change it."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from campotech_wa import clock, settings
from campotech_wa.courier import addresses
from campotech_wa.domain import sms_limits
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.errors import InvalidInput
from campotech_wa.services.sms import accounts
from campotech_wa.signals import live
from campotech_wa.store import people, sms
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.sms import SmsAccount
from campotech_wa.vault import seal
from campotech_wa.views import SmsForm

MOST_PER_MINUTE = 600
HIGHEST_CAP = 1_000_000
LONGEST_WAIT = 24 * 60
"""Minutes. WhatsApp keeps trying for thirty days; after one, nobody would call it a fallback."""

_SID = re.compile(r"[A-Za-z0-9-]{2,64}")
_SENDER = re.compile(r"\+[0-9]{7,15}|[0-9]{3,8}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{2,11}")
"""A number, a short code, a messaging service, or a name of up to eleven characters."""

_LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What an admin asks for; an empty token leaves the one that is there."""

    is_on: bool
    account_sid: str
    sender: str
    base_url: str = ""
    auth_token: str = field(default="", repr=False)
    undelivered_minutes: int | None = None
    monthly_cap: int = 500
    per_minute: int = 20


def form(actor: Actor) -> SmsForm:
    """Return how SMS are set up, and how many left this month.

    Raises:
        NotAllowed: only admins see it.
    """
    actor.require(Permission.OPERATE)
    organization_id, now = actor.organization_id, clock.now()
    with reading() as session:
        account = sms.account(session, organization_id=organization_id)
        zone = people.organization(session, organization_id=organization_id).timezone
        began = sms_limits.month_begins(now, zone=zone)
        used = sms.used(session, organization_id=organization_id, now=now, month_began=began)
    return _shown(account or SmsAccount(organization_id=organization_id, callback_key=""), used.this_month)


def save(actor: Actor, wish: Wish) -> None:
    """Change how SMS are set up.

    Raises:
        NotAllowed, InvalidInput: nothing was changed.
    """
    actor.require(Permission.OPERATE)
    organization_id = actor.organization_id
    with transaction() as tx:
        known = sms.lock_account(tx.session, organization_id=organization_id)
        _check(wish, known)
        values: dict[str, Any] = {
            "is_on": wish.is_on,
            "account_sid": wish.account_sid,
            "sender": wish.sender,
            "base_url": wish.base_url,
            "undelivered_minutes": wish.undelivered_minutes,
            "monthly_cap": wish.monthly_cap,
            "per_minute": wish.per_minute,
            "auth_token": seal(wish.auth_token) if wish.auth_token else known.auth_token if known else b"",
        }
        new_key = secrets.token_urlsafe(24)
        sms.save_account(tx.session, organization_id=organization_id, callback_key=new_key, **values)
        tx.after_commit(live.publish, live.Changed(organization_id))


def _shown(account: SmsAccount, used: int) -> SmsForm:
    minutes = account.undelivered_minutes
    return SmsForm(
        is_on=account.is_on,
        account_sid=account.account_sid,
        has_token=bool(account.auth_token),
        sender=account.sender,
        base_url=account.base_url,
        undelivered_minutes="" if minutes is None else str(minutes),
        monthly_cap=account.monthly_cap,
        per_minute=account.per_minute,
        callback_url=accounts.callback_url(account.callback_key) if account.callback_key else "",
        used=used,
    )


def _check(wish: Wish, known: SmsAccount | None) -> None:
    _demand(bool(_SID.fullmatch(wish.account_sid)) or _is_left_out(wish.account_sid, wish), "account_sid")
    _demand(bool(_SENDER.fullmatch(wish.sender)) or _is_left_out(wish.sender, wish), "sender")
    _demand(not wish.base_url or _may_be_called(wish.base_url), "base_url")
    _demand(len(wish.auth_token) <= _LONGEST_TOKEN and wish.auth_token.isprintable(), "auth_token")
    _demand(1 <= wish.per_minute <= MOST_PER_MINUTE, "per_minute", MOST_PER_MINUTE)
    _demand(0 <= wish.monthly_cap <= HIGHEST_CAP, "monthly_cap", HIGHEST_CAP)
    minutes = wish.undelivered_minutes
    _demand(minutes is None or 1 <= minutes <= LONGEST_WAIT, "undelivered_minutes", LONGEST_WAIT)
    _check_token(wish, known)


def _may_be_called(base_url: str) -> bool:
    """Tell whether an address may be a provider's; where it leads is looked at with each request."""
    try:
        return not addresses.check(base_url, is_development=settings.get().is_development).query
    except InvalidInput:
        return False


def _is_left_out(value: str, wish: Wish) -> bool:
    return not value and not wish.is_on


def _check_token(wish: Wish, known: SmsAccount | None) -> None:
    """Demand the token anew for another address: it must not be sent to whoever may only change the address."""
    has_one = known is not None and bool(known.auth_token)
    moves = known is not None and (known.base_url, known.account_sid) != (wish.base_url, wish.account_sid)
    _demand(bool(wish.auth_token) or not (has_one and moves), "auth_token_again")
    _demand(bool(wish.auth_token) or has_one or not wish.is_on, "auth_token")


def _demand(holds: bool, field: str, limit: int | None = None) -> None:  # noqa: FBT001  (reads as a sentence)
    if not holds:
        detail = f"{field} of the SMS account can not be used."
        raise InvalidInput(f"sms_{field}", field=field, limit=limit, detail=detail)
