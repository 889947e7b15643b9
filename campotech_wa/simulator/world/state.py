"""Hold the simulated world in memory: channels, chats, their messages, and which of them are unread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from time import monotonic
from typing import NamedTuple

from campotech_wa.simulator.identifiers import Author, is_user_id, user_id
from campotech_wa.simulator.settings import DEFAULT_BEHAVIOUR, Behaviour, Channel
from campotech_wa.simulator.shapes import JsonObject, as_object, as_text
from campotech_wa.simulator.world.accounting import Accounting
from campotech_wa.simulator.world.keeping import Keeping
from campotech_wa.simulator.world.numbers import Number
from campotech_wa.simulator.world.templates import Template

CUSTOMER_SERVICE_WINDOW = timedelta(hours=24)
"""From the customer's last message (sending.md, 1.3)."""
OPENS_NOTHING = frozenset({"system", "edit", "revoke", "request_welcome", "media_placeholder"})
"""Inbound types that are no message a person wrote (webhooks.md, 3)."""


class State(StrEnum):
    """How far a message has come: Meta's statuses, and on a customer's own message the ticks."""

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


class ChatKey(NamedTuple):
    """One customer on one channel: `customer` is a wa_id, or the user id of somebody who hides the number."""

    phone_number_id: str
    customer: str

    @property
    def wa_id(self) -> str:
        """The customer's number, empty where Meta tells none."""
        return "" if is_user_id(self.customer) else self.customer


@dataclass(slots=True, eq=False)
class Message:
    """One message in either direction; `payload` is the Cloud API object that carried it."""

    id: str
    chat: ChatKey
    author: Author
    type: str
    payload: JsonObject
    at: datetime
    state: State = State.ACCEPTED
    error_code: int | None = None
    in_window: bool = False
    revoked: bool = False
    played: bool = False
    settles_at: float = 0.0
    """When the last status planned so far is due, in seconds of the event loop's clock."""


@dataclass(slots=True)
class Chat:
    """What one customer and one channel have written to each other."""

    key: ChatKey
    user_id: str
    profile_name: str = ""
    username: str = ""
    messages: list[Message] = field(default_factory=list[Message])
    last_inbound_at: datetime | None = None
    unread_by_customer: list[Message] = field(default_factory=list[Message])
    unread_by_business: list[Message] = field(default_factory=list[Message])

    def window_is_open(self, *, now: datetime) -> bool:
        """Tell whether the business may write freely."""
        return self.last_inbound_at is not None and now < self.last_inbound_at + CUSTOMER_SERVICE_WINDOW


class World:
    """Everything that the simulated Meta knows, until it is reset or the process ends."""

    def __init__(self, channels: Iterable[Channel], behaviour: Behaviour = DEFAULT_BEHAVIOUR) -> None:
        self.channels = {channel.phone_number_id: channel for channel in channels}
        self.behaviour = self._usual_behaviour = behaviour
        self.keeping = Keeping()
        self.accounting = Accounting(self.channels)
        self._numbers: dict[str, Number] = {}
        self._templates: dict[str, list[Template]] = {}
        self.accepted: list[Message] = []
        self._messages: dict[str, Message] = {}
        self._chats: dict[ChatKey, Chat] = {}
        self._people: dict[tuple[str, str], ChatKey] = {}
        """Under which key the person of a (phone_number_id, user id) is known."""

    def number(self, channel: Channel) -> Number:
        """Answer what Meta keeps of the channel's number."""
        return self._numbers.setdefault(channel.phone_number_id, Number(channel))

    def templates(self, channels: Sequence[Channel]) -> list[Template]:
        """Answer the templates of the account that these channels belong to."""
        return self._templates.setdefault(channels[0].waba_id, [])

    def template(self, template_id: str, channels: Sequence[Channel]) -> Template | None:
        """Answer the template of this id, if one of these channels' accounts has it."""
        mine = (each for channel in channels for each in self._templates.get(channel.waba_id, ()))
        return next((each for each in mine if each.id == template_id), None)

    def chat(self, key: ChatKey) -> Chat:
        """Answer the chat, a new one if they have not met."""
        return self._chats.get(key) or self._begin(key)

    def glance(self, key: ChatKey) -> Chat:
        """Answer the chat, and where only counts are kept a new one that nobody will remember."""
        return self._chats.get(key) or (self._begin(key) if self.keeping.everything else self._new(key))

    def meet(self, key: ChatKey, user_id: str) -> Chat:
        """Answer the chat with somebody whose user id is given: it may have been known without a number."""
        chat = self.chat(key)
        chat.user_id = user_id
        self._people[key.phone_number_id, user_id] = key
        return chat

    def key_of(self, phone_number_id: str, user_id: str) -> ChatKey:
        """Answer under which key the person is known to this number."""
        return self._people.get((phone_number_id, user_id), ChatKey(phone_number_id, user_id))

    def has_written(self, key: ChatKey) -> bool:
        """Tell whether this customer has ever written to the channel."""
        return key in self._chats and self._chats[key].last_inbound_at is not None

    def find(self, message_id: str) -> Message | None:
        """Answer the message of this wamid."""
        return self._messages.get(message_id)

    def accept(self, message: Message, *, readable: bool) -> None:
        """Count a message of the business and take it into its chat; only one that will be delivered can be read."""
        data = as_text(message.payload.get("biz_opaque_callback_data")) or ""
        self.accounting.count(message.chat.phone_number_id, data, now=monotonic())
        if not self.keeping.everything:
            return
        self.accepted.append(message)
        chat = self._keep(message)
        if readable:
            chat.unread_by_customer.append(message)

    def receive(self, message: Message, profile_name: str) -> None:
        """Take a message of the customer into its chat; what a person wrote opens the service window."""
        chat = self._keep(message)
        chat.profile_name = profile_name or chat.profile_name
        self._revoke(message)
        if message.type in OPENS_NOTHING:
            return
        chat.unread_by_business.append(message)
        chat.last_inbound_at = max(message.at, chat.last_inbound_at or message.at)

    def mark_read(self, message: Message) -> list[Message]:
        """Mark as read by the business this message and all before it; answer those that were unread."""
        unread = self.chat(message.chat).unread_by_business
        if message not in unread:
            return []
        position = unread.index(message) + 1
        newly_read = unread[:position]
        del unread[:position]
        for each in newly_read:
            each.state = State.READ
        return newly_read

    def reset(self) -> None:
        """Forget everything but the channels."""
        self.behaviour, self.keeping = self._usual_behaviour, Keeping()
        self.accounting.reset()
        self._numbers.clear()
        self._templates.clear()
        self.accepted.clear()
        self._messages.clear()
        self._chats.clear()
        self._people.clear()

    def _begin(self, key: ChatKey) -> Chat:
        chat = self._chats[key] = self._new(key)
        self._people.setdefault((key.phone_number_id, chat.user_id), key)
        return chat

    def _new(self, key: ChatKey) -> Chat:
        channel = self.channels.get(key.phone_number_id)
        return Chat(key, user_id(channel.waba_id, key.wa_id) if channel and key.wa_id else key.customer)

    def _revoke(self, message: Message) -> None:
        revoke = as_object(message.payload.get("revoke")) or {}
        target = self._messages.get(str(revoke.get("original_message_id")))
        if target is not None and target.chat == message.chat:
            target.revoked = True

    def _keep(self, message: Message) -> Chat:
        chat = self.chat(message.chat)
        if self.keeping.everything:
            self._messages[message.id] = message
            chat.messages.append(message)
        return chat
