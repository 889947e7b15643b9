"""Merges of customers: what moves from one to the other, row by row, so that it can move back."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ConversationId, CustomerId, OrganizationId
from campotech_wa.store import outbox_lines
from campotech_wa.tables.conversations import (
    Conversation,
    Customer,
    CustomerLink,
    CustomerMerge,
    FormerNumber,
)
from campotech_wa.tables.messages import WaMessage

_MOVE_MESSAGES = text(
    """
    update wa_message set conversation_id = :target
    where organization_id = :organization and conversation_id = :source and (:all or id = any(:ids))
    returning id
    """
).bindparams(bindparam("ids", type_=ARRAY(BIGINT)))

_MOVE_OUTBOX = text(
    """
    update wa_outbound_queue queued set conversation_id = message.conversation_id, is_head = false
    from wa_message message
    where message.id = queued.message_id and queued.organization_id = :organization
      and queued.conversation_id = :source and message.conversation_id = :target
    """
)


def hold_threads(
    session: Session, customer_ids: Collection[CustomerId], *, organization_id: OrganizationId
) -> Sequence[Conversation]:
    """Lock every conversation of these customers, on every channel: no message can be put there meanwhile."""
    held = (
        select(Conversation)
        .where(
            col(Conversation.organization_id) == organization_id,
            col(Conversation.customer_id).in_(customer_ids),
        )
        .order_by(col(Conversation.id))
        .with_for_update()
    )
    return session.scalars(held.execution_options(populate_existing=True)).all()


def move_messages(
    session: Session,
    source: ConversationId,
    target: ConversationId,
    *,
    organization_id: OrganizationId,
    only: Collection[int] | None = None,
) -> list[int]:
    """Move messages, all or ``only`` these, and what waits in the outbox; returns the ids of those that moved.

    The outbox goes second: whoever queues an old message again holds its conversation, then the message, as here.
    """
    where = {"organization": organization_id, "source": source, "target": target}
    moved = session.scalars(_MOVE_MESSAGES, {**where, "all": only is None, "ids": list(only or ())})
    ids = sorted(moved)
    outbox_lines.lock(session, (source, target))
    session.execute(_MOVE_OUTBOX, where)
    outbox_lines.settle(session, (source, target))
    return ids


def move_links(
    session: Session,
    source: CustomerId,
    target: CustomerId,
    *,
    organization_id: OrganizationId,
    only: Collection[int] | None = None,
) -> list[int]:
    """Give links to another customer, all or ``only`` these; returns their ids."""
    whose = col(CustomerLink.organization_id) == organization_id
    return _hand_over(session, CustomerLink, "customer_id", whose, source, target, only=only)


def move_former(
    session: Session,
    source: CustomerId,
    target: CustomerId,
    *,
    organization_id: OrganizationId,
    only: Collection[int] | None = None,
) -> list[int]:
    """Give former numbers to another customer, all or ``only`` these; returns their ids."""
    whose = col(FormerNumber.organization_id) == organization_id
    return _hand_over(session, FormerNumber, "customer_id", whose, source, target, only=only)


def drop_former(session: Session, ids: Collection[int], *, organization_id: OrganizationId) -> None:
    """Forget that numbers were given up."""
    session.execute(
        delete(FormerNumber).where(
            col(FormerNumber.organization_id) == organization_id, col(FormerNumber.id).in_(ids)
        )
    )


def fold_customers(
    session: Session,
    source: CustomerId,
    target: CustomerId,
    *,
    organization_id: OrganizationId,
    only: Collection[int] | None = None,
) -> list[int]:
    """Point whoever was merged into one customer to another, so that one step always leads to the survivor."""
    whose = col(Customer.organization_id) == organization_id
    return _hand_over(session, Customer, "merged_into_id", whose, source, target, only=only)


def fold_threads(
    session: Session,
    source: ConversationId,
    target: ConversationId,
    *,
    organization_id: OrganizationId,
    only: Collection[int] | None = None,
) -> list[int]:
    """Do the same for conversations."""
    whose = col(Conversation.organization_id) == organization_id
    return _hand_over(session, Conversation, "merged_into_id", whose, source, target, only=only)


def describe_thread(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId, **changes: object
) -> None:
    """Write what a merge, or the end of one, makes of the list's row."""
    session.execute(
        update(Conversation)
        .where(col(Conversation.organization_id) == organization_id, col(Conversation.id) == conversation_id)
        .values(**changes)
    )


