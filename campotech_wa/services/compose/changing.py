"""Let a message that has not left yet say something else, leave at another time, or overtake others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import MessageId, OfChannel, OfOrganization
from campotech_wa.domain.message_state import MessageState
from campotech_wa.errors import InvalidInput
from campotech_wa.services import attachments
from campotech_wa.services.compose import drafts, schedule, waiting, writing
from campotech_wa.services.compose.drafts import Draft
from campotech_wa.services.compose.placing import announce, note, queue
from campotech_wa.services.compose.waiting import Locked
from campotech_wa.store import conversations, outbox
from campotech_wa.store.transaction import Transaction, patiently


class Keep(Enum):
    """What stands for "as it was", where None means something."""

    AS_IT_WAS = "as it was"


KEEP: Final = Keep.AS_IT_WAS


def change(
    actor: Actor,
    message_id: MessageId,
    message: Mapping[str, Any] | None = None,
    *,
    priority: object = None,
    send_at: object = KEEP,
) -> None:
    """Change what a message that waits, or is held, says; when it leaves; what it overtakes.

    ``message`` replaces the whole of what it says and quotes; ``send_at`` None: it leaves at once. Its idempotency
    key, its customer and its id stay.

    Raises:
        NotAllowed, NotFound, InvalidInput, WindowClosed: nothing was written.
        Conflict: it is on its way, or it is over.
    """
    actor.require(Permission.REPLY)
    if message is None and priority is None and send_at is KEEP:
        raise InvalidInput("nothing_to_change", detail="Give a message, a priority or a send_at.")

    def write(tx: Transaction) -> None:
        locked = waiting.lock(tx.session, actor, message_id)
        locked.row()
        _write(tx, actor, locked, _changed(locked, message, priority, send_at))

    patiently(write)


def _changed(locked: Locked, message: Mapping[str, Any] | None, priority: object, send_at: object) -> Draft:
    before = drafts.of_row(locked.message)
    said = before if message is None else drafts.of_object(message, priority=before.priority)
    if send_at is not KEEP:
        schedule.check(schedule.read_send_at(send_at), now=clock.now())
    return replace(
        said,
        priority=schedule.read_priority(priority, before.priority),
        send_at=before.send_at if send_at is KEEP else schedule.read_send_at(send_at),
    )


def _write(tx: Transaction, actor: Actor, locked: Locked, draft: Draft) -> None:
    before = drafts.of_row(locked.message)
    if draft == before and not locked.is_held:
        return
    writing.check(tx.session, actor, locked.conversation_id, draft)
    now = clock.now()
    enters_at = locked.row().enters_at
    if draft.send_at != before.send_at:
        enters_at = schedule.departure(draft.send_at, now=now)
    locked.message.priority, locked.message.send_at = draft.priority, draft.send_at
    note(tx.session, actor, locked.id, MessageState.QUEUED, before=before.record())
    if draft.says_the_same_as(before):
        _move(tx.session, actor, locked, draft, enters_at)
    else:
        _say(tx.session, actor, locked, draft, enters_at)
    announce(tx, actor, locked.channel_id, locked.conversation_id)


def _move(session: Session, actor: Actor, locked: Locked, draft: Draft, enters_at: datetime) -> None:
    session.flush()
    outbox.reschedule(
        session,
        locked.id,
        organization_id=actor.organization_id,
        priority=draft.priority,
        enters_at=enters_at,
    )


def _say(session: Session, actor: Actor, locked: Locked, draft: Draft, enters_at: datetime) -> None:
    """Write the new words into the message, its files and the list's row, and queue them as a new request.

    What is reported of an earlier request says nothing of these words.
    """
    whose: OfOrganization = {"organization_id": actor.organization_id}
    message, preview = locked.message, drafts.of_row(locked.message).preview
    message.type, message.content, message.envelope = draft.type, draft.content, draft.envelope
    message.target_wamid = draft.target_wamid
    session.flush()
    conversations.correct_preview(
        session, locked.conversation_id, former=preview, preview=draft.preview, **whose
    )
    files: OfChannel = {**whose, "channel_id": locked.channel_id}
    attachments.attach_others(session, draft.type, draft.content, locked.id, **files)
    outbox.drop(session, [locked.id], **whose)
    queue(session, actor, locked.channel_id, locked.conversation_id, locked.id, draft, enters_at=enters_at)
