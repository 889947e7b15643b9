"""Learn from Meta's answer to a message who its recipient is, and which spelling reaches them."""

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import (
    ChannelId,
    CustomerId,
    OfChannel,
    OfOrganization,
    OrganizationId,
    WaId,
)
from campotech_wa.errors import NotFound
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services.identity import linking, numbers
from campotech_wa.services.identity.addressing import Reached
from campotech_wa.services.identity.holding import Pair, hold
from campotech_wa.services.identity.merging import Reason, merge
from campotech_wa.store import customers, links, merges
from campotech_wa.tables.conversations import Customer


def learn(
    session: Session,
    customer_id: CustomerId,
    reached: Reached,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> CustomerId:
    """Write down what the answer says; what Meta showed in a webhook is never overwritten.

    Returns the customer, who may be another one now: if the typed number turns out to be somebody's whom Meta has
    shown under another spelling, the two are merged.
    """
    whose: OfChannel = {"organization_id": organization_id, "channel_id": channel_id}
    customer, holder = _held(session, customer_id, reached.shown, organization_id)
    if reached.shown and customer.wa_id == reached.number and not customer.confirmed:
        customer = _confirm(session, customer, holder, reached.shown, organization_id)
    _link(session, customer, reached, whose)
    return CustomerId(customer.id or 0)


def _held(
    session: Session, customer_id: CustomerId, shown: WaId | None, organization_id: OrganizationId
) -> tuple[Customer, Customer | None]:
    """Lock whoever the customer is by now, and whoever has the number that was shown."""
    own: OfOrganization = {"organization_id": organization_id}

    def find() -> Pair:
        holder = customers.by_wa_id(session, shown, **own) if shown else None
        return _by_now(session, customer_id, organization_id), holder

    customer, holder = hold(session, find, **own)
    if customer is None:
        raise NotFound("No such customer.")
    return customer, holder


def _by_now(session: Session, customer_id: CustomerId, organization_id: OrganizationId) -> Customer | None:
    known = customers.get(session, customer_id, organization_id=organization_id)
    if known is None or known.merged_into_id is None:
        return known
    return customers.get(session, CustomerId(known.merged_into_id), organization_id=organization_id)


def _confirm(
    session: Session,
    customer: Customer,
    holder: Customer | None,
    shown: WaId,
    organization_id: OrganizationId,
) -> Customer:
    own: OfOrganization = {"organization_id": organization_id}
    mine = CustomerId(customer.id or 0)
    if holder is None or holder.id == customer.id:
        numbers.give(session, customer, shown, at=clock.now(), **own)
        return customer
    theirs = CustomerId(holder.id or 0)
    if theirs in merges.parted(session, mine, **own):
        return customer
    survivor, absorbed = min(mine, theirs), max(mine, theirs)
    if holder.wa_id == shown:
        merge(session, survivor, absorbed, reason=Reason.SAME_NUMBER, number=shown, **own)
    else:
        # The number is on the row of somebody who was merged with the holder, and stays there.
        survivor, absorbed = theirs, mine
        merge(session, survivor, absorbed, reason=Reason.SAME_NUMBER, **own)
    return customers.hold(session, [survivor], **own)[0]


def _link(session: Session, customer: Customer, reached: Reached, whose: OfChannel) -> None:
    """Note the user id, if the channel knew none of the customer's and nobody has it, and the spelling."""
    customer_id = CustomerId(customer.id or 0)
    known = links.of_customer(session, customer_id, **whose)
    user_id = None if any(link.user_id for link in known) else reached.user_id
    if user_id and customers.by_user_id(session, user_id, **whose):
        user_id = None
    number = reached.shown or reached.number
    is_respelt = reached.sent_to is not None and reached.sent_to != number
    if user_id or is_respelt:
        person = Person(wa_id=number, user_id=user_id)
        link = linking.match(known, person)
        # An answer is no sign of life: where the customer was seen last stays as it was.
        linking.meet(session, customer_id, person, now=link.seen_at if link else clock.now(), **whose)
    if number:
        _spell(session, customer_id, number, reached.sent_to if is_respelt else None, whose)


def _spell(
    session: Session, customer_id: CustomerId, number: WaId, spelling: WaId | None, whose: OfChannel
) -> None:
    for link in links.of_customer(session, customer_id, **whose):
        if link.wa_id == number and link.send_to != (spelling or ""):
            links.describe(
                session, link.id or 0, send_to=spelling or "", organization_id=whose["organization_id"]
            )
