"""Pack a claimed head of a line into a parcel: what to send, and under which id of the customer."""

from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.meta.shapes import as_object
from campotech_wa.services import identity
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver.pace import Pace
from campotech_wa.services.deliver.parcel import NOT_ALLOWED, Parcel
from campotech_wa.store import attempts
from campotech_wa.store.claims import Head


def pack(session: Session, head: Head, channel: Credentials, pace: Pace, *, now: datetime) -> Parcel:
    """Return the parcel of a head that was just claimed."""
    address = identity.address_of(
        identity.Known(head.wa_id, head.is_confirmed, head.link_wa_id, head.link_user_id, head.link_send_to),
        is_test_number=pace.is_test_number,
    )
    return Parcel(
        organization_id=channel.organization_id,
        channel_id=channel.channel_id,
        conversation_id=head.conversation_id,
        message_id=head.message_id,
        attempt=head.last_attempt + 1,
        tries=head.attempts + 1,
        uncounted=max(0, head.last_attempt - head.asked_after - head.attempts),
        lane=head.lane,
        priority=head.priority,
        enters_at=head.enters_at,
        type=head.type,
        content=head.content,
        address=address,
        window=pace.window,
        claimed_at=now,
        spelling=_spellings_refused(session, head, address, channel.organization_id),
        context=as_object(head.envelope.get("context")) or None,
    )


def _spellings_refused(
    session: Session, head: Head, address: identity.Address, organization_id: OrganizationId
) -> int:
    """Count the spellings that were refused since a person asked for the message; the last is tried again."""
    if head.last_attempt == head.asked_after or len(address.spellings) <= 1:
        return 0
    refused = attempts.refused(
        session,
        MessageId(head.message_id),
        NOT_ALLOWED,
        from_number=head.asked_after + 1,
        organization_id=organization_id,
    )
    return min(refused, len(address.spellings) - 1)
