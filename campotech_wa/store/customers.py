"""Customers: found by what Meta says of them, created once."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import BusinessScopedUserId, ChannelId, CustomerId, OrganizationId, WaId
from campotech_wa.tables.conversations import Customer, CustomerLink

_BY_WA_ID = select(Customer).where(
    col(Customer.organization_id) == bindparam("organization"), col(Customer.wa_id) == bindparam("wa_id")
)


def by_wa_id(session: Session, wa_id: WaId, *, organization_id: OrganizationId) -> Customer | None:
    """Find the customer with exactly this id."""
    return session.scalars(_BY_WA_ID, {"organization": organization_id, "wa_id": wa_id}).one_or_none()


def by_user_id(
    session: Session,
    user_id: BusinessScopedUserId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> Customer | None:
    """Find the customer whom a channel knows by this business-scoped id."""
    found = (
        select(Customer)
        .join(CustomerLink, col(CustomerLink.customer_id) == col(Customer.id))
        .where(
            col(CustomerLink.organization_id) == organization_id,
            col(CustomerLink.channel_id) == channel_id,
            col(CustomerLink.user_id) == user_id,
        )
    )
    return session.scalars(found).one_or_none()


def by_match_key(session: Session, match_key: str, *, organization_id: OrganizationId) -> list[Customer]:
    """Find every customer whose number may be the same one, spelt otherwise."""
    found = (
        select(Customer)
        .where(col(Customer.organization_id) == organization_id, col(Customer.match_key) == match_key)
        .order_by(col(Customer.id))
    )
    return list(session.scalars(found))


def add(
    session: Session,
    *,
    organization_id: OrganizationId,
    wa_id: WaId | None,
    match_key: str,
    confirmed: bool,
    profile_name: str,
) -> CustomerId | None:
    """Create a customer; None when somebody else just created the same one."""
    added = session.scalar(
        insert(Customer)
        .values(
            organization_id=organization_id,
            wa_id=wa_id,
            match_key=match_key,
            confirmed=confirmed,
            profile_name=profile_name,
            contact_name="",
            marketing_preference="",
        )
        .on_conflict_do_nothing()
        .returning(col(Customer.id))
    )
    return None if added is None else CustomerId(added)


def describe(
    session: Session,
    customer_id: CustomerId,
    *,
    organization_id: OrganizationId,
    **changes: object,
) -> None:
    """Write what Meta has newly said of a customer."""
    session.execute(
        update(Customer)
        .where(col(Customer.organization_id) == organization_id, col(Customer.id) == customer_id)
        .values(**changes)
    )


def link(
    session: Session,
    customer_id: CustomerId,
    user_id: BusinessScopedUserId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> None:
    """Note that a channel knows a customer by this id; who is known by it already keeps it."""
    session.execute(
        insert(CustomerLink)
        .values(
            organization_id=organization_id,
            channel_id=channel_id,
            customer_id=customer_id,
            user_id=user_id,
            parent_user_id="",
            username="",
            identity_key_hash="",
            send_to="",
        )
        .on_conflict_do_nothing()
    )


def user_id_of(
    session: Session, customer_id: CustomerId, *, organization_id: OrganizationId, channel_id: ChannelId
) -> BusinessScopedUserId | None:
    """Return the business-scoped id by which a channel knows a customer."""
    found = (
        select(col(CustomerLink.user_id))
        .where(
            col(CustomerLink.organization_id) == organization_id,
            col(CustomerLink.customer_id) == customer_id,
            col(CustomerLink.channel_id) == channel_id,
            col(CustomerLink.user_id).is_not(None),
        )
        .order_by(col(CustomerLink.seen_at).desc())
        .limit(1)
    )
    known = session.scalar(found)
    return None if known is None else BusinessScopedUserId(known)
