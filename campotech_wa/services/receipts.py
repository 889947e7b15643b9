"""Show a customer that staff have read them, or are writing: a courtesy, never waited for and never tried again."""

import asyncio
import logging
from datetime import timedelta

from campotech_wa import clock
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, ConversationId, OfOrganization, OrganizationId, Wamid
from campotech_wa.errors import MetaError
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.signals import jobs
from campotech_wa.store import conversations
from campotech_wa.store import inbox as stored
from campotech_wa.store.transaction import reading

log = logging.getLogger(__name__)

_OLDEST = timedelta(days=30)
"""Meta marks nothing older as read (sending.md 1.6)."""


def show_read(actor: Actor, conversation_id: ConversationId) -> None:
    """Have the customer shown that their messages are read.

    Raises:
        NotAllowed: the actor may not answer.
    """
    _enqueue(actor, conversation_id, typing=False)


def show_typing(actor: Actor, conversation_id: ConversationId) -> None:
    """Have the customer shown that somebody is writing; that marks their messages as read too.

    Raises:
        NotAllowed: the actor may not answer.
    """
    _enqueue(actor, conversation_id, typing=True)


def _enqueue(actor: Actor, conversation_id: ConversationId, *, typing: bool) -> None:
    actor.require(Permission.REPLY)
    with reading() as session:
        found = conversations.get(session, conversation_id, organization_id=actor.organization_id)
    if found is not None:
        meant = ConversationId(found[0].id or 0)
        jobs.show_presence(meant, organization_id=actor.organization_id, typing=typing)


async def show(
    conversation_id: ConversationId, organization_id: OrganizationId, client: GraphClient, *, typing: bool
) -> None:
    """Tell Meta, of the customer's newest message."""
    found = await asyncio.to_thread(_newest, conversation_id, organization_id)
    if found is None:
        return
    channel, wamid = found
    try:
        await client.mark_read(
            channel.phone_number_id, wamid, typing=typing, access_token=channel.access_token
        )
    except MetaError as fault:
        log.info(
            "presence not shown",
            extra={"conversation_id": conversation_id, "error_type": type(fault).__name__},
        )


def _newest(
    conversation_id: ConversationId, organization_id: OrganizationId
) -> tuple[Credentials, Wamid] | None:
    whose: OfOrganization = {"organization_id": organization_id}
    with reading() as session:
        message = stored.newest_inbound(session, conversation_id, **whose)
    if message is None or message.wamid is None or message.sent_at < clock.now() - _OLDEST:
        return None
    channel = credentials.by_channel(ChannelId(message.channel_id))
    return channel and (channel, Wamid(message.wamid))
