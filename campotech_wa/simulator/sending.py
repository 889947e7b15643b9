"""Accept what a business sends, and what it reads, into the world."""

from datetime import UTC, datetime

from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.fates import WINDOW_CLOSED, needs_template, plan
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.identifiers import Author, is_user_id, wamid
from campotech_wa.simulator.reports import Reporter
from campotech_wa.simulator.settings import Behaviour, Channel, ClosedWindow
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.state import ChatKey, Message, State, World
from campotech_wa.simulator.validation import Outgoing, ReadReceipt


class Sending:
    """The business's side of a chat."""

    def __init__(self, world: World, reporter: Reporter, feed: Feed, behaviour: Behaviour) -> None:
        self._world, self._reporter, self._feed, self._behaviour = world, reporter, feed, behaviour

    def accept(self, channel: Channel, outgoing: Outgoing, *, failure: int | None) -> JsonObject:
        """Take the message and answer what Meta answers; raise GraphError for what is refused at once."""
        now = datetime.now(UTC)
        if outgoing.customer == "".join(filter(str.isdigit, channel.display_phone_number)):
            raise refusal(131021)
        key = self._key(channel, outgoing)
        window_open = self._world.chat(key).window_is_open(now=now)
        self._refuse_outside_window(outgoing, window_open=window_open)
        message = self._message(key, outgoing, now, in_window=window_open)
        steps = plan(outgoing, window_open=window_open, failure=failure, behaviour=self._behaviour)
        self._world.accept(message, readable=steps[-1].state is State.DELIVERED)
        self._reporter.plan(message, steps)
        return _answer(outgoing, message)

    def mark_read(self, channel: Channel, receipt: ReadReceipt) -> JsonObject:
        """Show the customer that the business has read so far, and perhaps is typing an answer."""
        message = self._world.find(receipt.message_id)
        if not message or message.author is Author.BUSINESS or message.chat[0] != channel.phone_number_id:
            raise refusal(131009, "Param message_id is not a message that this number received.")
        for each in self._world.mark_read(message):
            self._reporter.show(each)
        if receipt.typing:
            self._feed.publish(message.chat, {"kind": "typing", "chat": message.chat.customer})
        return {"success": True}

    def _key(self, channel: Channel, outgoing: Outgoing) -> ChatKey:
        if is_user_id(outgoing.customer):
            return self._world.key_of(channel.phone_number_id, outgoing.customer)
        return ChatKey(channel.phone_number_id, outgoing.customer)

    def _refuse_outside_window(self, outgoing: Outgoing, *, window_open: bool) -> None:
        refuses = self._behaviour.closed_window is ClosedWindow.REFUSE
        if refuses and needs_template(outgoing, window_open=window_open, behaviour=self._behaviour):
            raise refusal(WINDOW_CLOSED)

    def _message(self, key: ChatKey, outgoing: Outgoing, now: datetime, *, in_window: bool) -> Message:
        identifier = wamid(key.customer, Author.BUSINESS)
        author, kind, payload = Author.BUSINESS, outgoing.type, outgoing.payload
        return Message(identifier, key, author, kind, payload, now, in_window=in_window)


def _answer(outgoing: Outgoing, message: Message) -> JsonObject:
    accepted: JsonObject = {"id": message.id}
    if outgoing.type == "template":
        accepted["message_status"] = "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [_contact(outgoing)],
        "messages": [accepted],
    }


def _contact(outgoing: Outgoing) -> JsonObject:
    if is_user_id(outgoing.customer):  # such an answer tells no number (sending.md, 1.2)
        return {"input": outgoing.customer, "user_id": outgoing.customer}
    return {"input": outgoing.payload["to"], "wa_id": outgoing.customer}
