"""Where a row of the outbox stands, and in which line it waits.

queued ──▶ sending ──▶ (gone: accepted, failed or cancelled)
   ▲          │  └───▶ unconfirmed ──▶ (gone: a status confirms it, or nothing does)
   ├──────────┴───────────┘ Meta asked to come back later, or the grace period passed without a sign
   └──▶ held ──▶ queued   what it needs is missing: an open window, an approved template, a connected number
"""

from enum import IntEnum, StrEnum


class OutboxState(StrEnum):
    """The state of one outbox row."""

    QUEUED = "queued"
    SENDING = "sending"
    """A worker has it, for as long as its lease."""
    UNCONFIRMED = "unconfirmed"
    """The request left and no answer came. It is not sent again before its grace period is over."""
    HELD = "held"
    """Sending it would only burn it; it waits for a person or for a condition, and others pass it."""


class HoldReason(StrEnum):
    """What a held message waits for."""

    WINDOW = "window_closed"
    """Free text whose customer service window has closed meanwhile."""
    TEMPLATE = "template"
    """Its template is not approved, or its parameters do not fit."""
    CONSENT = "consent"
    """The customer does not want it."""
    CHANNEL = "channel"
    """The number is not connected."""
    MEDIA = "media"
    """A file of it is gone."""


class Lane(StrEnum):
    """Who began: a panic may stop one lane and leave the other flowing."""

    REPLY = "reply"
    """Free-form messages, which only leave inside the customer service window."""
    BUSINESS = "business"
    """Templates: business-initiated, and charged as such."""


class Priority(IntEnum):
    """What overtakes what; within one priority a customer gets messages in the order they were asked for."""

    HIGH = 0
    """Somebody waits for it: what a person writes."""
    NORMAL = 1
    LOW = 2
    """Reminders, and whatever else may come an hour later."""

    @property
    def word(self) -> str:
        """The name that the API uses."""
        return self.name.lower()


PRIORITIES = {priority.word: priority for priority in Priority}
"""By the name that the API uses."""


def lane_of(message_type: str) -> Lane:
    """Return the lane of a type of message: only templates may open a conversation (sending.md 1.4)."""
    return Lane.BUSINESS if message_type == "template" else Lane.REPLY
