"""Decide which file is fetched next, when it is tried again, and when it is given up."""

import logging
import random
from dataclasses import dataclass, field
from datetime import datetime

from campotech_wa import clock
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import (
    AttachmentId,
    ChannelId,
    ConversationId,
    MediaId,
    OfOrganization,
    OrganizationId,
)
from campotech_wa.domain.media_state import MediaState
from campotech_wa.domain.retry import MEDIA_KEPT, fetch_delay
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.meta.media import Fault
from campotech_wa.signals import jobs, live
from campotech_wa.store import attachments, media
from campotech_wa.store.attachments import Due
from campotech_wa.store.transaction import Transaction, reading, transaction

log = logging.getLogger(__name__)

_TRIES = {
    Fault.TOO_LARGE: 1,
    Fault.FOREIGN_HOST: 3,
    Fault.GONE: 3,
    Fault.TRUNCATED: 5,
    Fault.WRONG_DIGEST: 3,
    Fault.WRONG_TYPE: 3,
}
"""After how many attempts a fault is final; any other is tried for as long as Meta keeps the file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch."""

    attachment_id: AttachmentId
    organization_id: OrganizationId
    conversation_id: ConversationId
    meta_id: str = field(repr=False)
    kind: str
    mime_type: str
    sha256: bytes | None
    attempts: int


def is_due(channel_id: ChannelId) -> bool:
    """Tell whether there is something to fetch."""
    with reading() as session:
        return attachments.is_due(session, channel_id, now=clock.now())


def next_wanted(channel_id: ChannelId, limit: int, *, except_for: list[int]) -> list[Wanted]:
    """Claim files; what Meta has no longer is settled on the way."""
    now = clock.now()
    with transaction() as tx:
        found = attachments.due(tx.session, channel_id, now=now, limit=limit, except_for=except_for)
        wanted = [_claimed(tx, due, now) for due in found]
    return [each for each in wanted if each is not None]


def _claimed(tx: Transaction, due: Due, now: datetime) -> Wanted | None:
    row = due.attachment
    if row.attempts and row.created_at < now - MEDIA_KEPT:
        row.state, row.error = MediaState.EXPIRED, row.error or Fault.GONE
        _announce(tx, OrganizationId(row.organization_id), ConversationId(due.conversation_id))
        return None
    row.attempts += 1
    row.due_at = now + fetch_delay(row.attempts, jitter=random.random())  # noqa: S311  (spreads load only)
    return Wanted(
        attachment_id=AttachmentId(row.id or 0),
        organization_id=OrganizationId(row.organization_id),
        conversation_id=ConversationId(due.conversation_id),
        meta_id=row.meta_id,
        kind=row.kind,
        mime_type=row.mime_type,
        sha256=row.sha256,
        attempts=row.attempts,
    )


def stored(wanted: Wanted, media_id: MediaId) -> None:
    """Record that a file is there; if somebody deleted it this very moment, it stays due."""
    with transaction() as tx:
        if media.use(tx.session, [media_id], organization_id=wanted.organization_id):
            _settle(tx, wanted, MediaState.STORED, media_id=media_id)


def failed(wanted: Wanted, fault: Fault) -> None:
    """Record why a file could not be fetched, and give it up if there is no hope."""
    log.warning(
        "file not fetched",
        extra={"attachment_id": wanted.attachment_id, "attempt": wanted.attempts, "reason": str(fault)},
    )
    is_final = wanted.attempts >= _TRIES.get(fault, wanted.attempts + 1)
    given_up = MediaState.EXPIRED if fault is Fault.GONE else MediaState.FAILED
    with transaction() as tx:
        _settle(tx, wanted, given_up if is_final else MediaState.PENDING, error=fault)


def ask_again(actor: Actor, attachment_id: AttachmentId) -> None:
    """Fetch a file that was given up, in case Meta still has it.

    Raises:
        NotAllowed, NotFound: nothing was written.
        InvalidInput: it is there already, or was deleted, or is on its way.
    """
    actor.require(Permission.REPLY)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with transaction() as tx:
        found = attachments.get(tx.session, attachment_id, **whose)
        if found is None:
            raise NotFound("No such file.")
        row, conversation_id = found.attachment, found.conversation_id
        if row.state not in {MediaState.FAILED, MediaState.EXPIRED}:
            raise InvalidInput(
                "file_not_failed", detail="Only a file that could not be fetched can be asked for again."
            )
        row.state, row.error, row.attempts, row.due_at = MediaState.PENDING, "", 0, clock.now()
        tx.session.flush()
        tx.after_commit(live.publish, live.Changed(actor.organization_id, ConversationId(conversation_id)))
        tx.after_commit(jobs.wake_fetch, ChannelId(row.channel_id))


def _settle(
    tx: Transaction, wanted: Wanted, state: MediaState, *, error: str = "", media_id: MediaId | None = None
) -> None:
    attachments.settle(
        tx.session,
        wanted.attachment_id,
        state,
        organization_id=wanted.organization_id,
        error=error,
        media_id=media_id,
    )
    if state is not MediaState.PENDING:
        _announce(tx, wanted.organization_id, wanted.conversation_id)


def _announce(tx: Transaction, organization_id: OrganizationId, conversation_id: ConversationId) -> None:
    tx.after_commit(live.publish, live.Changed(organization_id, conversation_id))
