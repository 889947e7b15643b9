"""Templates as Meta last described them."""

from collections.abc import Collection

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.tables.templates import WaTemplate

Key = tuple[str, str]
"""Name and language."""


def named(
    session: Session, keys: Collection[Key], *, organization_id: OrganizationId, waba_id: str
) -> dict[Key, WaTemplate]:
    """Return the templates with these names and languages that Meta ever told of, also those that are gone."""
    found = select(WaTemplate).where(
        col(WaTemplate.organization_id) == organization_id,
        col(WaTemplate.waba_id) == waba_id,
        tuple_(col(WaTemplate.name), col(WaTemplate.language)).in_(keys),
    )
    return {(each.name, each.language): each for each in session.scalars(found)}
