"""Who somebody on WhatsApp is to the organization: one customer, whichever way Meta names them."""

from sqlalchemy.orm import Session

from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId, CustomerId, OrganizationId
from campotech_wa.domain.phones import match_key
from campotech_wa.meta.inbound.items import Person
from campotech_wa.store import customers
from campotech_wa.tables.conversations import Customer


def recognise(
    session: Session, person: Person, *, organization_id: OrganizationId, channel_id: ChannelId
) -> CustomerId:
    """Find or create the customer; bring name and ids up to date."""
    found = _find(session, person, organization_id=organization_id, channel_id=channel_id)
    name = storable.text(person.name).strip()[:256]
    if found is None:
        return _add(session, person, name, organization_id=organization_id, channel_id=channel_id)
    customer_id = CustomerId(found.id or 0)
    changes = _news(found, person, name)
    if changes:
        customers.describe(session, customer_id, organization_id=organization_id, **changes)
    if person.user_id:
        customers.link(
            session,
            customer_id,
            person.user_id,
            organization_id=organization_id,
            channel_id=channel_id,
        )
    return customer_id


def _find(
    session: Session, person: Person, *, organization_id: OrganizationId, channel_id: ChannelId
) -> Customer | None:
    """By number as Meta writes it, by business-scoped id, or as the one typed spelling of the same number."""
    found: Customer | None = None
    if person.wa_id:
        found = customers.by_wa_id(session, person.wa_id, organization_id=organization_id)
    if found is None and person.user_id:
        found = customers.by_user_id(
            session, person.user_id, organization_id=organization_id, channel_id=channel_id
        )
    if found is None and person.wa_id:
        same = customers.by_match_key(session, match_key(person.wa_id), organization_id=organization_id)
        typed = [customer for customer in same if not customer.confirmed]
        # Two ids that Meta has shown are two people (phones-ar.md section 5): only a typed one is replaced.
        found = typed[0] if len(typed) == 1 and len(same) == 1 else None
    return found


def _add(
    session: Session, person: Person, name: str, *, organization_id: OrganizationId, channel_id: ChannelId
) -> CustomerId:
    added = customers.add(
        session,
        organization_id=organization_id,
        wa_id=person.wa_id,
        match_key=match_key(person.wa_id) if person.wa_id else "",
        confirmed=True,
        profile_name=name,
    )
    if added is None:
        found = _find(session, person, organization_id=organization_id, channel_id=channel_id)
        if found is None:
            raise ValueError("The customer could neither be added nor found.")
        return CustomerId(found.id or 0)
    if person.user_id:
        customers.link(session, added, person.user_id, organization_id=organization_id, channel_id=channel_id)
    return added


def _news(known: Customer, person: Person, name: str) -> dict[str, object]:
    news: dict[str, object] = {}
    if name and name != known.profile_name:
        news["profile_name"] = name
    if person.wa_id and (person.wa_id != known.wa_id or not known.confirmed):
        news |= {"wa_id": person.wa_id, "confirmed": True, "match_key": match_key(person.wa_id)}
    return news
