"""What pages show: frozen values with words and times ready to print, never rows and never secrets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list."""

    id: int
    name: str
    number: str
    initials: str
    preview: str
    is_outbound: bool
    time: str
    unread: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a thread. ``day`` is set on the first message of a day."""

    id: int
    direction: str
    type: str
    text: str
    kind: str
    """The name of the type, for a message that is more or other than its text."""
    state: str
    time: str
    day: str
    error: str
    """Why it failed, in a sentence; empty when it has not."""


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """What stands above and below an open thread."""

    id: int
    name: str
    number: str
    initials: str
    channel_name: str
    unread: int
    window_expires_at: str
    """ISO 8601 in UTC, for the page's own countdown; empty when the customer has never written."""


@dataclass(frozen=True, slots=True)
class ConversationList:
    """The part of the list that a tab shows."""

    rows: tuple[ConversationRow, ...]
    has_more: bool
    unread_conversations: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The part of a thread that a tab shows, oldest first."""

    head: ConversationHead
    bubbles: tuple[Bubble, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """A connected number, for the settings page."""

    name: str
    number: str
    phone_number_id: str
    waba_id: str
    callback_url: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A stored event that could not be processed."""

    id: int
    channel_name: str
    received: str
    attempts: int
    error: str
