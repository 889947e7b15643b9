"""News of Meta's about accounts, templates and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import ChannelId, OrganizationId
from campotech_wa.store.recordset import as_rows
from campotech_wa.tables.channels import AccountEvent


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One piece of news, ready to be stored."""

    field: str
    event: str
    payload: dict[str, Any]
    digest: bytes
    at: datetime


_ADD_ALL = text(
    """
    insert into account_event (organization_id, channel_id, field, event, payload, digest, at)
    select :organization, :channel, field, event, payload, decode(digest, 'hex'), at
    from jsonb_to_recordset(cast(:rows as jsonb)) as new(
        field text, event text, payload jsonb, digest text, at timestamptz)
    on conflict do nothing
    """
)


def add_all(
    session: Session, new: Sequence[NewEvent], *, organization_id: OrganizationId, channel_id: ChannelId
) -> None:
    """Keep news, each piece once."""
    session.execute(_ADD_ALL, {"organization": organization_id, "channel": channel_id, "rows": as_rows(new)})


def newest(session: Session, *, organization_id: OrganizationId, limit: int) -> Sequence[AccountEvent]:
    """Return the newest news."""
    found = (
        select(AccountEvent)
        .where(col(AccountEvent.organization_id) == organization_id)
        .order_by(col(AccountEvent.at).desc(), col(AccountEvent.id).desc())
        .limit(limit)
    )
    return session.scalars(found).all()
