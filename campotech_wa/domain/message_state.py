"""The states of a message and the only moves between them (webhooks.md 4.2, sending.md 1.2).

                ┌─────────── postponed ──────────────┐
                ▼                   │                │
cancelled ◀── queued ── claimed ─▶ sending ──▶ unconfirmed
                ▲                   │  │             │
                │                   │  └─ accepted ──┴─▶ sent ──▶ delivered ──▶ read ──▶ played
                │            refused, given up            │           ▲
                │                   ▼                     ▼           │
                └─ asked again ── failed ◀────────────────┘           │
                                    └─────────────────────────────────┘ some device has it after all

Three tell what happens to a message: the engine that sends it, the people who write it, and Meta, whose reports come
late, early, twice or out of order. Meta knows best: a report leads from any state to what it says, unless more than
that is known already, and nothing the engine notes takes a report back. So the end is the same in whatever order they
arrive. ``failed`` stands above ``sent``, so that a late "sent" does not clear it, and below ``delivered``, so that a
delivery does; that also holds where the engine gave up on what was *unconfirmed*.
"""

from enum import StrEnum


class MessageState(StrEnum):
    """Where a message stands. An inbound message is ``received`` and stays so."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    """A request left and no answer came: the customer may have it, or not."""
    CANCELLED = "cancelled"
    """Taken back by a person or a product before it left."""
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"


class Event(StrEnum):
    """What can happen to an outbound message."""

    CLAIMED = "claimed"
    """The engine takes it: a request is about to leave."""
    ACCEPTED = "accepted"
    """Meta's answer brings a wamid."""
    UNANSWERED = "unanswered"
    """The request left, and no usable answer came."""
    POSTPONED = "postponed"
    """Meta asks to come back later, or a grace period has passed without a sign: it is tried again."""
    REFUSED = "refused"
    """Meta's definite no."""
    GAVE_UP = "gave_up"
    """Its tries or its time are used up."""

    CANCELLED = "cancelled"
    """A person or a product takes it back."""
    ASKED_AGAIN = "asked_again"
    """A person or a product wants it sent after all."""

    TOLD_SENT = "told_sent"
    TOLD_FAILED = "told_failed"
    TOLD_DELIVERED = "told_delivered"
    TOLD_READ = "told_read"
    TOLD_PLAYED = "told_played"


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
    MessageState.FAILED: 2,
    MessageState.DELIVERED: 3,
    MessageState.READ: 4,
    MessageState.PLAYED: 5,
}

REACHED_THE_CUSTOMER = frozenset({MessageState.DELIVERED, MessageState.READ, MessageState.PLAYED})
"""A device has it: nothing takes that back."""

_TOLD = {
    Event.ACCEPTED: MessageState.SENT,
    Event.TOLD_SENT: MessageState.SENT,
    Event.TOLD_FAILED: MessageState.FAILED,
    Event.TOLD_DELIVERED: MessageState.DELIVERED,
    Event.TOLD_READ: MessageState.READ,
    Event.TOLD_PLAYED: MessageState.PLAYED,
}
"""What Meta says, in an answer or in a report."""

REPORTED_BY_META = frozenset(_TOLD.values())

_MOVES: dict[Event, tuple[frozenset[MessageState], MessageState]] = {
    Event.CLAIMED: (frozenset({MessageState.QUEUED}), MessageState.SENDING),
    Event.UNANSWERED: (frozenset({MessageState.SENDING}), MessageState.UNCONFIRMED),
    Event.POSTPONED: (frozenset({MessageState.SENDING, MessageState.UNCONFIRMED}), MessageState.QUEUED),
    Event.REFUSED: (
        frozenset({MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED}),
        MessageState.FAILED,
    ),
    Event.GAVE_UP: (
        frozenset({MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED}),
        MessageState.FAILED,
    ),
    Event.CANCELLED: (frozenset({MessageState.QUEUED}), MessageState.CANCELLED),
    Event.ASKED_AGAIN: (frozenset({MessageState.FAILED, MessageState.UNCONFIRMED}), MessageState.QUEUED),
}
"""What the engine and people may do: from where, and where it leads. Anywhere else it comes too late."""


def step(state: MessageState, event: Event) -> MessageState:
    """Return the state after an event, for every pair of them; what comes too late changes nothing."""
    if event in _TOLD:
        return advance(state, _TOLD[event])
    allowed, reached = _MOVES[event]
    return reached if state in allowed else state


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
