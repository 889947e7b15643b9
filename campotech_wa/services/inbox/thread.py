"""Read one thread: its newest messages, what was said about them, their files, and who it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import locale, window
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import (
    ChannelId,
    ConversationId,
    CustomerId,
    MessageId,
    OfChannel,
    OfOrganization,
)
from campotech_wa.errors import NotFound
from campotech_wa.services import attachments, sms
from campotech_wa.services.inbox import annotations, bubbles, hints, names, queueing
from campotech_wa.services.inbox.bubbles import Surroundings
from campotech_wa.store import conversations
from campotech_wa.store import inbox as stored
from campotech_wa.store.conversations import Found
from campotech_wa.store.transaction import reading
from campotech_wa.tables.conversations import Conversation
from campotech_wa.tables.messages import WaMessage
from campotech_wa.views import Bubble, ConversationHead, Thread

LONGEST_THREAD = 1000
"""Messages that one tab may hold; beyond that, searching is faster than scrolling."""

_WITHOUT_FILES = frozenset(
    {"text", "location", "contacts", "reaction", "button", "revoke", "system", "order"}
)
"""Types that can have none: a thread of words asks for no files at all."""


def thread(actor: Actor, conversation_id: ConversationId, *, limit: int) -> Thread:
    """Return the newest messages of a conversation, oldest first.

    Raises:
        NotFound: it is not of the actor's organization.
    """
    actor.require(Permission.READ)
    limit = min(max(limit, 1), LONGEST_THREAD)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    now = clock.now()
    with reading() as session:
        found = conversations.get(session, conversation_id, **whose)
        if found is None:
            raise NotFound("No such conversation.")
        # It may have been merged into another one, whose messages these are now; the page keeps its address.
        newest = stored.spoken(session, ConversationId(found[0].id or 0), limit=limit + 1, **whose)
        shown = newest[:limit][::-1]
        head = _head(session, conversation_id, found, actor)
        around = _surroundings(session, shown, found[0], actor, customer=head.name)
        hint = hints.of(session, found[0], around.queued, actor, now=now)
    return Thread(
        head=head,
        bubbles=tuple(_bubbles(shown, around, now=now)),
        has_more=len(newest) > limit and limit < LONGEST_THREAD,
        hint=hint,
    )


def _surroundings(
    session: Session, shown: Sequence[WaMessage], conversation: Conversation, actor: Actor, *, customer: str
) -> Surroundings:
    whose: OfChannel = {
        "organization_id": actor.organization_id,
        "channel_id": ChannelId(conversation.channel_id),
    }
    own, answered = bubbles.wamids_of(shown)
    related = stored.about(session, ConversationId(conversation.id or 0), own, quoted=answered, **whose)
    known = [*shown, *(each for each in related if each.wamid in answered)]
    annotated = annotations.by_target(known, related)
    edits = (each for each in related if each.type == "edit")
    ids = [MessageId(each.id or 0) for each in (*known, *edits) if each.type not in _WITHOUT_FILES]
    return Surroundings(
        actor=actor,
        customer=customer,
        annotated=annotated,
        quoted={message.wamid: message for message in known if message.wamid},
        files=attachments.of_messages(session, ids, organization_id=actor.organization_id),
        queued=queueing.of(session, shown, actor),
        sms=sms.of_messages(session, actor, [each for each in shown if each.type == "template"]),
    )


def _head(session: Session, address: ConversationId, found: Found, actor: Actor) -> ConversationHead:
    conversation, customer, channel = found
    unnamed = [] if customer.wa_id else [CustomerId(conversation.customer_id)]
    known = stored.usernames(session, unnamed, organization_id=actor.organization_id)
    username = known.get(CustomerId(conversation.customer_id), "")
    closes = window.expires_at(conversation.last_inbound_at)
    return ConversationHead(
        id=address,
        name=names.name_of(customer, username),
        number=names.reached_by(customer, username),
        initials=names.initials(customer),
        channel_name=channel.name,
        unread=conversation.unread_count,
        window_expires_at=closes.isoformat() if closes else "",
    )


def _bubbles(shown: Sequence[WaMessage], around: Surroundings, *, now: datetime) -> list[Bubble]:
    built: list[Bubble] = []
    last_day = ""
    zone, words = around.actor.timezone, around.actor.locale
    for message in shown:
        day = locale.day(message.sent_at, now=now, zone=zone, locale=words)
        built.append(bubbles.build(message, around, day="" if day == last_day else day, now=now))
        last_day = day
    return built
