"""Follow a person to their new ids: the customer keeps conversation, history and name (webhooks.md 3.4)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, CustomerId, OfChannel, OfOrganization, OrganizationId, WaId
from campotech_wa.meta.inbound.items import Person, Renumbered
from campotech_wa.services.identity import numbers
from campotech_wa.services.identity.holding import Pair, hold
from campotech_wa.services.identity.merging import Reason, merge
from campotech_wa.services.identity.recognising import recognise, tidy
from campotech_wa.store import customers, links, merges
from campotech_wa.tables.conversations import Customer, CustomerLink


def renumber(
    session: Session, change: Renumbered, *, organization_id: OrganizationId, channel_id: ChannelId
) -> CustomerId | None:
    """Give the customer the new ids; returns who it was, or None when nobody here had the old ones.

    If the new number is another customer's, the two are merged, which can be undone; unless each has a user id of
    its own on the channel: then the number has been recycled, and only the number moves. A change that was applied
    before is not applied to whoever has the old number by now.
    """
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    before, after, at = tidy(change.before), tidy(change.after), change.at or clock.now()
    customer, holder = _held(session, before, after, at, whose)
    if customer is None:
        return None
    customer_id = CustomerId(customer.id or 0)
    if after.user_id:
        _change_user_id(session, customer_id, before, after, whose)
    if after.wa_id:
        _change_number(session, customer, holder, before, after, at=at, whose=whose)
    return _recognised(session, after, customer_id, at, whose)


def _held(session: Session, before: Person, after: Person, at: datetime, whose: OfChannel) -> Pair:
    """Lock who had the old ids, and who has the new number."""
    own: OfOrganization = {"organization_id": whose["organization_id"]}

    def find() -> Pair:
        holder = customers.by_wa_id(session, after.wa_id, **own) if after.wa_id else None
        return _subject(session, before, after, at, whose), holder

    return hold(session, find, **own)


def _subject(
    session: Session, before: Person, after: Person, at: datetime, whose: OfChannel
) -> Customer | None:
    """Return who had the old ids; None if this change has been applied already."""
    own: OfOrganization = {"organization_id": whose["organization_id"]}
    moves = before.wa_id is not None and before.wa_id != after.wa_id
    if before.wa_id and moves and customers.gave_up(session, before.wa_id, at, **own) is not None:
        return None
    known = customers.by_user_id(session, before.user_id, **whose) if before.user_id else None
    if known is None and before.wa_id:
        known = customers.by_wa_id(session, before.wa_id, **own)
    return known


def _change_user_id(
    session: Session, customer_id: CustomerId, before: Person, after: Person, whose: OfChannel
) -> None:
    """Write the new user id over the old one, unless somebody has it: then who has it is the same person.

    Where the old user id is not told, it is the one that came with the old number.
    """
    if not after.user_id or customers.by_user_id(session, after.user_id, **whose):
        return
    known = [link for link in links.of_customer(session, customer_id, **whose) if link.user_id]
    theirs = (link for link in known if _is_of(link, before))
    if link := next(theirs, None):
        links.describe(
            session,
            link.id or 0,
            user_id=after.user_id,
            parent_user_id=after.parent_user_id or link.parent_user_id,
            organization_id=whose["organization_id"],
        )


def _is_of(link: CustomerLink, person: Person) -> bool:
    return link.user_id == person.user_id if person.user_id else link.wa_id == person.wa_id


def _change_number(
    session: Session,
    customer: Customer,
    holder: Customer | None,
    before: Person,
    after: Person,
    *,
    at: datetime,
    whose: OfChannel,
) -> None:
    own: OfOrganization = {"organization_id": whose["organization_id"]}
    number, row = WaId(after.wa_id or ""), _row(session, customer, before, own)
    if holder is None or holder.id == customer.id:
        numbers.give(session, row, number, at=at, **own)
    elif _are_two(session, customer, holder, after, whose):
        numbers.take(session, holder, at=at, **own)
        numbers.give(session, row, number, at=at, **own)
    else:
        _merge(session, customer, holder, row, number, at=at, own=own)


def _row(session: Session, customer: Customer, before: Person, own: OfOrganization) -> Customer:
    """Return the row that the old number is on: that of somebody who was merged into the customer, perhaps."""
    exact = customers.exactly(session, before.wa_id, **own) if before.wa_id else None
    return exact if exact and exact.merged_into_id == customer.id else customer


def _merge(
    session: Session,
    customer: Customer,
    holder: Customer,
    row: Customer,
    number: WaId,
    *,
    at: datetime,
    own: OfOrganization,
) -> None:
    survivor, absorbed = CustomerId(customer.id or 0), CustomerId(holder.id or 0)
    if row is not customer or holder.wa_id != number:
        # One of the numbers is on the row of somebody who was merged, and is dropped or kept there.
        numbers.take(session, row, at=at, **own)
        merge(session, survivor, absorbed, reason=Reason.CHANGED_NUMBER, at=at, **own)
    else:
        merge(session, survivor, absorbed, reason=Reason.CHANGED_NUMBER, number=number, at=at, **own)


def _are_two(session: Session, customer: Customer, holder: Customer, after: Person, whose: OfChannel) -> bool:
    """Tell whether the number is known to be another person's: Meta names them by a user id that is not the new one.

    A user id changes with the number, so that the old one says nothing.
    """
    own: OfOrganization = {"organization_id": whose["organization_id"]}
    holder_id = CustomerId(holder.id or 0)
    if holder_id in merges.parted(session, CustomerId(customer.id or 0), **own):
        return True
    ids = {link.user_id for link in links.of_customer(session, holder_id, **whose) if link.user_id}
    return after.user_id is not None and bool(ids) and after.user_id not in ids


def _recognised(
    session: Session, after: Person, customer_id: CustomerId, at: datetime, whose: OfChannel
) -> CustomerId:
    """Write down what else the new ids say; without a number of its own the change may name only a user id."""
    if not after.is_somebody:
        return customer_id
    return recognise(session, replace(after, name=""), at=at, **whose)
