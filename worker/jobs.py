"""RQ's entry points: ids in, one service call, safe to run twice."""

from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import process as processing
from campotech_wa.signals import jobs
from worker import loop


def process(channel_id: int) -> None:
    """Process the stored events of a channel."""
    jobs.started(jobs.PROCESS, ChannelId(channel_id))
    processing.channel(ChannelId(channel_id))


def drain(channel_id: int) -> None:
    """Drain the outbox of a channel."""
    jobs.started(jobs.DRAIN, ChannelId(channel_id))
    loop.drain(ChannelId(channel_id))
