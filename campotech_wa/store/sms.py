"""SMS: the organizations' accounts, and the messages that go, or went, that way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ConversationId, MessageId, OrganizationId
from campotech_wa.domain.sms_errors import OPTED_OUT
from campotech_wa.domain.sms_limits import WINDOW, Used
from campotech_wa.domain.sms_state import SmsState
from campotech_wa.tables.messages import WaMessage
from campotech_wa.tables.sms import SmsAccount, SmsMessage

_OWED = (SmsState.WAITING, SmsState.SENDING, SmsState.UNCONFIRMED)
"""Somebody has to look at it when it is due."""

_ON_ITS_WAY = (SmsState.SENDING, SmsState.UNCONFIRMED)

_GONE_OVER = (SmsState.CANCELLED, SmsState.FAILED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an SMS depends on now: the thread and the state of its message, and the people's will."""

    conversation_id: ConversationId
    message_state: str
    has_opted_out: bool


def account(session: Session, *, organization_id: OrganizationId) -> SmsAccount | None:
    """Return an organization's account."""
    return session.scalars(_of(organization_id)).one_or_none()


def lock_account(session: Session, *, organization_id: OrganizationId) -> SmsAccount | None:
    """Return an organization's account; nobody else counts its limits until the transaction ends."""
    locked = _of(organization_id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def by_callback_key(session: Session, callback_key: str) -> SmsAccount | None:
    """Find the account that a provider calls back; the key itself tells the organization."""
    found = select(SmsAccount).where(col(SmsAccount.callback_key) == callback_key)
    return session.scalars(found).one_or_none()


def save_account(
    session: Session, *, organization_id: OrganizationId, callback_key: str, **values: Any
) -> None:
    """Create or change an organization's account; one that is there keeps its callback key."""
    new = insert(SmsAccount).values(organization_id=organization_id, callback_key=callback_key, **values)
    session.execute(new.on_conflict_do_update(index_elements=["organization_id"], set_=values))


def used(session: Session, *, organization_id: OrganizationId, now: datetime, month_began: datetime) -> Used:
    """Return what of the limits is taken. One on its way counts: nobody knows yet that it has not left."""
    left_at, minute_ago = col(SmsMessage.left_at), now - WINDOW
    flying = col(SmsMessage.state).in_(_ON_ITS_WAY)
    taken = select(
        func.count().filter(or_(left_at > minute_ago, flying)),
        func.count().filter(or_(left_at >= month_began, flying)),
    ).where(
        col(SmsMessage.organization_id) == organization_id,
        or_(left_at >= min(month_began, minute_ago), flying),
    )
    return Used(*session.execute(taken).one())


def put(session: Session, *, organization_id: OrganizationId, **values: Any) -> None:
    """Have a message go by SMS at its time; an older reason that has not become an SMS makes room."""
    new = insert(SmsMessage).values(
        organization_id=organization_id, attempts=0, provider_sid="", segments=0,
        error_code="", error_detail="", **values,
    )  # fmt: skip
    fresh = {name: values[name] for name in ("reason", "state", "due_at", "body", "recipient")}
    unsent = col(SmsMessage.left_at).is_(None) & col(SmsMessage.state).in_((SmsState.WAITING, *_GONE_OVER))
    cleared = {"attempts": 0, "error_code": "", "error_detail": "", "ended_at": None}
    session.execute(
        new.on_conflict_do_update(index_elements=["message_id"], set_=fresh | cleared, where=unsent)
    )


def withdraw(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId, now: datetime
) -> None:
    """Cancel what has not begun to leave."""
    session.execute(
        update(SmsMessage)
        .where(*_those(message_ids, organization_id), col(SmsMessage.state) == SmsState.WAITING)
        .values(state=SmsState.CANCELLED, ended_at=now)
    )


def delivered_by_whatsapp(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId, at: datetime
) -> None:
    """Cancel what has not begun to leave, and note of the others that WhatsApp delivered too.

    One statement: a claim that commits meanwhile is seen by its conditions.
    """
    waits = col(SmsMessage.state) == SmsState.WAITING
    also = func.coalesce(col(SmsMessage.also_by_whatsapp_at), at)
    session.execute(
        update(SmsMessage)
        .where(*_those(message_ids, organization_id), col(SmsMessage.state) != SmsState.CANCELLED)
        .values(
            state=case((waits, SmsState.CANCELLED), else_=col(SmsMessage.state)),
            ended_at=case((waits, at), else_=col(SmsMessage.ended_at)),
            also_by_whatsapp_at=case((waits, None), else_=also),
        )
    )


def due(
    session: Session, *, organization_id: OrganizationId, now: datetime, limit: int
) -> Sequence[SmsMessage]:
    """Return what is to be looked at now, locked; what another worker holds is left to it."""
    found = (
        select(SmsMessage)
        .where(
            col(SmsMessage.organization_id) == organization_id,
            col(SmsMessage.state).in_(_OWED),
            col(SmsMessage.due_at) <= now,
        )
        .order_by(col(SmsMessage.due_at), col(SmsMessage.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).all()


def organizations_due(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the organizations with something to look at; for the sweep, which serves every one."""
    found = select(col(SmsMessage.organization_id)).where(
        col(SmsMessage.state).in_(_OWED), col(SmsMessage.due_at) <= now
    )
    return session.scalars(found.distinct()).all()


_HELD_UP = text(
    """
    select queued.organization_id, queued.message_id
    from wa_panic panic
    join sms_account account on account.organization_id = panic.organization_id and account.is_on
    join wa_outbound_queue queued on queued.organization_id = panic.organization_id
     and queued.channel_id = panic.channel_id
    where panic.resolved_at is null
      and queued.lane = 'business' and queued.priority = 0 and queued.state = 'queued'
      and queued.enters_at <= :now
      and not exists (select from sms_message known where known.message_id = queued.message_id)
    order by queued.id limit :limit
    """
)


def held_up(session: Session, *, now: datetime, limit: int) -> list[tuple[OrganizationId, MessageId]]:
    """Return urgent templates that a panic holds up and nobody has judged yet, of every organization."""
    found = session.execute(_HELD_UP, {"now": now, "limit": limit})
    return [(OrganizationId(organization_id), MessageId(message_id)) for organization_id, message_id in found]


_STANDINGS = text(
    """
    select message.id, message.conversation_id, message.state,
           customer.blocked_at is not null
           or exists (
               select from wa_message refused
               where refused.organization_id = :organization
                 and refused.conversation_id = message.conversation_id
                 and (refused.error_code = 131050 and (customer.marketing_preference <> 'resume'
                                                       or refused.sent_at > customer.marketing_preference_at)
                   or refused.error_code = 130403
                      and refused.sent_at > coalesce(conversation.last_inbound_at, '-infinity')))
    from wa_message message
    join conversation on conversation.id = message.conversation_id
    join customer on customer.id = conversation.customer_id
    where message.organization_id = :organization and message.id = any(:messages)
    """
)
"""Who asked for no promotions has opted out until they take it back; who was blocked, until they write again."""


def standings(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> dict[MessageId, Standing]:
    """Return what each message's SMS depends on."""
    found = session.execute(_STANDINGS, {"organization": organization_id, "messages": list(message_ids)})
    return {
        MessageId(message_id): Standing(ConversationId(conversation_id), state, has_opted_out)
        for message_id, conversation_id, state, has_opted_out in found
    }


def opted_out(
    session: Session, recipients: Collection[str], *, organization_id: OrganizationId
) -> frozenset[str]:
    """Return which of these numbers have told the provider that they want no SMS."""
    found = select(col(SmsMessage.recipient)).where(
        col(SmsMessage.organization_id) == organization_id,
        col(SmsMessage.recipient).in_(recipients),
        col(SmsMessage.error_code) == OPTED_OUT,
    )
    return frozenset(session.scalars(found))


def lock(session: Session, sms_id: int, *, organization_id: OrganizationId) -> SmsMessage | None:
    """Return an SMS and keep others from changing it until the transaction ends."""
    found = select(SmsMessage).where(
        col(SmsMessage.id) == sms_id, col(SmsMessage.organization_id) == organization_id
    )
    locked = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def find(
    session: Session, *, organization_id: OrganizationId, provider_sid: str, sms_id: int | None
) -> SmsMessage | None:
    """Return the SMS that a callback names by our id, else by the provider's."""
    named = col(SmsMessage.provider_sid) == provider_sid if sms_id is None else col(SmsMessage.id) == sms_id
    found = select(SmsMessage).where(col(SmsMessage.organization_id) == organization_id, named)
    return session.scalars(found).one_or_none()


def of_messages(
    session: Session, message_ids: Collection[MessageId], *, organization_id: OrganizationId
) -> Sequence[SmsMessage]:
    """Return the SMS of messages."""
    return session.scalars(select(SmsMessage).where(*_those(message_ids, organization_id))).all()


def conversation_of(
    session: Session, message_id: MessageId, *, organization_id: OrganizationId
) -> ConversationId | None:
    """Return the thread in which an SMS's message stands now: customers may have been merged since."""
    found = select(col(WaMessage.conversation_id)).where(
        col(WaMessage.id) == message_id, col(WaMessage.organization_id) == organization_id
    )
    conversation_id = session.scalar(found)
    return None if conversation_id is None else ConversationId(conversation_id)


def _of(organization_id: OrganizationId) -> Any:
    return select(SmsAccount).where(col(SmsAccount.organization_id) == organization_id)


def _those(message_ids: Collection[MessageId], organization_id: OrganizationId) -> tuple[Any, ...]:
    return (
        col(SmsMessage.organization_id) == organization_id,
        col(SmsMessage.message_id).in_(message_ids),
    )
