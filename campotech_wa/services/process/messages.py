"""Store one message of a customer: its customer, its conversation, the message, the list's row."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import preview, storable, wording
from campotech_wa.domain.ids import ChannelId, ConversationId, CustomerId, OrganizationId
from campotech_wa.domain.locale import SPANISH
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.phones import match_key
from campotech_wa.meta.webhooks import InboundMessage
from campotech_wa.store import conversations, customers, messages
from campotech_wa.tables.conversations import Customer

_WITHIN_THE_SECOND = timedelta(microseconds=999_999)


def store(
    session: Session, item: InboundMessage, *, organization_id: OrganizationId, channel_id: ChannelId
) -> ConversationId | None:
    """Insert the message; returns its conversation, or None when it is there already."""
    customer_id = _customer(session, item, organization_id=organization_id)
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


def _customer(session: Session, item: InboundMessage, *, organization_id: OrganizationId) -> CustomerId:
    """Find or create the sender; bring name and ids up to date."""
    found = _find(session, item, organization_id=organization_id)
    name = storable.text(item.profile_name).strip()[:256]
    if found is None:
        return _add(session, item, name, organization_id=organization_id)
    changes = _news(found, item, name)
    if "user_id" in changes and _is_known(session, item, organization_id=organization_id):
        # One person, met twice: the id stays with whom it named first, and no message is lost over it.
        del changes["user_id"]
    customer_id = CustomerId(found.id or 0)
    if changes:
        customers.describe(session, customer_id, organization_id=organization_id, **changes)
    return customer_id


def _find(session: Session, item: InboundMessage, *, organization_id: OrganizationId) -> Customer | None:
    """By number as Meta writes it, by business-scoped id, or as the one typed spelling of the same number."""
    found: Customer | None = None
    if item.wa_id:
        found = customers.by_wa_id(session, item.wa_id, organization_id=organization_id)
    if found is None and item.user_id:
        found = customers.by_user_id(session, item.user_id, organization_id=organization_id)
    if found is None and item.wa_id:
        same = customers.by_match_key(session, match_key(item.wa_id), organization_id=organization_id)
        typed = [customer for customer in same if not customer.confirmed]
        # Two ids that Meta has shown are two people (phones-ar.md section 5): only a typed one is replaced.
        found = typed[0] if len(typed) == 1 and len(same) == 1 else None
    return found


def _add(session: Session, item: InboundMessage, name: str, *, organization_id: OrganizationId) -> CustomerId:
    added = customers.add(
        session,
        organization_id=organization_id,
        wa_id=item.wa_id,
        user_id=item.user_id,
        match_key=match_key(item.wa_id) if item.wa_id else "",
        confirmed=True,
        profile_name=name,
    )
    if added is not None:
        return added
    found = _find(session, item, organization_id=organization_id)
    if found is None:
        raise ValueError("The customer could neither be added nor found.")
    return CustomerId(found.id or 0)


def _is_known(session: Session, item: InboundMessage, *, organization_id: OrganizationId) -> bool:
    """Tell whether somebody has the sender's business-scoped id already."""
    return bool(item.user_id and customers.by_user_id(session, item.user_id, organization_id=organization_id))


def _news(known: Customer, item: InboundMessage, name: str) -> dict[str, object]:
    news: dict[str, object] = {}
    if name and name != known.profile_name:
        news["profile_name"] = name
    if item.wa_id and (item.wa_id != known.wa_id or not known.confirmed):
        news |= {"wa_id": item.wa_id, "confirmed": True, "match_key": match_key(item.wa_id)}
    if item.user_id and item.user_id != known.user_id:
        news["user_id"] = item.user_id
    return news
