"""Delete files: when somebody asks for it, when an organization keeps them no longer, when nobody needs them.

A file goes when nothing of its organization needs it any more, with everything derived from it: its row is marked,
its bytes are removed, and that is recorded. From the mark on nobody can use it; a crash after it is made up for by
``forget``. Whoever brings the same content meanwhile waits, and stores it anew.
"""

import logging
from datetime import timedelta

from campotech_wa import clock, storage
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import AttachmentId, ConversationId, MediaId, OfOrganization, OrganizationId
from campotech_wa.errors import NotFound, StorageUnavailable
from campotech_wa.services.attachments.keeping import alone_with
from campotech_wa.signals import live
from campotech_wa.storage import Part, key
from campotech_wa.store import attachments, media, people
from campotech_wa.store.transaction import reading, transaction

log = logging.getLogger(__name__)

_UNSENT = timedelta(days=30)
"""How long an uploaded file waits for its first message: as long as Meta would keep it."""

_SETTLED = timedelta(hours=1)
"""How long a file whose last message was deleted may stay, if it could not be removed at once."""

_LEFTOVER = timedelta(days=1)
_BATCH = 500


def delete(actor: Actor, attachment_id: AttachmentId) -> None:
    """Delete a file of a message; deleting it again changes nothing.

    Raises:
        NotAllowed, NotFound: nothing was deleted.
    """
    actor.require(Permission.REPLY)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with transaction() as tx:
        found = attachments.get(tx.session, attachment_id, **whose)
        if found is None:
            raise NotFound("No such file.")
        files = attachments.delete_all(tx.session, [attachment_id], **whose)
        changed = live.Changed(actor.organization_id, ConversationId(found.conversation_id))
        tx.after_commit(live.publish, changed)
    log.info("file deleted", extra={"attachment_id": attachment_id, "user_id": actor.user_id})
    _remove_all(actor.organization_id, files)


def forget() -> None:
    """Delete what organizations keep no longer, and what nothing needs; for the schedule."""
    now = clock.now()
    with reading() as session:
        limits = people.media_limits(session)
    for organization_id, days in limits:
        _forget_older(OrganizationId(organization_id), days)
    with reading() as session:
        idle = media.idle(session, before=now - _UNSENT, settled=now - _SETTLED, limit=_BATCH)
    for organization_id, media_id in idle:
        _remove_all(OrganizationId(organization_id), [media_id])
    storage.get().sweep(older_than=_LEFTOVER.total_seconds())


def _forget_older(organization_id: OrganizationId, days: int) -> None:
    before = clock.now() - timedelta(days=days)
    whose: OfOrganization = {"organization_id": organization_id}
    while True:
        with transaction() as tx:
            old = attachments.older_than(tx.session, before, limit=_BATCH, **whose)
            files = attachments.delete_all(tx.session, old, **whose)
            if old:
                tx.after_commit(live.publish, live.Changed(organization_id))
        if not old:
            return
        _remove_all(organization_id, files)


def _remove_all(organization_id: OrganizationId, media_ids: list[int]) -> None:
    """Remove files that nothing needs; what can not be removed now is found again by ``forget``."""
    for media_id in media_ids:
        try:
            _remove(organization_id, MediaId(media_id))
        except StorageUnavailable as fault:
            log.warning("file not removed", extra={"media_id": media_id, "error_type": type(fault).__name__})


def _remove(organization_id: OrganizationId, media_id: MediaId) -> None:
    sha256 = _digest(organization_id, media_id)
    if sha256 is None:
        return
    with alone_with(sha256) as held:
        if held and _is_marked(organization_id, media_id):
            for part in Part:
                storage.get().delete(key(organization_id, sha256, part))
            _record_erased(organization_id, media_id)


def _digest(organization_id: OrganizationId, media_id: MediaId) -> bytes | None:
    with reading() as session:
        return media.digest(session, media_id, organization_id=organization_id)


def _is_marked(organization_id: OrganizationId, media_id: MediaId) -> bool:
    """Mark a file that nothing needs as deleted; tells whether its bytes may be removed."""
    with transaction() as tx:
        unused = media.lock_unused(tx.session, media_id, organization_id=organization_id)
        if unused is None:
            return False
        unused.deleted_at = clock.now()
        tx.session.flush()
        media.forget_uploads(tx.session, [media_id], organization_id=organization_id)
        return True


def _record_erased(organization_id: OrganizationId, media_id: MediaId) -> None:
    with transaction() as tx:
        media.record_erased(tx.session, media_id, organization_id=organization_id, now=clock.now())
