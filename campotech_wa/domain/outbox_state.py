"""Where a row of the outbox stands.

queued ──▶ sending ──▶ (gone: sent or failed)
   ▲          │  └───▶ unconfirmed ──▶ (gone: a status confirms it)
   └──────────┴───────────┘ Meta asked to come back later, or the grace period passed without a sign
"""

from enum import StrEnum


class OutboxState(StrEnum):
    """The state of one outbox row."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    """The request left and no answer came. It is not sent again before its grace period is over."""
