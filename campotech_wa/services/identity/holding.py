"""Lock whoever a name leads to, once it leads to the same people with their locks as without."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import CustomerId, OrganizationId
from campotech_wa.store import customers
from campotech_wa.tables.conversations import Customer

Pair = tuple[Customer | None, Customer | None]
"""Two customers who may be one person, as far as there are two."""


def hold(session: Session, find: Callable[[], Pair], *, organization_id: OrganizationId) -> Pair:
    """Return the two who are found, locked together: until then either may be merged or get another number."""
    held: set[CustomerId] = set()
    while True:
        found = find()
        wanted = {CustomerId(one.id or 0) for one in found if one}
        if wanted <= held:
            return found
        customers.hold(session, wanted, organization_id=organization_id)
        held |= wanted
