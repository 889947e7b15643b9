"""End a message as failed: no further try is made unless a person asks for one."""

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.ids import MessageId, OfOrganization, OrganizationId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.store import messages, outbox, outbox_lines
from campotech_wa.tables.messages import WaMessage

_LONGEST_DETAIL = 1000


def fail(session: Session, message: WaMessage, *, code: int | None, detail: str) -> None:
    """Mark a message that the caller has locked as failed, and take it out of the outbox."""
    message_id = MessageId(message.id or 0)
    whose: OfOrganization = {"organization_id": OrganizationId(message.organization_id)}
    outbox_lines.settle(session, outbox.drop(session, [message_id], **whose))
    messages.add_state(
        session, message_id, MessageState.FAILED, at=clock.now(), source="answer", error_code=code, **whose
    )
    message.state = MessageState.FAILED
    message.error_code = code
    message.error_detail = storable.text(detail)[:_LONGEST_DETAIL]
    session.flush()
