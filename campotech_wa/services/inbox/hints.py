"""What whoever writes in a conversation should know of the queue: what stops the next message, or when it leaves."""

from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa.domain import pacing, queue_estimate, queue_words
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, OfOrganization
from campotech_wa.domain.outbox_state import Lane, OutboxState, Priority
from campotech_wa.domain.panic import Phase
from campotech_wa.domain.queue_estimate import Outlook, Stop, Window
from campotech_wa.services.inbox.queueing import Queued
from campotech_wa.store import flows, panics, people, pulse, queue
from campotech_wa.tables.conversations import Conversation
from campotech_wa.tables.outbox import OutboxEntry
from campotech_wa.views import QueueHint


def of(
    session: Session, conversation: Conversation, queued: Queued, actor: Actor, *, now: datetime
) -> QueueHint:
    """Say what a reply would wait for, else what the newest waiting message does; empty when nothing is to be said.

    Of a stop of templates alone the banner tells: whoever writes here is not stopped.
    """
    channel_id = ChannelId(conversation.channel_id)
    stopped = queue_estimate.stopped_by(_stop(session, channel_id, Lane.REPLY, actor))
    if stopped is not None:
        return _view(stopped, actor)
    waiting = sorted(
        (
            each
            for each in queued.entries.values()
            if each.state == OutboxState.QUEUED and each.enters_at <= now
        ),
        key=lambda each: (each.enters_at, each.id or 0),
    )
    if not waiting or _stands_still(session, channel_id, Lane(waiting[-1].lane), actor):
        return QueueHint()
    return _view(_outlook(session, waiting[-1], queued, actor, now=now), actor)


def _stands_still(session: Session, channel_id: ChannelId, lane: Lane, actor: Actor) -> bool:
    """Tell it of a lane while replies flow."""
    if lane is Lane.REPLY:
        return False
    return queue_estimate.stopped_by(_stop(session, channel_id, lane, actor)) is not None


def _stop(session: Session, channel_id: ChannelId, lane: Lane, actor: Actor) -> Stop:
    whose: OfOrganization = {"organization_id": actor.organization_id}
    state = panics.standing(session, channel_id, **whose)
    panic = None
    if state.halted.stops(lane) and state.phase is Phase.HALTED:
        panic = panics.active(session, channel_id, **whose)
    return Stop(is_paused=state.paused.stops(lane), probe_at=panic.auto_resolve_at if panic else None)


def _outlook(session: Session, mine: OutboxEntry, queued: Queued, actor: Actor, *, now: datetime) -> Outlook:
    whose: OfOrganization = {"organization_id": actor.organization_id}
    channel_id = ChannelId(mine.channel_id)
    flow = flows.get(session, channel_id, **whose)
    shared = people.organization(session, **whose).sends_per_minute
    quota = pacing.quota(flow.sends_per_minute, shared, flow.factor, flow.factor_at, now=now)
    size = quota.limit(Lane(mine.lane), Priority(mine.priority), keeps_room=True)
    ahead = queue.ahead(
        session, channel_id, priority=mine.priority, enters_at=mine.enters_at, now=now, **whose
    )
    own = channel_id if quota.is_own else None
    used = pulse.used(session, own, now=now, window=queue_estimate.WINDOW, most=size, **whose)
    return queue_estimate.outlook(
        ahead,
        Window(size, used),
        now=now,
        line_until=_line_until(mine, queued),
        slowed_until=flow.throttled_until,
    )


def _line_until(mine: OutboxEntry, queued: Queued) -> datetime | None:
    """Return when the message before goes on, or this one itself: in a line only the first may leave."""
    line = [
        each
        for each in queued.entries.values()
        if each.priority == mine.priority
        and each.state != OutboxState.HELD
        and (each.enters_at, each.id) <= (mine.enters_at, mine.id)
    ]
    first = min(line, key=lambda each: (each.enters_at, each.id or 0), default=None)
    is_under_way = first is None or first.state == OutboxState.SENDING
    return None if is_under_way or first is None else first.due_at


def _view(outlook: Outlook, actor: Actor) -> QueueHint:
    if outlook.kind is queue_estimate.Kind.SOON:
        return QueueHint()
    return QueueHint(
        kind=outlook.kind,
        ahead=queue_words.count(outlook.ahead, most=queue.MOST, locale=actor.locale),
        at=outlook.at.isoformat() if outlook.at else "",
    )
