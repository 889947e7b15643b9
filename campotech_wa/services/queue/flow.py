"""Stop a number's sends by hand, let them go on, and say how fast they may be."""

from campotech_wa import clock
from campotech_wa.domain import pacing
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId
from campotech_wa.domain.panic import Extent
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services.account import snapshot
from campotech_wa.signals import jobs, live
from campotech_wa.store import channels, flows
from campotech_wa.store.transaction import Transaction, transaction
from campotech_wa.tables.channels import Channel

SECONDS_OF_A_MINUTE = 60


def pause(actor: Actor, channel_id: ChannelId, extent: str) -> None:
    """Stop what a number sends by itself (``business``), or everything (``all``). What is asked for waits.

    Raises:
        NotAllowed, NotFound, InvalidInput: nothing changed.
    """
    if extent not in (Extent.BUSINESS, Extent.ALL):
        raise InvalidInput(
            "unknown_value", field="lanes", detail="What can be paused is business or all, nothing else."
        )
    _set_paused(actor, channel_id, Extent(extent))


def resume(actor: Actor, channel_id: ChannelId) -> None:
    """Let everything go on that was stopped by hand.

    Raises:
        NotAllowed, NotFound: nothing changed.
    """
    _set_paused(actor, channel_id, Extent.NOTHING)


def set_pace(actor: Actor, channel_id: ChannelId, per_minute: int | None) -> None:
    """Give a number a pace of its own, in messages a minute; None: it shares the organization's again.

    Raises:
        NotAllowed, NotFound: nothing changed.
        InvalidInput: it is less than one, or more than Meta lets the number pass (sending.md section 7).
    """
    actor.require(Permission.OPERATE)
    with transaction() as tx:
        channel = _channel(tx, actor, channel_id)
        if per_minute is not None:
            _check(per_minute, ceiling(channel))
        flows.set_pace(tx.session, channel_id, per_minute, organization_id=actor.organization_id)
        _announce(tx, actor, channel_id)


def ceiling(channel: Channel) -> int:
    """Return the most messages a minute that can be set for a number."""
    number = snapshot.of(channel).number
    return (
        pacing.throughput(number.throughput.level, is_coexisting=number.is_coexisting) * SECONDS_OF_A_MINUTE
    )


def _check(per_minute: int, most: int) -> None:
    if per_minute < 1:
        raise InvalidInput("too_small", field="sends_per_minute", limit=1, detail="At least 1 a minute.")
    if per_minute > most:
        raise InvalidInput(
            "too_big", field="sends_per_minute", limit=most, detail=f"At most {most} a minute: Meta's limit."
        )


def _set_paused(actor: Actor, channel_id: ChannelId, extent: Extent) -> None:
    actor.require(Permission.OPERATE)
    with transaction() as tx:
        _channel(tx, actor, channel_id)
        flows.set_paused(
            tx.session,
            channel_id,
            extent,
            organization_id=actor.organization_id,
            by=actor.user_id,
            now=clock.now(),
        )
        _announce(tx, actor, channel_id)


def _channel(tx: Transaction, actor: Actor, channel_id: ChannelId) -> Channel:
    for channel in channels.every(tx.session, organization_id=actor.organization_id):
        if channel.id == channel_id:
            return channel
    raise NotFound("No such number in this organization.")


def _announce(tx: Transaction, actor: Actor, channel_id: ChannelId) -> None:
    tx.after_commit(jobs.wake_drain, channel_id)
    tx.after_commit(live.publish, live.Changed(actor.organization_id))
