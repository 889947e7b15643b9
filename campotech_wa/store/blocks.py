"""Which customers the organization has blocked; the list itself is Meta's."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.tables.conversations import Customer, CustomerLink


def mark(
    session: Session,
    people: Collection[str],
    *,
    organization_id: OrganizationId,
    blocked_at: datetime | None,
) -> None:
    """Note since when customers are blocked, or that they are not; each is a wa_id or a business-scoped id."""
    # One index each; with "or" between them PostgreSQL would read every customer of the organization.
    meant = union(
        select(col(Customer.id)).where(
            col(Customer.organization_id) == organization_id, col(Customer.wa_id).in_(people)
        ),
        select(col(CustomerLink.customer_id)).where(
            col(CustomerLink.organization_id) == organization_id, col(CustomerLink.user_id).in_(people)
        ),
    )
    session.execute(
        update(Customer)
        .where(col(Customer.organization_id) == organization_id, col(Customer.id).in_(meant))
        .values(blocked_at=blocked_at)
        .execution_options(synchronize_session=False)
    )
