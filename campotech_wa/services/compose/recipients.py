"""Find the customer that a typed number or a user id stands for, or make one, and their conversation on a channel."""

from sqlalchemy.orm import Session

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import (
    BusinessScopedUserId,
    ChannelId,
    ConversationId,
    CustomerId,
    OfChannel,
    OfOrganization,
    WaId,
)
from campotech_wa.domain.phones import PhoneKind, PhoneReading, read_typed
from campotech_wa.errors import InvalidInput
from campotech_wa.services import identity
from campotech_wa.store import channels, conversations, customers, links, people


def conversation_with(
    session: Session,
    actor: Actor,
    to: object,
    *,
    recipient: object = None,
    phone_number_id: object = None,
) -> tuple[ConversationId, WaId | None]:
    """Return the conversation with whoever is meant, and the id that will be sent to: None for a user id.

    With both ``to`` and ``recipient``, ``to`` counts, as it does for Meta (sending.md 1.1).

    Raises:
        InvalidInput: ``to`` is no number that can have WhatsApp, ``recipient`` is nobody the channel knows, or the
            organization has no such channel.
    """
    if to is None and recipient is not None:
        channel_id, customer_id = _linked(session, actor, recipient, phone_number_id)
    else:
        channel_id = _channel(session, actor, phone_number_id)
        reading = _read(session, actor, to)
        customer_id, _ = identity.typed(session, reading, organization_id=actor.organization_id)
    whose: OfChannel = {"organization_id": actor.organization_id, "channel_id": channel_id}
    conversation_id = conversations.find_or_add(session, customer_id=customer_id, **whose)
    return conversation_id, _reached_at(session, customer_id, whose)


def _channel(session: Session, actor: Actor, phone_number_id: object) -> ChannelId:
    for channel in channels.every(session, organization_id=actor.organization_id):
        if phone_number_id in (None, channel.phone_number_id):
            return ChannelId(channel.id or 0)
    raise InvalidInput(
        "no_channel",
        field="phone_number_id",
        detail="The organization has no such WhatsApp number connected.",
    )


def _linked(
    session: Session, actor: Actor, recipient: object, phone_number_id: object
) -> tuple[ChannelId, CustomerId]:
    """Find who has a user id, on the channel that is asked for or on the one that saw them last."""
    only = None if phone_number_id is None else _channel(session, actor, phone_number_id)
    user_id = BusinessScopedUserId(recipient) if isinstance(recipient, str) else None
    known = links.by_user_id(session, user_id, organization_id=actor.organization_id) if user_id else ()
    for link in known:
        if only in (None, link.channel_id):
            return ChannelId(link.channel_id), CustomerId(link.customer_id)
    raise InvalidInput(
        "recipient_unknown",
        field="recipient",
        detail="recipient is no user id that has written to this number. Take it from the customer's links.",
    )


def _read(session: Session, actor: Actor, to: object) -> PhoneReading:
    if not isinstance(to, str) or not to.strip():
        raise InvalidInput(
            "to_missing", field="to", detail="to is required: the customer's number as a text."
        )
    organization = people.organization(session, organization_id=actor.organization_id)
    reading = read_typed(to, default_area=organization.default_area or None)
    if reading.kind is PhoneKind.BSUID:
        raise InvalidInput(
            "to_unusable", field="to", detail="to is a user id, not a number: send it as recipient."
        )
    if reading.wa_id is None:
        raise InvalidInput(
            "to_unusable", field="to", detail=f"to is no WhatsApp number: {reading.kind} ({reading.reason})."
        )
    return reading


def _reached_at(session: Session, customer_id: CustomerId, whose: OfChannel) -> WaId | None:
    own: OfOrganization = {"organization_id": whose["organization_id"]}
    meant = customers.meant(session, customer_id, **own)
    customer = customers.get(session, meant, **own)
    return customer and identity.address(session, customer, is_test_number=False, **whose).wa_id
