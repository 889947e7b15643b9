"""Conversations: one per customer and channel, and the list that staff work through."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    String,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, CustomerId, OfChannel, OrganizationId
from campotech_wa.store import customers
from campotech_wa.store.recordset import as_rows
from campotech_wa.tables.base import table
from campotech_wa.tables.channels import Channel
from campotech_wa.tables.conversations import Conversation, Customer, CustomerLink, FormerNumber

Found = tuple[Conversation, Customer, Channel]
"""A conversation with its customer and its channel."""

_ACCENTED, _PLAIN = "áéíóúüñàèìòùâêîôûäëïöç", "aeiouunaeiouaeiouaeioc"


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for: a part of a name, or a part of a number, or a number spelt in another way."""

    name: str = ""
    digits: str = ""
    match_key: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """The row after which a page of the list begins."""

    last_message_at: datetime
    conversation_id: int


_OF_CUSTOMERS = text(
    """
    select customer_id, id from conversation
    where organization_id = :organization and channel_id = :channel and customer_id = any(:customers)
      and merged_into_id is null
    order by id for no key update
    """
)
"""The lock keeps a merge from coming between. It is the one that the list's row needs when the message is there: a
weaker one, to be raised later, would have two writers and a merge wait for each other."""


def find_or_add(
    session: Session, *, organization_id: OrganizationId, channel_id: ChannelId, customer_id: CustomerId
) -> ConversationId:
    """Return the conversation of a customer on a channel, created when it is the first contact, and hold it."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    return of_customers(session, {customer_id}, **whose)[customer_id]


def of_customers(
    session: Session,
    customer_ids: Collection[CustomerId],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> dict[CustomerId, ConversationId]:
    """Return the conversation of each customer on a channel, created where it is the first contact, and hold it."""
    whose = {"organization": organization_id, "channel": channel_id, "customers": list(customer_ids)}
    found = {
        CustomerId(customer_id): ConversationId(known)
        for customer_id, known in session.execute(_OF_CUSTOMERS, whose)
    }
    for customer_id in set(customer_ids) - found.keys():
        found[customer_id] = _of_whom_it_is_by_now(
            session, customer_id, organization_id=organization_id, channel_id=channel_id
        )
    return found


def _of_whom_it_is_by_now(
    session: Session, customer_id: CustomerId, *, organization_id: OrganizationId, channel_id: ChannelId
) -> ConversationId:
    """Return the conversation of whoever the customer was merged into; else create theirs, unless it is there now."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    meant = customers.meant(session, customer_id, organization_id=organization_id)
    if meant != customer_id:
        return of_customers(session, {meant}, **whose)[meant]
    new = session.scalar(_ADD, {**whose, "customer_id": meant, **_BLANK})
    return ConversationId(new) if new else of_customers(session, {meant}, **whose)[meant]


_ADD = insert(table(Conversation)).on_conflict_do_nothing().returning(col(Conversation.id))
_BLANK: Mapping[str, object] = {"last_preview": "", "last_direction": "", "unread_count": 0}

_HELD = text(
    """
    select id from conversation where organization_id = :organization and id = :id and merged_into_id is null
    for no key update
    """
)


def hold(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId
) -> ConversationId | None:
    """Return where messages of a conversation go, and keep that so until the transaction ends; None if nowhere.

    A conversation whose customer was merged leads to the survivor's, also for a tab that has it open.
    """
    if session.scalar(_HELD, {"organization": organization_id, "id": conversation_id}) is not None:
        return conversation_id
    gone = session.execute(
        select(col(Conversation.customer_id), col(Conversation.channel_id)).where(
            col(Conversation.organization_id) == organization_id, col(Conversation.id) == conversation_id
        )
    ).one_or_none()
    if gone is None:
        return None
    whose: OfChannel = {"organization_id": organization_id, "channel_id": ChannelId(gone[1])}
    return find_or_add(session, customer_id=CustomerId(gone[0]), **whose)


def can_any_be_answered(
    session: Session, *, organization_id: OrganizationId, channel_id: ChannelId, since: datetime
) -> bool:
    """Tell whether any customer of a channel has written since then."""
    heard = select(col(Conversation.id)).where(
        col(Conversation.channel_id) == channel_id,
        col(Conversation.organization_id) == organization_id,
        col(Conversation.last_inbound_at) > since,
    )
    return session.scalar(select(heard.exists())) or False


