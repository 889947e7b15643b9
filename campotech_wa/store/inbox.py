"""What a thread and the list read beside the rows themselves: annotations, quotes, usernames, failures."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, and_, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, ConversationId, CustomerId, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.tables.conversations import Conversation, CustomerLink
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.outbox import OutboxEntry

ANNOTATIONS = ("reaction", "edit", "revoke")
"""Types that are shown on the message they are about."""


_OTHER = aliased(WaMessage)
_IS_ANNOTATION = col(WaMessage.type).in_(ANNOTATIONS)
# Not EXISTS: PostgreSQL would read the whole table into a hash as soon as a thread has one annotation.
_WHAT_IT_IS_ABOUT = (
    select(col(_OTHER.id))
    .where(
        col(_OTHER.channel_id) == col(WaMessage.channel_id),
        col(_OTHER.wamid) == col(WaMessage.target_wamid),
        col(_OTHER.conversation_id) == col(WaMessage.conversation_id),
        # Nobody changes what the other side said: such an edit is a line of its own.
        or_(col(WaMessage.type) == "reaction", col(_OTHER.direction) == col(WaMessage.direction)),
    )
    .limit(1)
    .scalar_subquery()
)
_SPOKEN = (
    select(WaMessage)
    .where(
        col(WaMessage.organization_id) == bindparam("organization"),
        col(WaMessage.conversation_id) == bindparam("conversation"),
        or_(~_IS_ANNOTATION, _WHAT_IT_IS_ABOUT.is_(None)),
    )
    .order_by(col(WaMessage.sent_at).desc(), col(WaMessage.id).desc())
    .limit(bindparam("limit"))
)


def spoken(
    session: Session, conversation_id: ConversationId, *, organization_id: OrganizationId, limit: int
) -> Sequence[WaMessage]:
    """Return the newest messages of a thread, newest first, without what is shown on another one.

    An annotation whose message we do not have stands for itself: nothing that was said is left out.
    """
    whose = {"organization": organization_id, "conversation": conversation_id, "limit": limit}
    return session.scalars(_SPOKEN, whose).all()


def _any_of(name: str) -> Any:
    """Compare with a list that is one parameter: the statement is the same for any number."""
    return func.any(bindparam(name, type_=ARRAY(Text)))


_MOST = 5000
"""Annotations of one page of a thread: somebody may play with a reaction all day, and only the newest counts."""

_OF_THREAD = and_(
    col(WaMessage.organization_id) == bindparam("organization"),
    col(WaMessage.channel_id) == bindparam("channel"),
    # Whoever names a message of somebody else's thread changes nothing there, and is shown nothing of it.
    col(WaMessage.conversation_id) == bindparam("conversation"),
)
# Two queries as one: each has an index of its own.
_ABOUT = (
    select(WaMessage)
    .where(
        col(WaMessage.id).in_(
            union_all(
                select(col(WaMessage.id)).where(
                    _OF_THREAD, col(WaMessage.target_wamid) == _any_of("targets"), _IS_ANNOTATION
                ),
                select(col(WaMessage.id)).where(_OF_THREAD, col(WaMessage.wamid) == _any_of("quoted")),
            )
        )
    )
    .order_by(col(WaMessage.id).desc())
    .limit(_MOST)
)


def about(
    session: Session,
    conversation_id: ConversationId,
    wamids: Collection[str],
    *,
    quoted: Collection[str],
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> Sequence[WaMessage]:
    """Return the quoted messages of a thread, and every annotation of those and of the other ones, in one query."""
    if not wamids and not quoted:
        return ()
    wanted = {"targets": [*wamids, *quoted], "quoted": list(quoted)}
    whose = {"organization": organization_id, "channel": channel_id, "conversation": conversation_id}
    return session.scalars(_ABOUT, whose | wanted).all()


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


_UNSETTLED = (
    MessageState.FAILED,
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.UNCONFIRMED,
    MessageState.CANCELLED,
)


def unsettled_last(
    session: Session, conversation_ids: Collection[ConversationId], *, organization_id: OrganizationId
) -> dict[ConversationId, str]:
    """Return the conversations whose newest message is one of ours that did not simply leave, with its state.

    One that is held is said to be so: for a person that is another thing than to wait.
    """
    if not conversation_ids:
        return {}
    newest = (
        select(col(_OTHER.id))
        .where(col(_OTHER.conversation_id) == col(Conversation.id))
        .order_by(col(_OTHER.sent_at).desc(), col(_OTHER.id).desc())
        .limit(1)
        .correlate(Conversation)
        .scalar_subquery()
    )
    found = (
        select(col(Conversation.id), col(WaMessage.state), col(OutboxEntry.state))
        .select_from(Conversation)
        .join(WaMessage, col(WaMessage.id) == newest)
        .outerjoin(OutboxEntry, col(OutboxEntry.message_id) == col(WaMessage.id))
        .where(
            col(Conversation.organization_id) == organization_id,
            col(Conversation.id).in_(conversation_ids),
            col(WaMessage.state).in_(_UNSETTLED),
        )
    )
    return {
        ConversationId(conversation or 0): entry if entry == OutboxState.HELD else state
        for conversation, state, entry in session.execute(found)
    }


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
