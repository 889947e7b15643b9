"""The states of a message and the only moves between them (reference webhooks.md, section 4.2).

queued ──▶ sent ──▶ delivered ──▶ read ──▶ played
   └───────▶ failed ◀─── sent          and failed ──▶ delivered | read | played

A report may come late, early, twice or out of order: the state only ever climbs. ``failed`` ends a message
unless a device has already shown it, and a device that shows it after all undoes ``failed``.
"""

from enum import StrEnum


class MessageState(StrEnum):
    """Where a message stands. An inbound message is ``received`` and stays so."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"


class MessageOrigin(StrEnum):
    """Where a message was written."""

    CUSTOMER = "customer"
    DESK = "desk"
    """Here: by staff, or by a product through the API."""
    PHONE = "phone"
    """On the company's own phone, in the WhatsApp Business app (webhooks.md 6.4, echoes)."""
    HISTORY = "history"
    """Before the number was connected; brought by the history sync, and triggers nothing."""
    META = "meta"
    """By Meta itself: a changed number, a preference."""


_RANK = {
    MessageState.RECEIVED: 0,
    MessageState.QUEUED: 0,
    MessageState.SENDING: 0,
    MessageState.UNCONFIRMED: 0,
    MessageState.CANCELLED: 0,
    MessageState.SENT: 1,
    # Above sent, so that a late "sent" does not clear it; below delivered, so that a delivery does.
    MessageState.FAILED: 2,
    MessageState.DELIVERED: 3,
    MessageState.READ: 4,
    MessageState.PLAYED: 5,
}

REPORTED_BY_META = frozenset(
    {
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.DELIVERED,
        MessageState.READ,
        MessageState.PLAYED,
    }
)


def advance(current: MessageState, reported: MessageState) -> MessageState:
    """Return the state after a report: the higher of the two, whatever the order they came in."""
    if current is MessageState.RECEIVED:
        return current
    return max(current, reported, key=_RANK.__getitem__)


def parse_reported(status: str) -> MessageState | None:
    """Read Meta's word for a status; None for one that moves nothing (``deleted``, ``warning``, new words)."""
    try:
        state = MessageState(status)
    except ValueError:
        return None
    return state if state in REPORTED_BY_META else None


def of_history(status: str) -> MessageState:
    """Return the state of a message that the company once sent from its phone (webhooks.md 6.4).

    Without a word it is ``sent``, as an echo is; ``pending`` and ``error`` are Meta's words of the history only.
    """
    return MessageState.FAILED if status == "error" else parse_reported(status) or MessageState.SENT
