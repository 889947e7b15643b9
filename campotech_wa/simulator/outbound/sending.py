"""Accept what a business sends, and what it reads, into the world."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic

from campotech_wa.simulator.checks.outgoing import MediaUse, Outgoing, ReadReceipt
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.feed import Feed
from campotech_wa.simulator.identifiers import Author, is_user_id, wamid
from campotech_wa.simulator.media.library import Library, Media
from campotech_wa.simulator.outbound import troubles
from campotech_wa.simulator.outbound.fates import WINDOW_CLOSED, needs_template, plan
from campotech_wa.simulator.outbound.reports import Reporter
from campotech_wa.simulator.settings import Channel, ClosedWindow
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world import spellings, templates
from campotech_wa.simulator.world.conditions import Conditions
from campotech_wa.simulator.world.state import ChatKey, Message, State, World

NO_MARKETING_TYPE, NO_MARKETING_TEMPLATE = 131055, 134100
NOT_REGISTERED, OWN_NUMBER, NOT_ALLOWED, BLOCKED = 133010, 131021, 131030, 130403


class Sending:
    """The business's side of a chat."""

    def __init__(
        self, world: World, reporter: Reporter, feed: Feed, library: Library, conditions: Conditions
    ) -> None:
        self._world, self._reporter, self._feed, self._library = world, reporter, feed, library
        self._conditions = conditions

    def accept(self, channel: Channel, outgoing: Outgoing, *, failure: int | None) -> JsonObject:
        """Take the message and answer what Meta answers; raise GraphError for what is refused at once."""
        now, behaviour = datetime.now(UTC), self._world.behaviour
        key = self._key(channel, outgoing)
        self._refuse(channel, key, outgoing)
        self._check_template(channel, outgoing)
        media = self._media(channel, outgoing, now=now)
        window_open = self._world.glance(key).window_is_open(now=now)
        self._refuse_outside_window(outgoing, window_open=window_open)
        limited = self._limit(key, in_window=window_open)
        trouble = limited or self._trouble(key, outgoing, media, now=now)
        message = self._message(key, outgoing, now, in_window=window_open)
        steps = plan(outgoing, window_open=window_open, trouble=trouble, failure=failure, behaviour=behaviour)
        self._world.accept(message, readable=steps[-1].state is State.DELIVERED)
        if self._world.keeping.statuses:
            self._reporter.plan(message, steps)
        return _answer(outgoing, message)

    def _limit(self, key: ChatKey, *, in_window: bool) -> int | None:
        """Refuse what the account or its limits do not let through; answer the error that comes later."""
        standing, clock = self._conditions.of(key.phone_number_id), monotonic()
        standing.refuse(key.customer, now=clock)
        return standing.count(key.customer, now=clock, in_window=in_window)

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
        """Answer whom the message reaches: perhaps under another number than was written."""
        written, number = outgoing.customer, channel.phone_number_id
        if is_user_id(written):
            return self._world.key_of(number, written)
        if self._world.behaviour.allowed_recipients is not None:
            written = spellings.argentine_mobile(written)
        known = (ChatKey(number, each) for each in spellings.siblings(written))
        return next(filter(self._world.has_written, known), ChatKey(number, written))

    def _refuse(self, channel: Channel, key: ChatKey, outgoing: Outgoing) -> None:
        number, allowed = self._world.number(channel), self._world.behaviour.allowed_recipients
        if not number.registered:
            raise refusal(NOT_REGISTERED)
        if key.customer == spellings.digits_of(channel.display_phone_number):
            raise refusal(OWN_NUMBER)
        # A test number compares what was written, as a string, with its list (phones-ar.md, 2).
        if allowed is not None and key.wa_id and outgoing.customer not in map(spellings.digits_of, allowed):
            raise refusal(NOT_ALLOWED)
        if key.customer in number.blocked:
            raise refusal(BLOCKED)

    def _check_template(self, channel: Channel, outgoing: Outgoing) -> None:
        """Compare with the definition; an account without any has every template one can name."""
        known = self._world.templates([channel])
        if outgoing.type == "template" and known:
            templates.check(templates.of_message(known, outgoing), outgoing)

    def refuse_unless_marketing(self, channel: Channel, outgoing: Outgoing) -> None:
        """Refuse what may not go over the Marketing Messages API (sending.md, 1.7)."""
        if outgoing.type != "template":
            raise refusal(NO_MARKETING_TYPE)
        known = self._world.templates([channel])
        if known and templates.of_message(known, outgoing).category != "MARKETING":
            raise refusal(NO_MARKETING_TEMPLATE)

    def _media(
        self, channel: Channel, outgoing: Outgoing, *, now: datetime
    ) -> list[tuple[MediaUse, Media | None]]:
        """Answer what each id stands for; refuse one that does not exist or is another number's."""
        found = [(use, self._library.find(use.id, now=now) if use.id else None) for use in outgoing.media]
        for use, media in found:
            if use.id and (media is None or media.phone_number_id != channel.phone_number_id):
                raise refusal(100, f"Param {use.kind}['id'] is not a valid media ID of this phone number.")
        return found

    def _trouble(
        self,
        key: ChatKey,
        outgoing: Outgoing,
        media: Sequence[tuple[MediaUse, Media | None]],
        *,
        now: datetime,
    ) -> int | None:
        if outgoing.type == "reaction":
            target = self._world.find(troubles.reaction_target(outgoing))
            return troubles.of_reaction(key, target, now=now)
        return troubles.of_media(media)

    def _refuse_outside_window(self, outgoing: Outgoing, *, window_open: bool) -> None:
        behaviour = self._world.behaviour
        refuses = behaviour.closed_window is ClosedWindow.REFUSE
        if refuses and needs_template(outgoing, window_open=window_open, behaviour=behaviour):
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
        "contacts": [_contact(outgoing, message)],
        "messages": [accepted],
    }


def _contact(outgoing: Outgoing, message: Message) -> JsonObject:
    if is_user_id(outgoing.customer):  # such an answer tells no number (sending.md, 1.2)
        return {"input": outgoing.customer, "user_id": outgoing.customer}
    return {"input": outgoing.payload["to"], "wa_id": message.chat.wa_id}
