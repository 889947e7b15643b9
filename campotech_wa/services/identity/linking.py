"""Keep what a channel knows of a customer: the ids Meta named them by, and when it last did."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import ChannelId, CustomerId, OfChannel, OrganizationId
from campotech_wa.meta.inbound.items import Person
from campotech_wa.store import links
from campotech_wa.tables.conversations import CustomerLink


def meet(
    session: Session,
    customer_id: CustomerId,
    person: Person,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
) -> bool:
    """Note that a person was met; false when the user id has just become somebody else's."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    known = match(links.of_customer(session, customer_id, **whose), person)
    if known is None:
        return introduce(session, customer_id, person, now=now, **whose)
    news = {name: value for name, value in _named(person).items() if getattr(known, name) != value}
    links.describe(session, known.id or 0, **news, seen_at=now, organization_id=organization_id)
    return True


def introduce(
    session: Session,
    customer_id: CustomerId,
    person: Person,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
    now: datetime,
) -> bool:
    """Link somebody for the first time; false when the user id has just become somebody else's."""
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    return links.add(session, customer_id, **_named(person), seen_at=now, **whose) is not None


def match(known: Sequence[CustomerLink], person: Person) -> CustomerLink | None:
    """Return the link that a person came by: the one with the user id, else the one with the number.

    A link that has another user id is somebody's who had the same number, or the same person's former one: it stays.
    """
    if person.user_id:
        by_id = next((link for link in known if link.user_id == person.user_id), None)
        bare = [link for link in known if link.user_id is None]
        return by_id or next((link for link in bare if link.wa_id == person.wa_id), None)
    return next((link for link in known if link.wa_id == person.wa_id), None)


def _named(person: Person) -> dict[str, object]:
    """Return what Meta has said; what it left out this time is still true."""
    said = {
        "user_id": person.user_id,
        "wa_id": person.wa_id,
        "parent_user_id": person.parent_user_id,
        "username": person.username,
        "identity_key_hash": person.identity_key_hash,
    }
    return {name: value for name, value in said.items() if value}