def drop_if_empty(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId
) -> bool:
    """Delete a conversation that holds no message; tells whether it did."""
    gone = session.scalar(
        delete(Conversation)
        .where(
            col(Conversation.organization_id) == organization_id,
            col(Conversation.id) == conversation_id,
            ~exists().where(col(WaMessage.conversation_id) == conversation_id),
        )
        .returning(col(Conversation.id))
    )
    return gone is not None


def newest_message(
    session: Session, conversation_ids: Collection[ConversationId], *, organization_id: OrganizationId
) -> int:
    """Return the highest id of a message in these conversations; 0 where there is none."""
    newest = select(func.max(col(WaMessage.id))).where(
        col(WaMessage.organization_id) == organization_id,
        col(WaMessage.conversation_id).in_(conversation_ids),
    )
    return session.scalar(newest) or 0


def heard_since(
    session: Session, conversation_id: ConversationId, after_id: int, *, organization_id: OrganizationId
) -> int:
    """Count what a customer wrote in a conversation after a message."""
    counted = select(func.count()).where(
        col(WaMessage.organization_id) == organization_id,
        col(WaMessage.conversation_id) == conversation_id,
        col(WaMessage.id) > after_id,
        col(WaMessage.direction) == "inbound",
    )
    return session.scalar(counted) or 0


def add(
    session: Session,
    survivor: CustomerId,
    absorbed: CustomerId,
    *,
    organization_id: OrganizationId,
    **values: Any,
) -> int:
    """Write a merge down; returns its id."""
    merge = CustomerMerge(
        organization_id=organization_id, survivor_id=survivor, absorbed_id=absorbed, **values
    )
    session.add(merge)
    session.flush()
    return merge.id or 0


def hold(session: Session, merge_id: int, *, organization_id: OrganizationId) -> CustomerMerge | None:
    """Lock a merge; None when it is another organization's."""
    held = select(CustomerMerge).where(
        col(CustomerMerge.organization_id) == organization_id, col(CustomerMerge.id) == merge_id
    )
    locked = held.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def of_customer(
    session: Session, customer_id: CustomerId, *, organization_id: OrganizationId, limit: int
) -> Sequence[CustomerMerge]:
    """Return the newest merges that a customer was part of, the newest first."""
    found = select(CustomerMerge).where(
        col(CustomerMerge.organization_id) == organization_id, _part_of(customer_id)
    )
    return session.scalars(found.order_by(col(CustomerMerge.id).desc()).limit(limit)).all()


def has_later(
    session: Session, merge_id: int, survivor: CustomerId, *, organization_id: OrganizationId
) -> bool:
    """Tell whether the survivor of a merge was part of a newer one that still stands."""
    newer = select(col(CustomerMerge.id)).where(
        col(CustomerMerge.organization_id) == organization_id,
        col(CustomerMerge.id) > merge_id,
        col(CustomerMerge.undone_at).is_(None),
        _part_of(survivor),
    )
    return session.scalar(select(newer.exists())) or False


def parted(session: Session, customer_id: CustomerId, *, organization_id: OrganizationId) -> set[CustomerId]:
    """Return whom a customer was once merged with until somebody said that they are two."""
    undone = select(col(CustomerMerge.survivor_id), col(CustomerMerge.absorbed_id)).where(
        col(CustomerMerge.organization_id) == organization_id,
        col(CustomerMerge.undone_at).is_not(None),
        _part_of(customer_id),
    )
    return {CustomerId(each) for row in session.execute(undone) for each in row} - {customer_id}


def _part_of(customer_id: CustomerId) -> ColumnElement[bool]:
    return or_(col(CustomerMerge.survivor_id) == customer_id, col(CustomerMerge.absorbed_id) == customer_id)


def _hand_over(
    session: Session,
    table: type[Customer | Conversation | CustomerLink | FormerNumber],
    column: str,
    whose: ColumnElement[bool],
    source: int,
    target: int,
    *,
    only: Collection[int] | None,
) -> list[int]:
    """Have rows point to the target instead of the source, all or ``only`` these; returns their ids."""
    key = col(table.id)
    chosen = () if only is None else (key.in_(only),)
    pointing = getattr(table, column) == source
    moved = update(table).where(whose, pointing, *chosen).values({column: target}).returning(key)
    return sorted(each or 0 for each in session.scalars(moved))
