"""Names of queues and jobs, and the wake-ups that put a job there."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast
from uuid import uuid4

from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.signals.connection import redis

log = logging.getLogger(__name__)

INTAKE = "intake"
"""Above all others: what Meta has posted waits for nothing."""
URGENT = "urgent"
"""Wake-ups of channels in which a person has just written: they overtake those of the others."""
OUTBOUND = "outbound"
MEDIA = "media"
"""With a worker of its own: a large file on its way holds up no message."""

PROCESS = "worker.jobs.process"
DRAIN = "worker.jobs.drain"
DRAIN_NOW = "worker.jobs.drain_now"
FETCH = "worker.jobs.fetch"
SMS = "worker.jobs.send_sms"
PRESENCE = "worker.jobs.show_presence"

_TYPING_SECONDS = 20
"""Below the 25 for which WhatsApp shows it (sending.md 1.6)."""

_IN_HAND_SECONDS = 2
"""Longer than a worker that holds a channel out of the line waits for a free hand."""

_LONGEST_REST = timedelta(seconds=20)
"""Pace, panic or pause may change meanwhile."""

_PENDING_SECONDS = 5
"""How long a wake-up counts as on its way. If Redis lost the job, the next one is refused for no longer."""

_IN_LINE_SECONDS = 120
"""The same of a channel's place in the line of all channels, in which it must not stand twice however long that is:
it would be served twice as often as others. If Redis lost the job, the sweep sees that it is not there."""


def wake_process(channel_id: ChannelId) -> None:
    """Have the stored events of a channel processed."""
    _wake(INTAKE, PROCESS, channel_id)


def wake_drain(channel_id: ChannelId) -> None:
    """Have the outbox of a channel drained."""
    _wake(OUTBOUND, DRAIN, channel_id, seconds=_IN_LINE_SECONDS)


def take_in_hand(channel_id: ChannelId) -> None:
    """Note that a channel is out of the line for a moment, and is to be served or put back."""
    try:
        redis().set(_hand_key(channel_id), b"1", ex=_IN_HAND_SECONDS)
    except RedisError:
        log.warning("a channel may get a second place in the line", extra={"channel_id": channel_id})


def has_another_place(channel_id: ChannelId, job_id: str) -> bool:
    """Tell whether a channel stands in the line by another job than this one, which then is one too many."""
    try:
        place = cast("bytes | None", redis().get(_pending_key(DRAIN, channel_id)))
    except RedisError:
        return False
    return place is not None and place.decode() != job_id


def put_back(channel_id: ChannelId) -> None:
    """Give a channel whose turn it was, and for which nobody had a hand free, its place at the front again."""
    job_id = _job_id(DRAIN, channel_id)
    try:
        redis().set(_pending_key(DRAIN, channel_id), job_id, ex=_IN_LINE_SECONDS)
        _enqueue(OUTBOUND, DRAIN, channel_id, job_id, is_first=True)
    except RedisError:
        log.warning("place in the line lost, the sweep will repair it", extra={"channel_id": channel_id})


def do_channels_wait() -> bool:
    """Tell whether channels wait in the queue for their turn; when nobody knows, that they do."""
    try:
        return queue(OUTBOUND).count > 0
    except RedisError:
        return True


def wake_urgently(channel_id: ChannelId) -> None:
    """Have the outbox of a channel drained before those of all others: a person waits for it."""
    _wake(URGENT, DRAIN_NOW, channel_id)


def rest_drain(channel_id: ChannelId, rest: timedelta) -> None:
    """Have the sweep leave a channel alone for a while, since nothing that it knows of may leave."""
    try:
        milliseconds = min(rest, _LONGEST_REST) / timedelta(milliseconds=1)
        redis().set(_resting_key(channel_id), b"1", px=max(1, int(milliseconds)))
    except RedisError:
        log.warning("a channel is looked at in vain", extra={"channel_id": channel_id})


def wake_rested(channel_ids: Sequence[ChannelId]) -> None:
    """Have the outboxes of channels drained, but not of those that rest or have a place: many at once."""
    if not channel_ids:
        return
    try:
        standing = _in_line()
        wanted = [each for each in channel_ids if each not in standing]
        asked = [*map(_resting_key, wanted), *map(_hand_key, wanted)]
        known = cast("list[bytes | None]", redis().mget(asked)) if asked else []
        free = [
            each for each, *kept in zip(wanted, known, known[len(wanted) :], strict=False) if not any(kept)
        ]
        _line_up(free)
    except RedisError as fault:
        log.warning("wake-ups lost, the next sweep repairs it", extra={"error_type": type(fault).__name__})


def wake_fetch(channel_id: ChannelId) -> None:
    """Have the files of a channel's messages fetched."""
    _wake(MEDIA, FETCH, channel_id)


