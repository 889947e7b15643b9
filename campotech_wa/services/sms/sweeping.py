"""Find what nobody has woken yet: SMS whose time has come, and urgent messages that a panic holds up."""

from campotech_wa import clock
from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.domain.sms_state import SmsReason, SmsState
from campotech_wa.services.sms.considering import consider
from campotech_wa.signals import jobs
from campotech_wa.store import messages, sms
from campotech_wa.store.transaction import reading, transaction

_AT_ONCE = 100


def due() -> None:
    """Judge what a panic holds up, then wake the job of each organization with something due."""
    with reading() as session:
        held_up = sms.held_up(session, now=clock.now(), limit=_AT_ONCE)
    for organization_id, message_id in held_up:
        _judge(organization_id, message_id)
    with reading() as session:
        organizations = sms.organizations_due(session, now=clock.now())
    for organization_id in organizations:
        jobs.wake_sms(OrganizationId(organization_id))


def _judge(organization_id: OrganizationId, message_id: MessageId) -> None:
    """Have an urgent message go by SMS; one that may not is remembered, so that nobody asks again each second."""
    with transaction() as tx:
        message = messages.lock(tx.session, message_id, organization_id=organization_id)
        if message is None:
            return
        against = consider(tx.session, message, reason=SmsReason.PANIC)
        if against is not None:
            sms.put(
                tx.session,
                organization_id=organization_id,
                message_id=message_id,
                conversation_id=message.conversation_id,
                recipient="",
                body="",
                reason=SmsReason.PANIC,
                state=SmsState.CANCELLED,
                due_at=clock.now(),
            )
