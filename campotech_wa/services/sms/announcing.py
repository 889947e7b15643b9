"""Have the pages that show a message look again, after its SMS has moved."""

from campotech_wa.domain.ids import MessageId, OrganizationId
from campotech_wa.signals import live
from campotech_wa.store import sms
from campotech_wa.store.transaction import Transaction
from campotech_wa.tables.sms import SmsMessage


def after(tx: Transaction, row: SmsMessage) -> None:
    """Announce the thread in which the message stands now: customers may have been merged since."""
    organization_id = OrganizationId(row.organization_id)
    conversation_id = sms.conversation_of(
        tx.session, MessageId(row.message_id), organization_id=organization_id
    )
    tx.after_commit(live.publish, live.Changed(organization_id, conversation_id))
