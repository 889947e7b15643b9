"""An organization's account at an SMS provider, with its secrets in the clear for the moment they are needed."""

from campotech_wa import settings
from campotech_wa.sms import Account
from campotech_wa.tables.sms import SmsAccount
from campotech_wa.vault import unseal

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


def callback_url(callback_key: str) -> str:
    """Return the address that the provider calls."""
    return f"{settings.get().origin}{PREFIX}{callback_key}"
