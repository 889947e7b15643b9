"""What an organization says of its own numbers."""

from campotech_wa.domain.access import Actor
from campotech_wa.store import people
from campotech_wa.store.transaction import reading


def default_area(actor: Actor) -> str:
    """Return the area code of short local numbers; empty when there is none."""
    with reading() as session:
        return people.organization(session, organization_id=actor.organization_id).default_area
