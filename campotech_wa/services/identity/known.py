"""Look up at once everybody of a batch of whom nothing is new: the hot path of processing."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import ChannelId, CustomerId, OrganizationId
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services.identity.recognising import tidy
from campotech_wa.store import links
from campotech_wa.store.links import Met

SEEN_EVERY = timedelta(hours=1)
"""How precisely is known when a person was last there: a row is not written at every message."""


def known(
    session: Session,
    people: Collection[Person],
    *,
    organization_id: OrganizationId,
    channel_id: ChannelId,
) -> dict[Person, CustomerId]:
    """Return the customers of those who come just as they came before; the others are for ``recognise``."""
    if not people:
        return {}
    tidied = {person: tidy(person) for person in people}
    found = links.met(
        session,
        {person.user_id for person in tidied.values() if person.user_id},
        {person.wa_id for person in tidied.values() if person.wa_id and not person.user_id},
        organization_id=organization_id,
        channel_id=channel_id,
    )
    by_name = _by_name(found)
    met = {person: link for person, named in tidied.items() if (link := _link(by_name, named))}
    _see(session, met.values(), organization_id=organization_id)
    return {person: link.customer_id for person, link in met.items()}


def _by_name(found: Iterable[Met]) -> dict[str, Met]:
    """File links under user id and number; a number that two links have names nobody for certain."""
    names: dict[str, Met] = {}
    shared: set[str] = set()
    for link in found:
        for name in filter(None, (link.user_id, link.wa_id)):
            shared |= {name} & names.keys()
            names[name] = link
    return {name: link for name, link in names.items() if name not in shared}


def _link(by_name: dict[str, Met], person: Person) -> Met | None:
    link = by_name.get(person.user_id or person.wa_id or "")
    return link if link and not _is_news(link, person) else None


def _is_news(link: Met, person: Person) -> bool:
    return any(
        said and said != link_says
        for said, link_says in (
            (person.user_id, link.user_id),
            (person.wa_id, link.wa_id),
            (person.parent_user_id, link.parent_user_id),
            (person.username, link.username),
            (person.identity_key_hash, link.identity_key_hash),
            (person.name, link.profile_name),
        )
    )


def _see(session: Session, met: Iterable[Met], *, organization_id: OrganizationId) -> None:
    now = clock.now()
    stale = {link.id for link in met if link.seen_at < now - SEEN_EVERY}
    if stale:
        links.see(session, stale, organization_id=organization_id, now=now)
