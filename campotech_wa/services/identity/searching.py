"""Understand what somebody types to find a customer: a name, a username, a number or a part of one."""

from sqlalchemy.orm import Session

from campotech_wa.domain import storable
from campotech_wa.domain.ids import OrganizationId
from campotech_wa.domain.phones import match_key, read_typed
from campotech_wa.store import people
from campotech_wa.store.conversations import Search

_LONGEST = 100

_SHORTEST_NUMBER = 3
"""Digits; fewer match almost every number."""


def wanted(session: Session, text: str, *, organization_id: OrganizationId) -> Search | None:
    """Return what to look for; None for no text at all."""
    text = storable.text(text.strip()[:_LONGEST])
    if not text:
        return None
    digits = "".join(filter(str.isdecimal, text))
    if any(map(str.isalpha, text)) or len(digits) < _SHORTEST_NUMBER:
        return Search(name=text)
    organization = people.organization(session, organization_id=organization_id)
    reading = read_typed(text, default_area=organization.default_area or None)
    return Search(name=text, digits=digits, match_key=match_key(reading.wa_id) if reading.wa_id else "")
