"""Let a customer write: put the message into the chat and post its webhook."""

from dataclasses import dataclass
from datetime import UTC, datetime

from campotech_wa.simulator import payloads
from campotech_wa.simulator.identifiers import Author, user_id, wamid
from campotech_wa.simulator.reports import Reporter
from campotech_wa.simulator.shapes import JsonObject, as_object, as_text
from campotech_wa.simulator.state import ChatKey, Message, State, World
from campotech_wa.simulator.webhooks import Courier, Delivery


class InboundError(ValueError):
    """The order makes no sense; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What POST /_sim/inbound orders: `message` is the Cloud API's inbound object, as far as it was given."""

    chat: ChatKey
    profile_name: str
    message: JsonObject
    at: datetime | None = None


def parse(document: JsonObject) -> Inbound:
    """Read the order; raise InboundError if it makes no sense."""
    phone_number_id = _text(document, "phone_number_id")
    wa_id = "".join(filter(str.isdigit, _text(document, "from")))
    if not wa_id.isascii() or not wa_id:
        raise InboundError("from must be the digits of a WhatsApp number.")
    message = as_object(document.get("message"))
    if message is None or not as_text(message.get("type")):
        raise InboundError('message must be an object with a type, such as {"type": "text", "text": {…}}.')
    name = as_text(document.get("profile_name", "")) or ""
    return Inbound(ChatKey(phone_number_id, wa_id), name, message, _time(message))


class Receiving:
    """The customer's side of a chat."""

    def __init__(self, world: World, courier: Courier, reporter: Reporter) -> None:
        self._world, self._courier, self._reporter = world, courier, reporter

    def write(self, inbound: Inbound) -> tuple[Message, Delivery]:
        """Queue the webhook; a message whose id is already known is only posted again, as Meta may do."""
        channel = self._world.channels.get(inbound.chat.phone_number_id)
        if channel is None:
            raise InboundError(f"No channel has the phone_number_id {inbound.chat.phone_number_id}.")
        message = self._message(inbound, from_user_id=user_id(channel.waba_id, inbound.chat.wa_id))
        name = inbound.profile_name or self._world.chat(inbound.chat).profile_name or inbound.chat.wa_id
        if self._world.find(message.id) is None:
            self._world.receive(message, name)
        payload = payloads.inbound(channel, message.payload, wa_id=inbound.chat.wa_id, profile_name=name)
        delivery = self._courier.dispatch(
            channel, "message", payload, (message.id,), on_accepted=lambda: self._arrived(message)
        )
        self._reporter.show(message)
        return message, delivery

    def _message(self, inbound: Inbound, *, from_user_id: str) -> Message:
        at = inbound.at or datetime.now(UTC)
        payload: JsonObject = {
            "from": inbound.chat.wa_id,
            "from_user_id": from_user_id,
            "id": wamid(inbound.chat.wa_id, Author.CUSTOMER),
            "timestamp": payloads.unix(at),
            **inbound.message,
        }
        payload["timestamp"] = payloads.unix(at)
        kind, author = str(payload["type"]), Author.CUSTOMER
        return Message(str(payload["id"]), inbound.chat, author, kind, payload, at, State.SENT)

    def _arrived(self, message: Message) -> None:
        if message.state is State.SENT:
            message.state = State.DELIVERED
            self._reporter.show(message)


def _text(document: JsonObject, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise InboundError(f"{name} must be a text.")
    return value


def _time(message: JsonObject) -> datetime | None:
    if "timestamp" not in message:
        return None
    try:
        return datetime.fromtimestamp(int(str(message["timestamp"])), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InboundError("message.timestamp must be unix seconds.") from error
