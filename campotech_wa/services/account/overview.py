"""What the settings page shows of numbers: read from what Meta last said, without asking it."""

from campotech_wa import clock
from campotech_wa.account_views import AccountCard, AccountOverview, Notice
from campotech_wa.domain import account_news, locale, storable
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import PhoneNumberId
from campotech_wa.errors import NotFound
from campotech_wa.meta.shapes import JsonObject
from campotech_wa.services.account import cards
from campotech_wa.store import account_events, channels
from campotech_wa.store.transaction import reading
from campotech_wa.tables.channels import AccountEvent, Channel

MOST_NOTICES = 30


def overview(actor: Actor) -> AccountOverview:
    """Return the organization's numbers, and Meta's news about them, newest first.

    Raises:
        NotAllowed: only admins see them.
    """
    actor.require(Permission.OPERATE)
    with reading() as session:
        known = channels.every(session, organization_id=actor.organization_id)
        news = account_events.newest(session, organization_id=actor.organization_id, limit=MOST_NOTICES)
    names = {channel.id: channel.name for channel in known}
    return AccountOverview(
        cards=tuple(_card(channel, actor) for channel in known),
        notices=tuple(_notice(event, names.get(event.channel_id, ""), actor) for event in news),
    )


def info(actor: Actor, phone_number_id: str) -> JsonObject:
    """Return what Meta last said of a number, as it said it.

    Raises:
        NotAllowed: only admins see it.
        NotFound: the number is not of the actor's organization.
    """
    actor.require(Permission.OPERATE)
    wanted = PhoneNumberId(storable.text(phone_number_id))
    with reading() as session:
        channel = channels.by_number(session, wanted, organization_id=actor.organization_id)
    if channel is None:
        raise NotFound("No such number in this organization.")
    return {"checked_at": channel.info_at and channel.info_at.isoformat(), **channel.info}


def _card(channel: Channel, actor: Actor) -> AccountCard:
    return cards.card(channel, locale=actor.locale, zone=actor.timezone, now=clock.now())


def _notice(event: AccountEvent, channel_name: str, actor: Actor) -> Notice:
    told = account_news.tell(event.field, event.event, dict(event.payload))
    return Notice(
        id=event.id or 0,
        tone=told.tone,
        sentence=told.sentence(actor.locale),
        channel=channel_name,
        time=locale.short(event.at, now=clock.now(), zone=actor.timezone, locale=actor.locale),
    )
