"""What the company's own phone tells, where its number is used in the Business app too (section 6.4)."""

from pydantic import Field

from campotech_wa.meta.inbound.models.base import Fault, Shape
from campotech_wa.meta.inbound.models.chat import Envelope
from campotech_wa.meta.inbound.models.value import MessagingValue


class MessageEchoesValue(MessagingValue):
    """``smb_message_echoes``: messages written on the phone."""

    message_echoes: list[Envelope] = Field(default_factory=list[Envelope])


class SyncedContact(Shape):
    """An entry of the phone's address book; a removed one may lack names."""

    full_name: str | None = None
    first_name: str | None = None
    phone_number: str | None = None
    user_id: str | None = None


class SyncTime(Shape):
    """When an entry was written."""

    timestamp: int | None = None


class StateSync(Shape):
    """``add``, which also means edited, or ``remove``."""

    type: str | None = None
    action: str | None = None
    contact: SyncedContact | None = None
    metadata: SyncTime | None = None


class AppStateSyncValue(MessagingValue):
    """``smb_app_state_sync``: the address book of the phone."""

    state_sync: list[StateSync] = Field(default_factory=list[StateSync])


class HistoryProgress(Shape):
    """How far the import has come: phases 0, 1 and 2, chunks in any order, 100 is the end."""

    phase: int | None = None
    chunk_order: int | None = None
    progress: int | None = None


class ThreadContext(Shape):
    """What is known of the customer of a thread."""

    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    username: str | None = None


class Thread(Shape):
    """The messages of one customer; the id is their number."""

    id: str | None = None
    context: ThreadContext | None = None
    messages: list[Envelope] = Field(default_factory=list[Envelope])


class HistoryChunk(Shape):
    """A part of the past; or error 2593109, where the owner declined."""

    metadata: HistoryProgress | None = None
    threads: list[Thread] = Field(default_factory=list[Thread])
    errors: list[Fault] = Field(default_factory=list[Fault])


class HistoryValue(MessagingValue):
    """``history``: messages of the past; files of the last 14 days follow in ``messages``."""

    history: list[HistoryChunk] = Field(default_factory=list[HistoryChunk])
    messages: list[Envelope] = Field(default_factory=list[Envelope])
