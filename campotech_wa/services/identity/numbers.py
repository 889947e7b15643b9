"""Give a customer the number that Meta shows them to have, and take it from whoever had it."""

from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import CustomerId, OrganizationId, WaId
from campotech_wa.domain.phones import match_key
from campotech_wa.services.identity.combining import NO_NUMBER
from campotech_wa.store import customers, links
from campotech_wa.tables.conversations import Customer


def give(
    session: Session, customer: Customer, wa_id: WaId, *, organization_id: OrganizationId, at: datetime
) -> None:
    """Write down that Meta has shown this number; another one that it had shown is a former one from now on.

    ``customer`` may be the row of somebody who was merged: what it tells is about the survivor.
    """
    if customer.wa_id == wa_id and customer.confirmed:
        return
    _forget(session, customer, wa_id, organization_id=organization_id, at=at)
    customers.describe(
        session,
        CustomerId(customer.id or 0),
        wa_id=wa_id,
        match_key=match_key(wa_id),
        other_wa_id=None,
        confirmed=True,
        organization_id=organization_id,
    )


def take(session: Session, customer: Customer, *, organization_id: OrganizationId, at: datetime) -> None:
    """Write down that a customer's number is somebody else's by now: they keep everything else."""
    _forget(session, customer, None, organization_id=organization_id, at=at)
    customers.describe(session, CustomerId(customer.id or 0), **NO_NUMBER, organization_id=organization_id)


def _forget(
    session: Session,
    customer: Customer,
    wa_id: WaId | None,
    *,
    organization_id: OrganizationId,
    at: datetime,
) -> None:
    """Note what the old number was; a typed one that Meta corrects was never theirs."""
    if customer.wa_id is None or customer.wa_id == wa_id:
        return
    customer_id, old = CustomerId(customer.merged_into_id or customer.id or 0), WaId(customer.wa_id)
    links.renumber(session, [customer_id], [old], wa_id, organization_id=organization_id)
    if customer.confirmed:
        customers.add_former(session, customer_id, old, organization_id=organization_id, until=at)
