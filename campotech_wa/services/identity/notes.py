"""Note what is said of a customer without a message: the company's address book, a wish about marketing."""

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import ChannelId, CustomerId, OrganizationId
from campotech_wa.domain.phones import read_typed
from campotech_wa.meta.inbound.items import ContactEntry, Person, Preference
from campotech_wa.services.identity.recognising import recognise, tidy
from campotech_wa.services.identity.typed import typed
from campotech_wa.store import customers
from campotech_wa.tables.conversations import Customer

_LONGEST_NAME = 256

_WORDS = frozenset({"stop", "resume", "signup"})


def note_contact(
    session: Session, entry: ContactEntry, *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Call a customer what the address book of the company's phone calls them (webhooks.md 6.4).

    Its numbers were typed by people: they confirm nothing, and somebody who never wrote is only remembered by name.
    """
    person = tidy(entry.person)
    name = "" if entry.is_removed else storable.text(entry.full_name).strip()[:_LONGEST_NAME]
    known = _found(session, person, organization_id=organization_id, channel_id=channel_id)
    customer_id = CustomerId(known.id or 0) if known else None
    if customer_id is None and name and person.wa_id:
        reading = read_typed(f"+{person.wa_id}", default_area=None)
        if reading.wa_id:
            customer_id, _ = typed(session, reading, organization_id=organization_id)
    if customer_id is not None:
        customers.describe(session, customer_id, contact_name=name, organization_id=organization_id)


def note_preference(
    session: Session, preference: Preference, *, organization_id: OrganizationId, channel_id: ChannelId
) -> CustomerId:
    """Write down what a customer told Meta about marketing; an older wish never undoes a newer one.

    A word that nobody knows yet counts as *stop* (webhooks.md 6.3).
    """
    customer_id = recognise(
        session, preference.person, organization_id=organization_id, channel_id=channel_id
    )
    [customer] = customers.hold(session, [customer_id], organization_id=organization_id)
    at = preference.at or clock.now()
    if customer.marketing_preference_at is None or customer.marketing_preference_at <= at:
        customers.describe(
            session,
            customer_id,
            marketing_preference=preference.value if preference.value in _WORDS else "stop",
            marketing_preference_at=at,
            organization_id=organization_id,
        )
    return customer_id


def _found(
    session: Session, person: Person, *, organization_id: OrganizationId, channel_id: ChannelId
) -> Customer | None:
    if person.user_id:
        linked = customers.by_user_id(
            session, person.user_id, organization_id=organization_id, channel_id=channel_id
        )
        if linked:
            return linked
    if person.wa_id is None:
        return None
    return customers.by_wa_id(session, person.wa_id, organization_id=organization_id)
