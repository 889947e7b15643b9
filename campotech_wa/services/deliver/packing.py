"""Pack a claimed row of the outbox into a parcel: what to send, and under which id of the customer."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfOrganization, OrganizationId
from campotech_wa.meta.shapes import as_object
from campotech_wa.services import identity
from campotech_wa.services.deliver.parcel import NOT_ALLOWED, Parcel
from campotech_wa.store import attempts, conversations, messages
from campotech_wa.tables.conversations import Customer
from campotech_wa.tables.outbox import OutboxEntry


def pack(session: Session, entry: OutboxEntry, info: Mapping[str, Any]) -> Parcel:
    """Note that a request is about to leave, and return it; ``info`` is what Meta says of the channel."""
    whose: OfOrganization = {"organization_id": OrganizationId(entry.organization_id)}
    message_id, channel_id = MessageId(entry.message_id), ChannelId(entry.channel_id)
    number = messages.last_attempt_number(session, message_id, **whose) + 1
    messages.add_attempt(session, message_id, number, channel_id=channel_id, now=clock.now(), **whose)
    message = messages.get(session, message_id, **whose)
    found = conversations.get(session, ConversationId(entry.conversation_id), **whose)
    if message is None or found is None:
        raise LookupError("An outbox row without its message or conversation: a foreign key is missing.")
    address = _address(session, entry, found[1], info)
    spelling = _spellings_refused(session, entry, number, address)
    return Parcel(
        channel_id=channel_id,
        conversation_id=ConversationId(entry.conversation_id),
        message_id=message_id,
        attempt=number,
        tries=entry.attempts,
        type=message.type,
        content=message.content,
        address=address,
        spelling=spelling,
        context=as_object(message.envelope.get("context")) or None,
        **whose,
    )


def _address(
    session: Session, entry: OutboxEntry, customer: Customer, info: Mapping[str, Any]
) -> identity.Address:
    return identity.address(
        session,
        customer,
        organization_id=OrganizationId(entry.organization_id),
        channel_id=ChannelId(entry.channel_id),
        is_test_number=identity.is_test_number(info),
    )


def _spellings_refused(session: Session, entry: OutboxEntry, number: int, address: identity.Address) -> int:
    """Count the spellings that were refused since a person asked for the message; the last is tried again."""
    if entry.attempts <= 1 or len(address.spellings) <= 1:
        return 0
    refused = attempts.refused(
        session,
        MessageId(entry.message_id),
        NOT_ALLOWED,
        from_number=number - entry.attempts + 1,
        organization_id=OrganizationId(entry.organization_id),
    )
    return min(refused, len(address.spellings) - 1)
