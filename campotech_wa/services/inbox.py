"""Read what the inbox shows: the list of conversations, and one thread."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import locale, storable, window, wording
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, OfOrganization, WaId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.phones import PhoneKind, display, match_key, read_typed
from campotech_wa.errors import NotFound
from campotech_wa.signals import live
from campotech_wa.store import conversations, messages, people
from campotech_wa.store.conversations import Search
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.conversations import Conversation, Customer
from campotech_wa.tables.messages import WaMessage
from campotech_wa.views import Bubble, ConversationHead, ConversationList, ConversationRow, Thread

LONGEST_LIST = 500
LONGEST_THREAD = 1000
"""Rows that one tab may hold; beyond that, searching is faster than scrolling."""

_SHORTEST_NUMBER = 3
"""Digits; fewer match almost every number."""


def listing(actor: Actor, *, limit: int, search: str = "") -> ConversationList:
    """Return the newest conversations, or those that match a name or a number."""
    actor.require(Permission.READ)
    limit = min(max(limit, 1), LONGEST_LIST)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        wanted = _search(session, actor, search)
        rows = conversations.page(session, limit=limit + 1, search=wanted, **whose)
        unread = conversations.unread_total(session, **whose)
    now = clock.now()
    return ConversationList(
        rows=tuple(_row(*row, actor=actor, now=now) for row in rows[:limit]),
        has_more=len(rows) > limit and limit < LONGEST_LIST,
        unread_conversations=unread,
    )


def thread(actor: Actor, conversation_id: ConversationId, *, limit: int) -> Thread:
    """Return the newest messages of a conversation, oldest first.

    Raises:
        NotFound: it is not of the actor's organization.
    """
    actor.require(Permission.READ)
    limit = min(max(limit, 1), LONGEST_THREAD)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        found = conversations.get(session, conversation_id, **whose)
        if found is None:
            raise NotFound("No such conversation.")
        newest = messages.thread(session, conversation_id, limit=limit + 1, **whose)
    now = clock.now()
    return Thread(
        head=_head(*found),
        bubbles=tuple(_bubbles(newest[:limit][::-1], actor=actor, now=now)),
        has_more=len(newest) > limit and limit < LONGEST_THREAD,
    )


def mark_seen(actor: Actor, conversation_id: ConversationId) -> None:
    """Note that staff have a conversation before their eyes."""
    actor.require(Permission.READ)
    with transaction() as tx:
        if conversations.mark_seen(tx.session, conversation_id, organization_id=actor.organization_id):
            tx.after_commit(live.publish, live.Changed(actor.organization_id, conversation_id))


def _search(session: Session, actor: Actor, text: str) -> Search | None:
    text = storable.text(text.strip()[:100])
    if not text:
        return None
    digits = "".join(filter(str.isdecimal, text))
    if any(map(str.isalpha, text)) or len(digits) < _SHORTEST_NUMBER:
        return Search(name=text)
    organization = people.organization(session, organization_id=actor.organization_id)
    reading_ = read_typed(text, default_area=organization.default_area or None)
    is_number = reading_.wa_id is not None and reading_.kind is not PhoneKind.FOREIGN
    return Search(
        name=text, digits=digits, match_key=match_key(WaId(reading_.wa_id or "")) if is_number else ""
    )


def _row(
    conversation: Conversation, customer: Customer, _: Channel, *, actor: Actor, now: datetime
) -> ConversationRow:
    return ConversationRow(
        id=conversation.id or 0,
        name=name_of(customer),
        number=number_of(customer),
        initials=_initials(customer),
        preview=conversation.last_preview,
        is_outbound=conversation.last_direction == "outbound",
        time=locale.short(conversation.last_message_at, now=now, zone=actor.timezone, locale=actor.locale),
        unread=conversation.unread_count,
    )


def _head(conversation: Conversation, customer: Customer, channel: Channel) -> ConversationHead:
    closes = window.expires_at(conversation.last_inbound_at)
    return ConversationHead(
        id=conversation.id or 0,
        name=name_of(customer),
        number=number_of(customer),
        initials=_initials(customer),
        channel_name=channel.name,
        unread=conversation.unread_count,
        window_expires_at=closes.isoformat() if closes else "",
    )


def _bubbles(oldest_first: Sequence[WaMessage], *, actor: Actor, now: datetime) -> list[Bubble]:
    bubbles: list[Bubble] = []
    last_day = ""
    for message in oldest_first:
        day = locale.day(message.sent_at, now=now, zone=actor.timezone, locale=actor.locale)
        bubbles.append(_bubble(message, day="" if day == last_day else day, actor=actor))
        last_day = day
    return bubbles


def _bubble(message: WaMessage, *, day: str, actor: Actor) -> Bubble:
    failed = message.state == MessageState.FAILED
    shown = _text(message)
    return Bubble(
        id=message.id or 0,
        direction=message.direction,
        type=message.type,
        text=shown,
        kind="" if shown and message.type == "text" else wording.kind(message.type, locale=actor.locale),
        state=message.state,
        time=locale.clock_time(message.sent_at, zone=actor.timezone),
        day=day,
        error=wording.reason(message.error_code, locale=actor.locale) if failed else "",
    )


def _text(message: WaMessage) -> str:
    """Return the words of a message; empty when it has none that this version can show."""
    shown = message.content.get({"text": "body", "template": "name"}.get(message.type, ""))
    return shown if isinstance(shown, str) else ""


def name_of(customer: Customer) -> str:
    """Return what staff call a customer: the profile name, else the number."""
    return customer.profile_name or number_of(customer) or "—"


def number_of(customer: Customer) -> str:
    """Return the number as a person writes it; empty when Meta has not told it."""
    return display(WaId(customer.wa_id)) if customer.wa_id else ""


def _initials(customer: Customer) -> str:
    words = [word for word in customer.profile_name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "#"
