"""Stop a channel by hand, and end a panic by hand."""

from campotech_wa import clock
from campotech_wa.domain import storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ChannelId, PhoneNumberId
from campotech_wa.domain.panic import Cause, Extent, Reason
from campotech_wa.domain.panic_grounds import is_wider
from campotech_wa.errors import InvalidInput, MetaRefused, NotFound
from campotech_wa.services import credentials
from campotech_wa.services.credentials import Credentials
from campotech_wa.services.panic import changing, checking
from campotech_wa.store import panics
from campotech_wa.store.transaction import reading, transaction
from campotech_wa.tables.outbox import WaPanic

LONGEST_NOTE = 500


def trigger(actor: Actor, phone_number_id: str, *, note: str = "", extent: Extent = Extent.BUSINESS) -> None:
    """Stop a number, at least as much as it stands still already.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: the note is too long.
    """
    channel = _channel(actor, phone_number_id)
    told = _checked(note)
    cause = Cause(Reason.MANUAL, extent)
    with transaction() as tx:
        now = clock.now()
        standing = panics.active(tx.session, channel.channel_id, organization_id=actor.organization_id)
        if standing is None or is_wider(cause, Extent(standing.lanes)):
            if standing is not None:
                changing.end(tx, standing, now=now, by=actor.user_id, note=f"followed by {cause.reason}")
            changing.begin(
                tx,
                cause,
                organization_id=actor.organization_id,
                channel_id=channel.channel_id,
                now=now,
                by=actor.user_id,
                note=told,
            )


def resolve(actor: Actor, phone_number_id: str, *, note: str) -> None:
    """End the panic of a number; one for bad credentials only if Meta says that they are good now.

    Raises:
        NotAllowed: only admins may.
        NotFound: the number is not of the actor's organization.
        InvalidInput: the reason is missing or too long, or the credentials are not good.
        MetaError: Meta could not be asked.
    """
    channel = _channel(actor, phone_number_id)
    told = _checked(note)
    if not told:
        raise InvalidInput("missing", field="note", detail="note is required: say why the panic can end.")
    standing = _standing(actor, channel.channel_id)
    if standing and standing.reason == Reason.AUTH:
        _ensure(channel)
    if standing:
        with transaction() as tx:
            now = clock.now()
            changing.bring_forward(tx, standing, now=now)
            changing.end(tx, standing, now=now, by=actor.user_id, note=told)


def _standing(actor: Actor, channel_id: ChannelId) -> WaPanic | None:
    with reading() as session:
        return panics.active(session, channel_id, organization_id=actor.organization_id)


def _ensure(channel: Credentials) -> None:
    try:
        checking.ensure(channel)
    except MetaRefused as refusal:
        raise InvalidInput(
            "credentials",
            field="action",
            detail=f"Meta still refuses the credentials of this number: {refusal.detail} "
            "Put that right at Meta, then resolve the panic.",
        ) from refusal


def _channel(actor: Actor, phone_number_id: str) -> Credentials:
    actor.require(Permission.OPERATE)
    wanted = PhoneNumberId(storable.text(phone_number_id))
    channel = credentials.by_number(wanted, organization_id=actor.organization_id)
    if channel is None:
        raise NotFound("No such number in this organization.")
    return channel


def _checked(note: str) -> str:
    told = storable.text(note).strip()
    if len(told) > LONGEST_NOTE:
        raise InvalidInput(
            "too_long",
            field="note",
            detail=f"note may have at most {LONGEST_NOTE} characters.",
            limit=LONGEST_NOTE,
            count=len(told),
        )
    return told
