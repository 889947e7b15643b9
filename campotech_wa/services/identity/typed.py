"""Find the customer that a typed number stands for, or make one."""

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import CustomerId, OrganizationId, WaId
from campotech_wa.domain.phones import PhoneReading, match_key
from campotech_wa.store import customers
from campotech_wa.tables.conversations import Customer


def typed(
    session: Session, reading: PhoneReading, *, organization_id: OrganizationId
) -> tuple[CustomerId, WaId]:
    """Return the customer and the id to send to: one that Meta has confirmed goes before the guess.

    Raises:
        ValueError: the reading stands for no id.
    """
    if reading.wa_id is None:
        raise ValueError("A reading without an id names nobody.")
    while True:
        known = _known(session, reading, organization_id=organization_id)
        if known:
            return CustomerId(known.id or 0), WaId(known.wa_id or reading.wa_id)
        added = customers.add(
            session,
            organization_id=organization_id,
            wa_id=reading.wa_id,
            other_wa_id=next(iter(reading.alternatives), None),
            match_key=match_key(reading.wa_id),
        )
        if added is not None:
            return added, reading.wa_id


def _known(session: Session, reading: PhoneReading, *, organization_id: OrganizationId) -> Customer | None:
    """Find who is meant: the same id, else the other one that what was typed may stand for."""
    for wa_id in filter(None, (reading.wa_id, *reading.alternatives)):
        known = customers.by_wa_id(session, wa_id, organization_id=organization_id)
        if known:
            _settle(session, known, reading, organization_id=organization_id)
            return known
    return None


def _settle(
    session: Session, known: Customer, reading: PhoneReading, *, organization_id: OrganizationId
) -> None:
    """Drop the other id of an earlier guess when somebody now says which of the two it is."""
    if known.other_wa_id and known.wa_id == reading.wa_id and not reading.alternatives:
        customers.describe(
            session, CustomerId(known.id or 0), other_wa_id=None, organization_id=organization_id
        )
