"""Take what may leave a channel's outbox now, and put right what a dead worker left behind."""

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import (
    ChannelId,
    MessageId,
    OrganizationId,
)
from campotech_wa.domain.outbox_state import OutboxState
from campotech_wa.domain.retry import UNCONFIRMED_GRACE, send_delay
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.deliver import failing, packing
from campotech_wa.services.deliver.parcel import Parcel
from campotech_wa.signals import pace
from campotech_wa.store import channels, events, messages, outbox, people
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.outbox import OutboxEntry


def is_due(channel_id: ChannelId) -> bool:
    """Tell whether a drain would find something to do."""
    with reading() as session:
        return outbox.is_due(session, channel_id, now=clock.now())


def next_parcels(channel: Credentials, limit: int) -> list[Parcel]:
    """Claim up to ``limit`` messages, as many as the organization's pace allows.

    Raises:
        RedisError: the pace can not be read; nothing is claimed.
    """
    with transaction() as tx:
        heads = outbox.heads_due(tx.session, channel.channel_id, now=clock.now(), limit=limit)
        if not heads:
            return []
        organization = people.organization(tx.session, organization_id=channel.organization_id)
        free = pace.take(channel.organization_id, len(heads), limit=organization.sends_per_minute)
        claimed = outbox.claim(tx.session, heads[:free])
        known = channels.by_id(tx.session, channel.channel_id)
        info = known.info if known else {}
        return [packing.pack(tx.session, entry, info) for entry in claimed]


def recover(channel_id: ChannelId) -> None:
    """Deal with rows that no living worker owns. Only the holder of the channel's lock may call this.

    A row that is on its way although nobody else drains the channel belongs to a worker that died: Meta may
    have accepted it or not. It waits for a status with our id (errors.md, policy X), and only after its grace
    period, and with no stored event left to read, it is sent again.
    """
    with transaction() as tx:
        for entry in outbox.abandoned(tx.session, channel_id):
            _unconfirm(tx.session, entry)
        if not events.any_pending(tx.session, channel_id):
            for entry in outbox.overdue_unconfirmed(tx.session, channel_id, now=clock.now()):
                _try_again(tx.session, entry)


def _try_again(session: Session, entry: OutboxEntry) -> None:
    """Queue a message that has shown no sign of life, or end it when its tries are used up."""
    organization_id, message_id = OrganizationId(entry.organization_id), MessageId(entry.message_id)
    if send_delay(entry.attempts, jitter=0) is not None:
        entry.state = OutboxState.QUEUED
        session.flush()
        return
    message = messages.lock(session, message_id, organization_id=organization_id)
    if message is not None:
        failing.fail(session, message, code=None, detail="No answer of Meta's to any of the tries.")


def _unconfirm(session: Session, entry: OutboxEntry) -> None:
    organization_id, message_id = OrganizationId(entry.organization_id), MessageId(entry.message_id)
    now = clock.now()
    messages.close_attempt(
        session,
        message_id,
        messages.last_attempt_number(session, message_id, organization_id=organization_id),
        organization_id=organization_id,
        outcome="unconfirmed",
        now=now,
    )
    outbox.postpone(
        session,
        message_id,
        organization_id=organization_id,
        state=OutboxState.UNCONFIRMED,
        due_at=now + UNCONFIRMED_GRACE,
    )
