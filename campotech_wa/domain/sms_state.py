"""Where an SMS stands, and why a message goes that way."""

from enum import StrEnum


class SmsState(StrEnum):
    """The state of one SMS."""

    WAITING = "waiting"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    """The request left and no answer came; the provider's callback may still confirm it."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    """WhatsApp was faster, or somebody decided otherwise."""


class SmsReason(StrEnum):
    """Why WhatsApp does not do."""

    UNDELIVERABLE = "undeliverable"
    NOT_DELIVERED = "not_delivered"
    """Not within the minutes that the organization has set."""
    PANIC = "panic"
    EXPIRED = "expired"
