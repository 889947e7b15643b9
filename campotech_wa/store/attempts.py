"""Requests for a message: which of them Meta has refused."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.tables.messages import WaSendAttempt


def refused(
    session: Session,
    message_id: MessageId,
    code: int,
    *,
    from_number: int,
    organization_id: OrganizationId,
) -> int:
    """Count the requests for a message, from a number on, that were refused with a code."""
    counted = select(func.count()).where(
        col(WaSendAttempt.organization_id) == organization_id,
        col(WaSendAttempt.message_id) == message_id,
        col(WaSendAttempt.number) >= from_number,
        col(WaSendAttempt.error_code) == code,
    )
    return session.scalar(counted) or 0
