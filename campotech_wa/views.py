"""What pages show: frozen values with words and times ready to print, never rows and never secrets."""

from dataclasses import dataclass

from campotech_wa.blocks import Block


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list."""

    id: int
    name: str
    number: str
    """As a person writes it; the username where the number is not known."""
    initials: str
    preview: str
    is_outbound: bool
    standing: str
    """Where the newest message is one of ours that did not simply leave: *failed*, *queued*, *sending*,
    *unconfirmed*, *held* or *cancelled*; else empty."""
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
class Quote:
    """The message that a message answers, in one line."""

    message_id: int
    """Zero where we do not have it."""
    author: str
    line: str
    thumbnail_url: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What somebody thinks of a message. ``message_id`` is the row of the reaction itself."""

    message_id: int
    emoji: str
    is_ours: bool
    error: str = ""
    """Why ours did not arrive, in a sentence."""


@dataclass(frozen=True, slots=True)
class SmsView:
    """The SMS that a message went by, or is to go by, besides WhatsApp."""

    state: str
    """Of ``domain.sms_state``; a cancelled one is not shown."""
    label: str
    """How it stands, in words that follow "SMS"."""
    time: str
    """Empty while nothing has happened."""
    why: str
    """Why WhatsApp did not do."""
    error: str = ""
    """Why it did not arrive and what to do; empty when it did, or may."""
    both: str = ""
    """That WhatsApp delivered it too; empty when it did not."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where one of our messages stands that has not left, or of which nobody knows, and what can be done about it."""

    kind: str
    """queued, later, retried, sending, unconfirmed, held or cancelled."""
    says: str = ""
    """In a sentence; empty where the state says enough."""
    can_cancel: bool = False
    can_change: bool = False
    """Its words: only a text is written in the composer."""
    can_send_now: bool = False
    can_retry: bool = False
    is_risky: bool = False
    """To send it again may repeat it to the customer."""


@dataclass(frozen=True, slots=True)
class QueueHint:
    """What a person who writes here should know of the queue; ``kind`` is of ``domain.queue_estimate``, or empty."""

    kind: str = ""
    ahead: str = ""
    """How many leave before."""
    at: str = ""
    """ISO 8601: when it probably goes on."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a thread, with what was said about it since. ``day`` is set on the first message of a day."""

    id: int
    wamid: str
    """Meta's id, for an answer to it or a reaction; empty while it has none."""
    direction: str
    type: str
    text: str
    """Its own words, with WhatsApp's marks; the caption of a file."""
    kind: str
    """The name of the type, for a message that is more or other than its text."""
    state: str
    time: str
    day: str
    error: str
    """Why it failed, in a sentence; empty when it has not."""
    author: str = ""
    """Who of a group wrote it; empty where the thread's own customer did, or we."""
    is_line: bool = False
    """A line in the middle: something happened, nobody spoke."""
    is_revoked: bool = False
    marks: tuple[str, ...] = ()
    """forwarded, often_forwarded, edited, phone, history, group."""
    quote: Quote | None = None
    files: tuple[AttachmentView, ...] = ()
    above: tuple[Block, ...] = ()
    """What is drawn above the words."""
    below: tuple[Block, ...] = ()
    """What is drawn below them."""
    reactions: tuple[Reaction, ...] = ()
    waiting: Waiting | None = None
    sms: SmsView | None = None


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
    hint: QueueHint = QueueHint()


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody who may be, or has been made, the same person. ``key`` is what the button beside the name acts on."""

    key: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class IdentityHints:
    """What the head of a thread says of who the customer is."""

    customer_id: int
    duplicates: tuple[Namesake, ...]
    """Each with its customer's id."""
    merged: tuple[Namesake, ...]
    """The newest merge that can be undone, with its id; or nothing."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A stored event that could not be processed."""

    id: int
    channel_name: str
    received: str
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class SmsForm:
    """How an organization's SMS are set up; the token never leaves the server."""

    is_on: bool = False
    account_sid: str = ""
    has_token: bool = False
    sender: str = ""
    base_url: str = ""
    undelivered_minutes: str = ""
    """Empty: an undelivered message does not go by SMS for that."""
    monthly_cap: int = 0
    per_minute: int = 0
    callback_url: str = ""
    """Empty until the account is saved for the first time."""
    used: int = 0
    """SMS that left this month."""
