"""Find the customer that a typed number stands for, or make one, and their conversation on a channel."""

from sqlalchemy.orm import Session

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, ConversationId, CustomerId, WaId
from campotech_wa.domain.phones import PhoneReading, match_key, read_typed
from campotech_wa.errors import InvalidInput
from campotech_wa.store import channels, conversations, customers, people
from campotech_wa.tables.conversations import Customer


def conversation_with(
    session: Session, actor: Actor, to: object, *, phone_number_id: object = None
) -> tuple[ConversationId, WaId]:
    """Return the conversation with whoever ``to`` means, and the id that will be sent to.

    Raises:
        InvalidInput: ``to`` is no number that can have WhatsApp, or the organization has no such channel.
    """
    channel_id = _channel(session, actor, phone_number_id)
    reading = _read(session, actor, to)
    customer_id, wa_id = _customer(session, actor, reading)
    conversation_id = conversations.find_or_add(
        session, organization_id=actor.organization_id, channel_id=channel_id, customer_id=customer_id
    )
    return conversation_id, wa_id


def _channel(session: Session, actor: Actor, phone_number_id: object) -> ChannelId:
    for channel in channels.every(session, organization_id=actor.organization_id):
        if phone_number_id in (None, channel.phone_number_id):
            return ChannelId(channel.id or 0)
    raise InvalidInput(
        "no_channel",
        field="phone_number_id",
        detail="The organization has no such WhatsApp number connected.",
    )


def _read(session: Session, actor: Actor, to: object) -> PhoneReading:
    if not isinstance(to, str) or not to.strip():
        raise InvalidInput(
            "to_missing", field="to", detail="to is required: the customer's number as a text."
        )
    organization = people.organization(session, organization_id=actor.organization_id)
    reading = read_typed(to, default_area=organization.default_area or None)
    if reading.wa_id is None:
        raise InvalidInput(
            "to_unusable", field="to", detail=f"to is no WhatsApp number: {reading.kind} ({reading.reason})."
        )
    return reading


def _customer(session: Session, actor: Actor, reading: PhoneReading) -> tuple[CustomerId, WaId]:
    wa_id = reading.wa_id or WaId("")
    known = _known(session, actor, reading)
    if known:
        return CustomerId(known.id or 0), WaId(known.wa_id or wa_id)
    added = customers.add(
        session,
        organization_id=actor.organization_id,
        wa_id=wa_id,
        match_key=match_key(wa_id),
        confirmed=False,
        profile_name="",
    )
    if added is not None:
        return added, wa_id
    return _customer(session, actor, reading)


def _known(session: Session, actor: Actor, reading: PhoneReading) -> Customer | None:
    """Find who is meant: the same spelling, else another spelling of it that Meta has confirmed."""
    for wa_id in filter(None, (reading.wa_id, *reading.alternatives)):
        known = customers.by_wa_id(session, wa_id, organization_id=actor.organization_id)
        if known:
            return known
    return None
