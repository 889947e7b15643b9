"""Deliver what waits in the outbox to Meta: once, in order, at the allowed pace.

``claim`` takes what may leave, ``admission`` has it let in by the pace, ``departures`` does both, ``sending`` makes
the request, ``landing`` and ``record`` write down what became of it, ``slowing`` and ``learning`` what it taught,
``owed`` deals with what a dead worker or a silent Meta left behind. A ``turn`` does all of it for one channel, and
``dispatch`` serves many channels side by side.
"""

from collections.abc import Callable

from campotech_wa.domain.ids import ChannelId
from campotech_wa.meta.client import GraphClient
from campotech_wa.services import credentials
from campotech_wa.services.deliver.dispatch import PLACES, URGENT_PLACES, Dispatcher
from campotech_wa.services.deliver.room import Room
from campotech_wa.services.deliver.turn import Turn

__all__ = ["Dispatcher", "channel"]


async def channel(
    channel_id: ChannelId, client: GraphClient, *, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Send everything of a channel that is due. Safe to call twice: each message has one claimant."""
    room = Room(PLACES, urgent=URGENT_PLACES)
    has_more = True
    while has_more and not is_stopping():
        known = credentials.by_channel(channel_id)
        if known is None:
            return
        has_more = (
            await Turn(known, client, room, is_stopping=is_stopping, do_others_wait=lambda: False).run()
        ).has_more
