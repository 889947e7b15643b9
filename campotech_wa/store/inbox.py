"""What a thread and the list read beside the rows themselves: annotations, quotes, usernames, failures."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select, union_all
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, CustomerId, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.tables.conversations import Conversation, CustomerLink
from campotech_wa.tables.messages import WaMessage

ANNOTATIONS = ("reaction", "edit", "revoke")
"""Types that are shown on the message they are about."""


def spoken(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId, limit: int
) -> Sequence[WaMessage]:
    """Return the newest messages of a thread, newest first, without what is shown on another one.

    An annotation whose message we do not have stands for itself: nothing that was said is left out.
    """
    target = aliased(WaMessage)
    is_here = (
        select(col(target.id))
        .where(
            col(target.channel_id) == col(WaMessage.channel_id),
            col(target.wamid) == col(WaMessage.target_wamid),
        )
        .exists()
    )
    found = select(WaMessage).where(
        col(WaMessage.organization_id) == organization_id,
        col(WaMessage.conversation_id) == conversation_id,
        ~and_(_is_annotation(), is_here),
    )
    newest_first = (col(WaMessage.sent_at).desc(), col(WaMessage.id).desc())
    return session.scalars(found.order_by(*newest_first).limit(limit)).all()


def about(
    session: Session,
    wamids: Collection[str],
    *,
    quoted: Collection[str],
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> Sequence[WaMessage]:
    """Return the quoted messages, and every annotation of those and of the other ones, in one query."""
    if not wamids and not quoted:
        return ()
    whose: tuple[Any, ...] = (
        col(WaMessage.organization_id) == organization_id,
        col(WaMessage.channel_id) == channel_id,
    )
    annotating = select(col(WaMessage.id)).where(
        *whose, col(WaMessage.target_wamid).in_((*wamids, *quoted)), _is_annotation()
    )
    # Two queries as one: each has an index of its own.
    named = select(col(WaMessage.id)).where(*whose, col(WaMessage.wamid).in_(quoted))
    ids = union_all(annotating, named) if quoted else annotating
    return session.scalars(select(WaMessage).where(col(WaMessage.id).in_(ids))).all()


def _is_annotation() -> ColumnElement[bool]:
    return col(WaMessage.type).in_(ANNOTATIONS)


def usernames(
    session: Session, customer_ids: Collection[CustomerId], *, organization_id: OrganizationId
) -> dict[CustomerId, str]:
    """Return the usernames of customers, the newest where channels know several."""
    if not customer_ids:
        return {}
    found = (
        select(col(CustomerLink.customer_id), col(CustomerLink.username))
        .where(
            col(CustomerLink.organization_id) == organization_id,
            col(CustomerLink.customer_id).in_(customer_ids),
            col(CustomerLink.username) != "",
        )
        .order_by(col(CustomerLink.seen_at))
    )
    return {CustomerId(customer): username for customer, username in session.execute(found)}


def failed_last(
    session: Session, conversation_ids: Collection[ConversationId], *, organization_id: OrganizationId
) -> set[ConversationId]:
    """Return the conversations whose newest message is one of ours that failed."""
    if not conversation_ids:
        return set()
    newest = (
        select(col(WaMessage.state))
        .where(col(WaMessage.conversation_id) == col(Conversation.id))
        .order_by(col(WaMessage.sent_at).desc(), col(WaMessage.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    found = select(col(Conversation.id)).where(
        col(Conversation.organization_id) == organization_id,
        col(Conversation.id).in_(conversation_ids),
        newest == MessageState.FAILED,
    )
    return {ConversationId(each) for each in session.scalars(found) if each is not None}


def newest_inbound(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId
) -> WaMessage | None:
    """Return the customer's newest message that Meta can be told of."""
    found = (
        select(WaMessage)
        .where(
            col(WaMessage.organization_id) == organization_id,
            col(WaMessage.conversation_id) == conversation_id,
            col(WaMessage.direction) == "inbound",
            col(WaMessage.origin) == "customer",
            col(WaMessage.wamid).is_not(None),
        )
        .order_by(col(WaMessage.sent_at).desc(), col(WaMessage.id).desc())
        .limit(1)
    )
    return session.scalars(found).one_or_none()
