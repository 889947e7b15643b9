"""Read the list of conversations, or those of it that match a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import locale
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, CustomerId, OfOrganization
from campotech_wa.services import identity
from campotech_wa.services.inbox import names
from campotech_wa.store import conversations
from campotech_wa.store import inbox as stored
from campotech_wa.store.conversations import Found
from campotech_wa.store.transaction import reading
from campotech_wa.tables.conversations import Conversation, Customer
from campotech_wa.views import ConversationList, ConversationRow

LONGEST_LIST = 500
"""Rows that one tab may hold; beyond that, searching is faster than scrolling."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What rows show that is not in them."""

    unsettled: Mapping[ConversationId, str]
    usernames: Mapping[CustomerId, str]
    now: datetime


def listing(actor: Actor, *, limit: int, search: str = "") -> ConversationList:
    """Return the newest conversations, or those that match a name or a number."""
    actor.require(Permission.READ)
    limit = min(max(limit, 1), LONGEST_LIST)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        wanted = identity.wanted(session, search, **whose)
        rows = conversations.page(session, limit=limit + 1, search=wanted, **whose)
        unread = conversations.unread_total(session, **whose)
        beside = _beside(session, rows[:limit], actor)
    return ConversationList(
        rows=tuple(_row(conversation, customer, beside, actor) for conversation, customer, _ in rows[:limit]),
        has_more=len(rows) > limit and limit < LONGEST_LIST,
        unread_conversations=unread,
    )


def _row(conversation: Conversation, customer: Customer, beside: _Beside, actor: Actor) -> ConversationRow:
    username = beside.usernames.get(CustomerId(customer.id or 0), "")
    at = conversation.last_message_at
    return ConversationRow(
        id=conversation.id or 0,
        name=names.name_of(customer, username),
        number=names.reached_by(customer, username),
        initials=names.initials(customer),
        preview=conversation.last_preview,
        is_outbound=conversation.last_direction == "outbound",
        standing=beside.unsettled.get(ConversationId(conversation.id or 0), ""),
        time=locale.short(at, now=beside.now, zone=actor.timezone, locale=actor.locale),
        unread=conversation.unread_count,
    )


def _beside(session: Session, found: Sequence[Found], actor: Actor) -> _Beside:
    """Read what rows show beside their own columns, of those that need it."""
    whose: OfOrganization = {"organization_id": actor.organization_id}
    ours = [ConversationId(each.id or 0) for each, _, _ in found if each.last_direction == "outbound"]
    without_number = [CustomerId(customer.id or 0) for _, customer, _ in found if not customer.wa_id]
    return _Beside(
        unsettled=stored.unsettled_last(session, ours, **whose),
        usernames=stored.usernames(session, without_number, **whose),
        now=clock.now(),
    )
