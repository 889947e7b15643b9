"""Customers: found by what Meta or a typist says of them, created once, and the numbers they had."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import BusinessScopedUserId, ChannelId, CustomerId, OrganizationId, WaId
from campotech_wa.tables.base import table
from campotech_wa.tables.conversations import Customer, CustomerLink, FormerNumber

_NAMED = table(Customer).alias("named")
"""Whoever goes by a name; the customer who is meant is the one they were merged into, if they were."""

_MEANT = (
    select(Customer)
    .join(_NAMED, col(Customer.id) == func.coalesce(_NAMED.c.merged_into_id, _NAMED.c.id))
    .where(_NAMED.c.organization_id == bindparam("organization"))
    .execution_options(populate_existing=True)
)

_BY_WA_ID = _MEANT.where(_NAMED.c.wa_id == bindparam("wa_id"))

_BY_USER_ID = _MEANT.join(CustomerLink, col(CustomerLink.customer_id) == _NAMED.c.id).where(
    col(CustomerLink.channel_id) == bindparam("channel"), col(CustomerLink.user_id) == bindparam("user_id")
)


def by_wa_id(session: Session, wa_id: WaId, *, organization_id: OrganizationId) -> Customer | None:
    """Find the customer with exactly this id, or whom that one was merged into."""
    return session.scalars(_BY_WA_ID, {"organization": organization_id, "wa_id": wa_id}).one_or_none()


def exactly(session: Session, wa_id: WaId, *, organization_id: OrganizationId) -> Customer | None:
    """Find the row with this id, also when its customer was merged into another."""
    found = select(Customer).where(
        col(Customer.organization_id) == organization_id, col(Customer.wa_id) == wa_id
    )
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def by_user_id(
    session: Session,
    user_id: BusinessScopedUserId,
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> Customer | None:
    """Find the customer whom a channel knows by this business-scoped id."""
    names = {"organization": organization_id, "channel": channel_id, "user_id": user_id}
    return session.scalars(_BY_USER_ID, names).one_or_none()


_ALIKE = (
    select(Customer)
    .where(
        col(Customer.organization_id) == bindparam("organization"),
        col(Customer.match_key) == bindparam("match_key"),
        col(Customer.merged_into_id).is_(None),
    )
    .order_by(col(Customer.id))
    .execution_options(populate_existing=True)
)


def alike(session: Session, match_key: str, *, organization_id: OrganizationId) -> Sequence[Customer]:
    """Return every customer whose number may be the same one, spelt otherwise; none for an empty key."""
    if not match_key:
        return []
    return session.scalars(_ALIKE, {"organization": organization_id, "match_key": match_key}).all()


def get(session: Session, customer_id: CustomerId, *, organization_id: OrganizationId) -> Customer | None:
    """Return a customer, also one that was merged; None when it is another organization's."""
    found = _of([customer_id], organization_id).execution_options(populate_existing=True)
    return session.scalars(found).one_or_none()


def several(
    session: Session, customer_ids: Collection[CustomerId], *, organization_id: OrganizationId
) -> dict[int, Customer]:
    """Return customers by their ids, also those that were merged."""
    return {one.id or 0: one for one in session.scalars(_of(customer_ids, organization_id))}


def hold(
    session: Session, customer_ids: Collection[CustomerId], *, organization_id: OrganizationId
) -> list[Customer]:
    """Lock customers, in an order that is always the same: nobody else changes or merges them meanwhile."""
    held = _of(customer_ids, organization_id).order_by(col(Customer.id))
    locked = held.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(locked))


def meant(session: Session, customer_id: CustomerId, *, organization_id: OrganizationId) -> CustomerId:
    """Return whom a customer was merged into, or the same, and keep that so until the transaction ends.

    Only who remains is locked: a merge locks both, the lower id first, and must not meet somebody on the way back.

    Raises:
        LookupError: there is no such customer.
    """
    whose = {"organization": organization_id}
    while True:
        survivor = session.scalar(_SURVIVOR, {**whose, "id": customer_id})
        if survivor is None:
            raise LookupError("No such customer.")
        stands = session.scalar(_STANDING, {**whose, "id": survivor}) is not None
        if stands and session.scalar(_SURVIVOR, {**whose, "id": customer_id}) == survivor:
            return CustomerId(survivor)


_SURVIVOR = text(
    "select coalesce(merged_into_id, id) from customer where organization_id = :organization and id = :id"
)
_STANDING = text(
    """
    select id from customer where organization_id = :organization and id = :id and merged_into_id is null
    for key share
    """
)


def has_absorbed(session: Session, customer_id: CustomerId, *, organization_id: OrganizationId) -> bool:
    """Tell whether anybody was merged into a customer."""
    absorbed = select(col(Customer.id)).where(
        col(Customer.organization_id) == organization_id, col(Customer.merged_into_id) == customer_id
    )
    return session.scalar(select(absorbed.exists())) or False


_ADD = insert(table(Customer)).on_conflict_do_nothing().returning(col(Customer.id))
_BLANK: Mapping[str, object] = {
    "wa_id": None,
    "other_wa_id": None,
    "match_key": "",
    "confirmed": False,
    "profile_name": "",
    "contact_name": "",
    "marketing_preference": "",
}


def add(session: Session, *, organization_id: OrganizationId, **values: object) -> CustomerId | None:
    """Create a customer; None when somebody else just created the same one."""
    added = session.scalar(_ADD, {**_BLANK, "organization_id": organization_id, **values})
    return None if added is None else CustomerId(added)


def describe(
    session: Session,
    customer_id: CustomerId,
    *,
    organization_id: OrganizationId,
    **changes: object,
) -> None:
    """Write what is newly known of a customer."""
    if changes:
        session.execute(
            update(Customer)
            .where(col(Customer.organization_id) == organization_id, col(Customer.id) == customer_id)
            .values(**changes)
        )


def add_former(
    session: Session,
    customer_id: CustomerId,
    wa_id: WaId,
    *,
    organization_id: OrganizationId,
    until: datetime,
) -> int:
    """Note that a number is a customer's no more; returns the id of the note."""
    added = session.scalar(
        insert(table(FormerNumber))
        .values(organization_id=organization_id, customer_id=customer_id, wa_id=wa_id, until=until)
        .returning(col(FormerNumber.id))
    )
    return added or 0


def former(
    session: Session, customer_id: CustomerId, *, organization_id: OrganizationId, limit: int
) -> Sequence[FormerNumber]:
    """Return the newest of the numbers a customer had, the newest first."""
    found = select(FormerNumber).where(
        col(FormerNumber.organization_id) == organization_id, col(FormerNumber.customer_id) == customer_id
    )
    return session.scalars(found.order_by(col(FormerNumber.until).desc()).limit(limit)).all()


def gave_up(
    session: Session, wa_id: WaId, at: datetime, *, organization_id: OrganizationId
) -> CustomerId | None:
    """Return who gave up a number at this very moment: whether a change has been applied before."""
    found = select(col(FormerNumber.customer_id)).where(
        col(FormerNumber.organization_id) == organization_id,
        col(FormerNumber.wa_id) == wa_id,
        col(FormerNumber.until) == at,
    )
    known = session.scalars(found).first()
    return None if known is None else CustomerId(known)


def _of(customer_ids: Collection[CustomerId], organization_id: OrganizationId) -> Select[Customer]:
    return select(Customer).where(
        col(Customer.organization_id) == organization_id, col(Customer.id).in_(customer_ids)
    )
