"""Let a customer write: put the message into the chat and post its webhook."""

from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from campotech_wa.simulator import orders
from campotech_wa.simulator.identifiers import Author, is_user_id, wamid
from campotech_wa.simulator.media.library import Library
from campotech_wa.simulator.media.routes import address_of
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.outbound.reports import Reporter
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject, as_object, as_text
from campotech_wa.simulator.webhooks import payloads
from campotech_wa.simulator.webhooks.courier import Courier, Delivery
from campotech_wa.simulator.world.conditions import Conditions
from campotech_wa.simulator.world.state import Chat, ChatKey, Message, State, World

MEDIA_TYPES: dict[str, JsonObject] = {
    "image": {},
    "video": {},
    "audio": {"voice": False},
    "document": {},
    "sticker": {"animated": False},
}
"""The types that carry a medium, and what each says besides (webhooks.md, 3)."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What POST /_sim/inbound orders: `message` is the Cloud API's inbound object, as far as it was given."""

    chat: ChatKey
    message: JsonObject
    profile_name: str = ""
    user_id: str = ""
    username: str = ""
    at: datetime | None = None


def parse(document: JsonObject) -> Inbound:
    """Read the order; raise ControlError if it makes no sense."""
    chat, user_id = orders.chat_key(document), orders.optional_text(document, "user_id")
    if user_id and not is_user_id(user_id):
        raise ControlError(
            "user_id must be two letters, a dot, and letters or digits: AR.13491208655302741918."
        )
    message = as_object(document.get("message"))
    if message is None or not as_text(message.get("type")):
        raise ControlError('message must be an object with a type, such as {"type": "text", "text": {…}}.')
    name, username = (orders.optional_text(document, key) for key in ("profile_name", "username"))
    return Inbound(chat, message, name, user_id, username.removeprefix("@"), _time(document, message))


class Receiving:
    """The customer's side of a chat."""

    def __init__(
        self,
        world: World,
        courier: Courier,
        reporter: Reporter,
        library: Library,
        conditions: Conditions,
    ) -> None:
        self._world, self._courier, self._reporter, self._library = world, courier, reporter, library
        self._conditions = conditions

    def write(self, inbound: Inbound, base_url: str) -> tuple[Message, Delivery]:
        """Queue the webhook; a message whose id is already known is only posted again, as Meta may do."""
        channel = self._world.channels.get(inbound.chat.phone_number_id)
        if channel is None:
            raise ControlError(f"No channel has the phone_number_id {inbound.chat.phone_number_id}.")
        chat = self._chat(inbound)
        message = self._message(inbound, chat, base_url)
        if self._world.find(message.id) is None:
            self._world.receive(message, _name(inbound, chat))
            self._conditions.of(channel.phone_number_id).count_inbound(now=monotonic())
        delivery = self._post(channel, message, chat)
        self._reporter.show(message)
        return message, delivery

    def _chat(self, inbound: Inbound) -> Chat:
        user_id = inbound.user_id or (inbound.chat.customer if not inbound.chat.wa_id else "")
        chat = self._world.meet(inbound.chat, user_id) if user_id else self._world.chat(inbound.chat)
        chat.username = inbound.username or chat.username
        return chat

    def _post(self, channel: Channel, message: Message, chat: Chat) -> Delivery:
        payload = payloads.inbound(channel, message.payload, chat)
        return self._courier.dispatch(
            channel, "message", payload, (message.id,), on_accepted=lambda: self._arrived(message)
        )

    def _message(self, inbound: Inbound, chat: Chat, base_url: str) -> Message:
        at = inbound.at or datetime.now(UTC)
        sender = {"from": inbound.chat.wa_id} if inbound.chat.wa_id else {}
        payload: JsonObject = {
            **sender,
            "from_user_id": chat.user_id,
            "id": wamid(inbound.chat.customer, Author.CUSTOMER),
            **inbound.message,
            "timestamp": payloads.unix(at),
        }
        kind, author = str(payload["type"]), Author.CUSTOMER
        if kind in MEDIA_TYPES:
            payload[kind] = self._medium(kind, payload.get(kind), base_url)
        return Message(str(payload["id"]), inbound.chat, author, kind, payload, at, State.SENT)

    def _medium(self, kind: str, given: object, base_url: str) -> object:
        """Answer the media object as Meta completes it; one that is not in the library stays as it is."""
        content = as_object(given)
        if content is None:
            return given
        media = self._library.find(str(content.get("id")), now=datetime.now(UTC))
        if media is None:
            return content
        told = {"id": media.id, "mime_type": media.mime_type, "sha256": media.sha256_base64}
        if kind == "document" and media.filename:
            told["filename"] = media.filename
        return {**told, "url": address_of(self._library, media, base_url), **MEDIA_TYPES[kind], **content}

    def _arrived(self, message: Message) -> None:
        if message.state is State.SENT:
            message.state = State.DELIVERED
            self._reporter.show(message)


def _name(inbound: Inbound, chat: Chat) -> str:
    return inbound.profile_name or chat.profile_name or inbound.chat.wa_id


def _time(document: JsonObject, message: JsonObject) -> datetime | None:
    written = document.get("at", message.get("timestamp"))
    if written is None:
        return None
    try:
        return datetime.fromtimestamp(int(str(written)), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ControlError("at, or message.timestamp, must be unix seconds.") from error
