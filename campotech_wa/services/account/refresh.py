"""Ask Meta again about a number, and keep what it says: when a person asks, and once an hour."""

import logging
from datetime import timedelta

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.meta.shapes import JsonObject
from campotech_wa.services import credentials
from campotech_wa.services.account import snapshot
from campotech_wa.services.account.line import Line, opened, to
from campotech_wa.signals import live
from campotech_wa.store import channels
from campotech_wa.store.transaction import reading, transaction

_FRESH = timedelta(hours=1)
"""Meta's own numbers change by the day, and its management API counts calls by the hour (sending.md 7)."""

log = logging.getLogger(__name__)


def now(actor: Actor, phone_number_id: str) -> None:
    """Look at everything of a number. What Meta does not tell keeps what it told before, with the reason.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
    """
    with opened(actor, phone_number_id) as line:
        _everything(line)


def due() -> None:
    """Look at every number, of every organization, that Meta has told nothing of for an hour."""
    with reading() as session:
        unseen = channels.unseen(session, since=clock.now() - _FRESH)
    for channel_id in unseen:
        channel = credentials.by_channel(ChannelId(channel_id))
        if channel is not None:
            with to(channel) as line:
                _everything(line)


def part(line: Line, name: str) -> None:
    """Look at one part again, after it was changed."""
    _keep(line, snapshot.ask(line, name), is_whole=False)


def _everything(line: Line) -> None:
    found: JsonObject = {}
    is_silent = False
    for name in snapshot.PARTS:
        answer = snapshot.ask(line, name)
        found |= answer
        is_silent = snapshot.is_silent(answer, name)
        if is_silent:
            log.warning("account not reached", extra={"channel_id": line.channel.channel_id})
            break
    _keep(line, found, is_whole=not is_silent)


def _keep(line: Line, found: JsonObject, *, is_whole: bool) -> None:
    channel = line.channel
    with transaction() as tx:
        channels.note_info(
            tx.session,
            channel.channel_id,
            storable.tree(found),
            organization_id=channel.organization_id,
            at=clock.now() if is_whole else None,
        )
        tx.after_commit(live.publish, live.Changed(channel.organization_id))
