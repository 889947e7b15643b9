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
class AttachmentView:
    """A file of a message: where to get it, once it is stored, and what a page can say of it before that."""

    id: int
    position: int
    kind: str
    """image, video, audio, document or sticker."""
    state: str
    """Of ``domain.media_state``; anything but *stored* has no URL."""
    url: str
    thumbnail_url: str
    """A small JPEG of a picture or a video; empty where there is none."""
    play_url: str
    """What every browser plays, of a recording or a video: the file itself or a copy; empty where there is none."""
    filename: str
    mime_type: str
    size: int
    """Bytes."""
    width: int
    height: int
    """Pixels; zero where they are not known."""
    duration_ms: int
    """Zero where it is not known."""
    waveform: tuple[int, ...]
    """Loudness over time of a recording, 0 to 100, some sixty values; empty where it is not known."""
    is_voice: bool
    """Recorded for this chat, and not a file that was attached."""
    error: str
    """Why it is out of reach, as a word of ours; empty when it is not."""


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
