"""An organization's account at an SMS provider, with its secrets in the clear for the moment they are needed."""

from sqlalchemy.orm import Session

from campotech_wa import settings
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.sms import Account
from campotech_wa.store import sms
from campotech_wa.tables.sms import SmsAccount
from campotech_wa.vault import seal, unseal

REFERENCE = "sms"
"""The parameter that brings our own id of an SMS back: it works before the provider's is known."""

PREFIX = "/webhooks/sms/"


def unsealed(account: SmsAccount) -> Account:
    """Return the account as a provider needs it."""
    return Account(
        base_url=account.base_url,
        account_sid=account.account_sid,
        sender=account.sender,
        auth_token=unseal(account.auth_token) if account.auth_token else "",
    )


def connect(
    session: Session,
    organization_id: OrganizationId,
    *,
    callback_key: str,
    account_sid: str,
    auth_token: str,
    sender: str,
    undelivered_minutes: int | None = None,
) -> None:
    """Add an account that is switched on; its token is sealed before it reaches the database."""
    sms.save_account(
        session,
        organization_id=organization_id,
        callback_key=callback_key,
        is_on=True,
        account_sid=account_sid,
        auth_token=seal(auth_token),
        sender=sender,
        undelivered_minutes=undelivered_minutes,
    )


def callback_url(callback_key: str) -> str:
    """Return the address that the provider calls."""
    return f"{settings.get().origin}{PREFIX}{callback_key}"
