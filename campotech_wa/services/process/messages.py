"""Store one message of a customer: its customer, its conversation, the message, the list's row."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import preview, storable, wording
from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.domain.locale import SPANISH
from campotech_wa.domain.message_state import MessageOrigin, MessageState
from campotech_wa.meta.inbound.items import Person
from campotech_wa.meta.webhooks import InboundMessage
from campotech_wa.services import identity
from campotech_wa.store import conversations, messages

_WITHIN_THE_SECOND = timedelta(microseconds=999_999)


def store(
    session: Session, item: InboundMessage, *, organization_id: OrganizationId, channel_id: ChannelId
) -> ConversationId | None:
    """Insert the message; returns its conversation, or None when it is there already."""
    person = Person(item.wa_id, item.user_id, name=item.profile_name)
    customer_id = identity.recognise(session, person, organization_id=organization_id, channel_id=channel_id)
    conversation_id = conversations.find_or_add(
        session, organization_id=organization_id, channel_id=channel_id, customer_id=customer_id
    )
    sent_at = _sent_at(item.sent_at, now=clock.now())
    message_id = messages.add(
        session,
        organization_id=organization_id,
        channel_id=channel_id,
        conversation_id=conversation_id,
        direction="inbound",
        origin=MessageOrigin.CUSTOMER,
        envelope={},
        type=storable.text(item.type),
        content=storable.tree(item.content),
        wamid=storable.text(item.wamid),
        state=MessageState.RECEIVED,
        sent_at=sent_at,
    )
    if message_id is None:
        return None
    conversations.note_message(
        session,
        conversation_id,
        organization_id=organization_id,
        direction="inbound",
        preview=_preview(item),
        at=sent_at,
    )
    return conversation_id


def _sent_at(told: datetime | None, *, now: datetime) -> datetime:
    """Return when a message was sent, as precisely as can be known, and never in the future.

    Meta tells whole seconds. Within that second our own clock refines it, so that an answer to a message of
    ours does not stand before what it answers.
    """
    return now if told is None else min(now, told + _WITHIN_THE_SECOND)


def _preview(item: InboundMessage) -> str:
    body = item.content.get("body") if item.type == "text" else None
    if isinstance(body, str):
        return preview.one_line(storable.text(body))
    return wording.kind(item.type, locale=SPANISH)
