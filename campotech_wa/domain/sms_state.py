"""Where an SMS stands, why a message goes that way, and the only moves that a provider's word can make.

waiting ──▶ sending ──▶ sent ──▶ delivered
   │  ▲        │          └────▶ failed
   │  └────────┤ the provider asked to come back later
   │  ▲        └──▶ unconfirmed: no answer came; a callback confirms it, else it is tried again
   │  └──────────────────┘
   └──▶ cancelled

A callback may come late, early, twice or out of order: the state only ever climbs, and a phone that has shown the
SMS outranks a provider that gave it up.
"""

from enum import StrEnum


class SmsState(StrEnum):
    """The state of one SMS."""

    WAITING = "waiting"
    SENDING = "sending"
    """A worker has it, for as long as its lease."""
    UNCONFIRMED = "unconfirmed"
    """The request left and no answer came; the provider's callback may still confirm it."""
    SENT = "sent"
    """The provider has it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    """WhatsApp was faster, or it is not to go after all."""


class SmsReason(StrEnum):
    """Why WhatsApp does not do."""

    UNDELIVERABLE = "undeliverable"
    NOT_DELIVERED = "not_delivered"
    """Not within the minutes that the organization has set."""
    PANIC = "panic"
    EXPIRED = "expired"


_RANK = {
    SmsState.WAITING: 0,
    SmsState.SENDING: 0,
    SmsState.UNCONFIRMED: 0,
    # Whatever was decided here, the provider knows better whether it has the SMS.
    SmsState.CANCELLED: 0,
    SmsState.SENT: 1,
    SmsState.FAILED: 2,
    SmsState.DELIVERED: 3,
}


def advance(current: SmsState, reported: SmsState) -> SmsState:
    """Return the state after a callback: the higher of the two, whatever the order they came in."""
    return max(current, reported, key=_RANK.__getitem__)
