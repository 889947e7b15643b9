"""Send an SMS through a provider: account, number and text go in, the provider's id or a named failure comes out.

``Provider`` is what the product needs of one; ``http`` speaks Twilio's API, which many providers understand.
"""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a provider, with its token in the clear: never stored, never logged, never sent to a page."""

    base_url: str
    """Empty: the operator's choice for all (``CAMPOTECH_SMS_URL``)."""
    account_sid: str
    sender: str
    """A number, or the id of a messaging service."""
    auth_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has taken an SMS."""

    sid: str
    segments: int = 0
    """Zero while the provider has not told: it does not at once for a messaging service."""


class Provider(Protocol):
    """Whoever sends SMS."""

    async def send(self, account: Account, to: str, body: str, *, callback_url: str) -> Accepted:
        """Hand one SMS over; its further states come to ``callback_url``.

        Raises:
            SmsRefused: a definite no.
            SmsBusy: nothing was accepted; safe to send again later.
            SmsUnconfirmed: no usable answer came; it may have been accepted.
        """
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