def get(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId
) -> Found | None:
    """Return a conversation, or the one it was merged into, with its customer and channel.

    None when it is another organization's.
    """
    meant = _meant(conversation_id, organization_id)
    row = session.execute(_with_customer(organization_id).where(col(Conversation.id) == meant)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def page(
    session: Session,
    *,
    organization_id: OrganizationId,
    limit: int,
    search: Search | None = None,
    after: After | None = None,
    unread: bool | None = None,
) -> list[Found]:
    """Return conversations, newest first; not those that were merged into another."""
    found = _with_customer(organization_id).where(col(Conversation.merged_into_id).is_(None))
    if search:
        found = found.where(_matches(search))
    if unread is not None:
        found = found.where((col(Conversation.unread_count) > 0) == unread)
    if after:
        found = found.where(
            tuple_(col(Conversation.last_message_at), col(Conversation.id))
            < tuple_(literal(after.last_message_at), literal(after.conversation_id))
        )
    newest_first = (col(Conversation.last_message_at).desc(), col(Conversation.id).desc())
    rows = session.execute(found.order_by(*newest_first).limit(limit))
    return [(conversation, customer, channel) for conversation, customer, channel in rows]


def unread_total(session: Session, *, organization_id: OrganizationId) -> int:
    """Count the conversations that hold something unread."""
    counted = select(func.count()).where(
        col(Conversation.organization_id) == organization_id,
        col(Conversation.unread_count) > 0,
        col(Conversation.merged_into_id).is_(None),
    )
    return session.scalar(counted) or 0


_AT = bindparam("at", type_=DateTime(timezone=True))
_PREVIEW = bindparam("preview", type_=String)
_IS_NEWEST = or_(col(Conversation.last_direction) == "", col(Conversation.last_message_at) <= _AT)

_NOTE_OUTBOUND = (
    update(table(Conversation))
    .where(
        col(Conversation.id) == bindparam("conversation"),
        col(Conversation.organization_id) == bindparam("organization"),
    )
    .values(
        last_preview=case((_IS_NEWEST, _PREVIEW), else_=col(Conversation.last_preview)),
        last_direction=case((_IS_NEWEST, "outbound"), else_=col(Conversation.last_direction)),
        last_message_at=case((_IS_NEWEST, _AT), else_=col(Conversation.last_message_at)),
    )
)


@dataclass(frozen=True, slots=True)
class Note:
    """What one new message changes in the list's row; it may be older than the newest one."""

    conversation_id: ConversationId
    direction: str
    preview: str
    at: datetime
    is_unread: bool
    opens_window: bool


_NOTE_ALL = text(
    """
    with note as (
        select conversation_id, count(*) filter (where is_unread) as unread,
               max(at) filter (where opens_window) as inbound_at, max(at) as at,
               (array_agg(preview order by at desc, place desc))[1] as preview,
               (array_agg(direction order by at desc, place desc))[1] as direction
        from (select *, row_number() over () as place from jsonb_to_recordset(cast(:rows as jsonb)) as one(
            conversation_id bigint, direction text, preview text, at timestamptz,
            is_unread boolean, opens_window boolean)) as placed
        group by conversation_id
    ), news as (
        select note.*, old.last_direction = '' or old.last_message_at <= note.at as is_newest
        from note join conversation old on old.id = note.conversation_id
    )
    update conversation
    set unread_count = unread_count + news.unread,
        last_inbound_at = greatest(last_inbound_at, news.inbound_at),
        last_preview = case when is_newest then news.preview else last_preview end,
        last_direction = case when is_newest then news.direction else last_direction end,
        last_message_at = case when is_newest then news.at else last_message_at end
    from news
    where conversation.id = news.conversation_id and conversation.organization_id = :organization
    """
)


def note_all(session: Session, notes: Sequence[Note], *, organization_id: OrganizationId) -> None:
    """Bring the list's rows up to date with new messages that Meta delivered."""
    if notes:
        session.execute(_NOTE_ALL, {"organization": organization_id, "rows": as_rows(notes)})


def note_message(
    session: Session,
    conversation_id: ConversationId,
    *,
    organization_id: OrganizationId,
    preview: str,
    at: datetime,
) -> None:
    """Bring the list's row up to date with a message of ours."""
    session.execute(
        _NOTE_OUTBOUND,
        {
            "conversation": conversation_id,
            "organization": organization_id,
            "preview": preview,
            "at": at,
        },
    )


def correct_preview(
    session: Session,
    conversation_id: ConversationId,
    *,
    organization_id: OrganizationId,
    former: str,
    preview: str,
) -> None:
    """Bring the list's row up to date with a message of ours that says something else now, if it stands there."""
    session.execute(
        update(Conversation)
        .where(
            col(Conversation.id) == conversation_id,
            col(Conversation.organization_id) == organization_id,
            col(Conversation.last_direction) == "outbound",
            col(Conversation.last_preview) == former,
        )
        .values(last_preview=preview)
    )


def mark_seen(session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId) -> bool:
    """Set the unread count to zero; tells whether it was not."""
    seen = session.execute(
        update(Conversation)
        .where(
            col(Conversation.id) == _meant(conversation_id, organization_id),
            col(Conversation.organization_id) == organization_id,
            col(Conversation.unread_count) > 0,
        )
        .values(unread_count=0)
        .returning(col(Conversation.id))
    )
    return seen.one_or_none() is not None


def _with_customer(organization_id: OrganizationId) -> Select[Conversation, Customer, Channel]:
    return (
        select(Conversation, Customer, Channel)
        .join(Customer, col(Conversation.customer_id) == col(Customer.id))
        .join(Channel, col(Conversation.channel_id) == col(Channel.id))
        .where(col(Conversation.organization_id) == organization_id)
    )


def _meant(conversation_id: ConversationId, organization_id: OrganizationId) -> ColumnElement[int]:
    """Return the id of a conversation, or of the one that took over its messages."""
    named = table(Conversation).alias("named")
    return (
        select(func.coalesce(named.c.merged_into_id, named.c.id))
        .where(named.c.id == conversation_id, named.c.organization_id == organization_id)
        .scalar_subquery()
    )


def _matches(search: Search) -> ColumnElement[bool]:
    name = func.translate(func.lower(_called()), _ACCENTED, _PLAIN)
    wanted = func.translate(search.name.lower(), _ACCENTED, _PLAIN)
    wa_id = func.coalesce(col(Customer.wa_id), "")
    # An Argentine key without its 54 is what a number's spellings share.
    shared = search.match_key[2:] if search.match_key.startswith("54") else ""
    ways = (
        (search.name, func.strpos(name, wanted) > 0),
        (search.name.removeprefix("@"), _linked_as(search.name.removeprefix("@"))),
        (search.digits, func.strpos(wa_id, search.digits) > 0),
        (search.digits, _had(search.digits)),
        (search.match_key, col(Customer.match_key) == search.match_key),
        (shared, _had(shared)),
    )
    return or_(false(), *(matches for given, matches in ways if given))


def _called() -> ColumnElement[str]:
    """Return every name of a customer: in the company's address book, and the one they gave themselves."""
    return func.concat(col(Customer.contact_name), " ", col(Customer.profile_name))


def _linked_as(name: str) -> ColumnElement[bool]:
    """Ask whether a channel knows the customer by a username or user id like this."""
    link = select(col(CustomerLink.id)).where(
        col(CustomerLink.customer_id) == col(Customer.id),
        or_(
            func.strpos(func.lower(col(CustomerLink.username)), name.lower()) > 0,
            func.strpos(col(CustomerLink.user_id), name) > 0,
        ),
    )
    return link.exists()


def _had(digits: str) -> ColumnElement[bool]:
    """Ask whether the customer had a number with these digits, or was merged with somebody who has one."""
    former = select(col(FormerNumber.id)).where(
        col(FormerNumber.customer_id) == col(Customer.id),
        func.strpos(col(FormerNumber.wa_id), digits) > 0,
    )
    absorbed = table(Customer).alias("absorbed")
    joined = select(absorbed.c.id).where(
        absorbed.c.merged_into_id == col(Customer.id), func.strpos(absorbed.c.wa_id, digits) > 0
    )
    return or_(former.exists(), joined.exists())
