"""Show admins the stored events that could not be processed, and process one again."""

from campotech_wa import clock
from campotech_wa.domain import locale
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, EventId, OfOrganization
from campotech_wa.errors import NotFound
from campotech_wa.signals import jobs, live
from campotech_wa.store import channels, events
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.views import DeadLetter

_SHOWN = 100


def listing(actor: Actor) -> tuple[DeadLetter, ...]:
    """Return the newest dead letters, without their content.

    Raises:
        NotAllowed: only admins see them.
    """
    actor.require(Permission.OPERATE)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        names = {channel.id: channel.name for channel in channels.every(session, **whose)}
        dead = events.dead(session, limit=_SHOWN, **whose)
    now = clock.now()
    return tuple(
        DeadLetter(
            id=letter.id or 0,
            channel_name=names.get(letter.channel_id, ""),
            received=f"{locale.day(letter.received_at, now=now, zone=actor.timezone, locale=actor.locale)} "
            f"{locale.clock_time(letter.received_at, zone=actor.timezone)}",
            attempts=letter.attempts,
            error=letter.error,
        )
        for letter in dead
    )


def replay(actor: Actor, event_id: EventId) -> None:
    """Process a dead letter again; what of it is in the store already is not repeated.

    Raises:
        NotAllowed, NotFound: nothing changed.
    """
    actor.require(Permission.OPERATE)
    with transaction() as tx:
        channel_id = events.revive(
            tx.session, event_id, organization_id=actor.organization_id, now=clock.now()
        )
        if channel_id is None:
            raise NotFound("No such dead letter.")
        tx.after_commit(jobs.wake_process, ChannelId(channel_id))
        tx.after_commit(live.publish, live.Changed(actor.organization_id))
