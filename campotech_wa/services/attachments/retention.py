"""How long an organization keeps the files of its messages: for some days, or for as long as the messages."""

from campotech_wa.domain.access import Actor, Permission
from campotech_wa.errors import InvalidInput
from campotech_wa.signals import live
from campotech_wa.store import people
from campotech_wa.store.transaction import reading, transaction

LONGEST = 3650
"""Days; ten years are more than any duty to keep papers asks for."""


def kept_days(actor: Actor) -> int | None:
    """Return for how many days files are kept; None: for as long as their messages.

    Raises:
        NotAllowed: only admins see it.
    """
    actor.require(Permission.OPERATE)
    with reading() as session:
        return people.organization(session, organization_id=actor.organization_id).media_days


def keep_for(actor: Actor, days: int | None) -> None:
    """Keep files for some days from now on; the next hourly round deletes what is older.

    Raises:
        NotAllowed, InvalidInput: nothing was changed.
    """
    actor.require(Permission.OPERATE)
    if days is not None and not 1 <= days <= LONGEST:
        raise InvalidInput(
            "days",
            field="media_days",
            limit=LONGEST,
            count=days,
            detail=f"Files can be kept for 1 to {LONGEST} days, or for ever.",
        )
    with transaction() as tx:
        people.keep_media_for(tx.session, days, organization_id=actor.organization_id)
        tx.after_commit(live.publish, live.Changed(actor.organization_id))
