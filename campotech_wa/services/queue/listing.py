"""Read the list of the queue page: the first messages of a kind, each with why it is there and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from campotech_wa import clock
from campotech_wa.domain import queue_words, summary, wording
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.account_words import Saying, Tone
from campotech_wa.domain.ids import MessageId
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.outbox_state import OutboxState, lane_of
from campotech_wa.errors import InvalidInput
from campotech_wa.queue_views import QueuedMessage, QueuedPage
from campotech_wa.services.inbox import names, queueing
from campotech_wa.services.inbox.queueing import Codes
from campotech_wa.services.queue.many import RECENT
from campotech_wa.store import queue
from campotech_wa.store.queue import Listed, Shown
from campotech_wa.store.transaction import reading
from campotech_wa.tables.outbox import OutboxEntry

SHOWN = tuple(shown.value for shown in Shown)
LIMIT = 50

_NEXT_TRY = Saying("Nuevo intento en {time}", "Next try in {time}", Tone.QUIET)
_GRACE = Saying("Esperamos una señal {time} más", "We wait for a sign for {time} more", Tone.QUIET)
_SCHEDULED = Saying("Sale en {time}", "Leaves in {time}", Tone.QUIET)


def page(actor: Actor, shown: str) -> QueuedPage:
    """Return the first messages of a kind.

    Raises:
        NotAllowed: only admins see them.
        InvalidInput: there is no such kind.
    """
    actor.require(Permission.OPERATE)
    if shown not in SHOWN:
        raise InvalidInput("unknown_value", field="shown", detail="There is no such list.")
    now = clock.now()
    found, codes = _found(actor, Shown(shown), now)
    return QueuedPage(
        shown=shown,
        messages=tuple(_message(each, codes, actor.locale, now) for each in found[:LIMIT]),
        has_more=len(found) > LIMIT,
    )


def _found(actor: Actor, shown: Shown, now: datetime) -> tuple[Sequence[Listed], Codes]:
    ours = actor.organization_id
    with reading() as session:
        if shown is Shown.FAILED:
            ended = queue.ended(session, organization_id=ours, since=now - RECENT, limit=LIMIT + 1)
            return queue.with_customers(session, ended, organization_id=ours), {}
        found = queue.waiting(session, shown, organization_id=ours, now=now, limit=LIMIT + 1)
        entries = [each.entry for each in found if each.entry]
        return found, queueing.codes(session, entries, organization_id=ours)


def _message(listed: Listed, codes: Codes, words: str, now: datetime) -> QueuedMessage:
    message, entry = listed.message, listed.entry
    due, says = _due(listed, now)
    is_unconfirmed = message.state == MessageState.UNCONFIRMED or _is(listed, OutboxState.UNCONFIRMED)
    return QueuedMessage(
        id=message.id or 0,
        conversation_id=message.conversation_id,
        customer=names.name_of(listed.customer),
        line=summary.of(message.type, message.content),
        kind=queue_words.lane(lane_of(message.type), message.priority, locale=words),
        since=(entry.enters_at if entry and entry.enters_at <= now else message.sent_at).isoformat(),
        due=due.isoformat() if due else "",
        due_says=says.words(words) if due and says else "",
        reason=_reason(listed, codes, words, is_unconfirmed=is_unconfirmed),
        can_cancel=_is(listed, OutboxState.QUEUED) or _is(listed, OutboxState.HELD),
        can_retry=_can_retry(entry) or is_unconfirmed,
        is_risky=is_unconfirmed,
    )


def _can_retry(entry: OutboxEntry | None) -> bool:
    return entry is None or (entry.state == OutboxState.HELD and queueing.can_be_asked_again(entry))


def _is(listed: Listed, state: OutboxState) -> bool:
    return listed.entry is not None and listed.entry.state == state


def _due(listed: Listed, now: datetime) -> tuple[datetime | None, Saying | None]:
    """Return the moment that something happens by itself, and what."""
    entry = listed.entry
    if entry is None or entry.due_at <= now or entry.state == OutboxState.HELD:
        return None, None
    if entry.state == OutboxState.UNCONFIRMED:
        return entry.due_at, _GRACE
    return entry.due_at, _SCHEDULED if entry.enters_at > now else _NEXT_TRY


def _reason(listed: Listed, codes: Codes, words: str, *, is_unconfirmed: bool) -> str:
    if is_unconfirmed:
        return queue_words.standing("lost", locale=words)
    if listed.entry is None:
        return wording.reason(listed.message.error_code, locale=words)
    if listed.entry.state == OutboxState.HELD:
        return queue_words.held(listed.entry.hold_reason, locale=words)
    message_id = MessageId(listed.entry.message_id)
    return queue_words.postponed(codes[message_id], locale=words) if message_id in codes else ""