def wake_sms(organization_id: OrganizationId) -> None:
    """Have an organization's SMS sent."""
    _wake(OUTBOUND, SMS, organization_id)


def show_presence(conversation_id: ConversationId, *, organization_id: OrganizationId, typing: bool) -> None:
    """Have a customer shown that they are read, or that somebody writes; late it is worth nothing.

    Who types is shown once for as long as WhatsApp shows it anyway.
    """
    try:
        key = f"presence:{conversation_id}"
        if typing and not redis().set(key, b"1", nx=True, ex=_TYPING_SECONDS):
            return
        queue(OUTBOUND).enqueue(
            PRESENCE,
            conversation_id,
            organization_id,
            typing,
            result_ttl=0,
            failure_ttl=3600,
            ttl=_TYPING_SECONDS,
            job_timeout=60,
        )
    except RedisError as fault:
        log.warning("presence not shown", extra={"error_type": type(fault).__name__})


def started(job: str, whose: ChannelId | OrganizationId) -> None:
    """Note that a job has begun: what becomes due from now on needs another one."""
    try:
        redis().delete(_pending_key(job, whose))
    except RedisError:
        log.warning("wake-ups held back for a while", extra={"job": job, "whose": whose})


def workers() -> int:
    """Count the worker processes that are alive.

    Raises:
        RedisError: Redis does not answer.
    """
    return len(Worker.all(connection=redis()))


def queue(name: str) -> Queue:
    """Return a queue of ours. JSON, so that whoever can write to Redis can not run code through pickles."""
    return Queue(name, connection=redis(), serializer=JSONSerializer)


def _wake(
    queue_name: str, job: str, whose: ChannelId | OrganizationId, *, seconds: int = _PENDING_SECONDS
) -> None:
    job_id = _job_id(job, whose)
    try:
        if redis().set(_pending_key(job, whose), job_id, nx=True, ex=seconds):
            _enqueue(queue_name, job, whose, job_id)
    except RedisError as fault:
        log.warning(
            "wake-up lost, the sweep will repair it",
            extra={"job": job, "whose": whose, "error_type": type(fault).__name__},
        )


def _enqueue(
    queue_name: str, job: str, whose: ChannelId | OrganizationId, job_id: str, *, is_first: bool = False
) -> None:
    queue(queue_name).enqueue(
        job,
        whose,
        job_id=job_id,
        result_ttl=0,
        failure_ttl=3600,
        job_timeout=300,
        at_front=is_first,
    )


def _in_line() -> frozenset[int]:
    """Return the channels that wait for their turn, as the names of their jobs tell."""
    names = (job_id.split("-") for job_id in queue(OUTBOUND).job_ids)
    return frozenset(int(whose) for kind, whose, *_ in names if kind == _kind(DRAIN))


def _line_up(channel_ids: Sequence[ChannelId]) -> None:
    """Put channels at the end of the line, that no mark says are there, or whose mark is wrong."""
    places = {each: _job_id(DRAIN, each) for each in channel_ids}
    is_new = _mark(places, only_new=True)
    marked = {each: places[each] for each, new in zip(places, is_new, strict=True) if not new}
    # A turn that ended meanwhile may have put its channel there; else the job was lost.
    standing = _in_line() if marked else frozenset[int]()
    lost = {each: place for each, place in marked.items() if each not in standing}
    _mark(lost, only_new=False)
    orders = [
        Queue.prepare_data(DRAIN, args=[each], job_id=place, result_ttl=0, failure_ttl=3600, timeout=300)
        for each, place in places.items()
        if each not in marked or each in lost
    ]
    if orders:
        queue(OUTBOUND).enqueue_many(orders)


def _mark(places: Mapping[ChannelId, str], *, only_new: bool) -> list[bool | None]:
    with redis().pipeline(transaction=False) as marking:
        for channel_id, place in places.items():
            marking.set(_pending_key(DRAIN, channel_id), place, nx=only_new, ex=_IN_LINE_SECONDS)
        return cast("list[bool | None]", marking.execute())


def _job_id(job: str, whose: ChannelId | OrganizationId) -> str:
    """Name one job; the name tells what it is and whose, so that the line can be read without the jobs in it."""
    return f"{_kind(job)}-{whose}-{uuid4().hex}"


def _kind(job: str) -> str:
    return job.rpartition(".")[2]


def _pending_key(job: str, whose: ChannelId | OrganizationId) -> str:
    return f"wake:{job}:{whose}"


def _hand_key(channel_id: ChannelId) -> str:
    return f"hand:{channel_id}"


def _resting_key(channel_id: ChannelId) -> str:
    return f"rest:{channel_id}"
