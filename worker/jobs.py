"""RQ's entry points: ids in, one service call, safe to run twice."""

from rq import get_current_job

from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.services import process as processing
from campotech_wa.signals import jobs
from worker import loop


def process(channel_id: int) -> None:
    """Process the stored events of a channel."""
    jobs.started(jobs.PROCESS, ChannelId(channel_id))
    processing.channel(ChannelId(channel_id))


def drain(channel_id: int) -> None:
    """Drain the outbox of a channel, unless another job holds its place in the line."""
    this = get_current_job()
    if this is None or not jobs.has_another_place(ChannelId(channel_id), this.id):
        loop.drain(ChannelId(channel_id))


def drain_now(channel_id: int) -> None:
    """Drain the outbox of a channel in which a person has just written."""
    loop.drain_now(ChannelId(channel_id))


def show_presence(conversation_id: int, organization_id: int, typing: bool) -> None:  # noqa: FBT001  (RQ hands over positions)
    """Tell a customer that they were read, or that somebody writes."""
    loop.show_presence(ConversationId(conversation_id), OrganizationId(organization_id), typing=typing)


def fetch(channel_id: int) -> None:
    """Fetch the files of a channel's messages."""
    jobs.started(jobs.FETCH, ChannelId(channel_id))
    loop.fetch(ChannelId(channel_id))


def send_sms(organization_id: int) -> None:
    """Send an organization's SMS."""
    jobs.started(jobs.SMS, OrganizationId(organization_id))
    loop.send_sms(OrganizationId(organization_id))
