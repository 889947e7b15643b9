"""People, for staff and other products: who somebody is, who may be the same person, and making them one."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.access import Actor, Permission
from campotech_wa.domain.ids import ConversationId, CustomerId, OfOrganization, WaId
from campotech_wa.domain.phones import display
from campotech_wa.errors import NotFound
from campotech_wa.services import identity
from campotech_wa.signals import live
from campotech_wa.store import channels, conversations, customers, links, merges
from campotech_wa.store.transaction import Transaction, patiently, reading
from campotech_wa.tables.conversations import Customer, CustomerLink, CustomerMerge
from campotech_wa.views import IdentityHints, Namesake

log = logging.getLogger(__name__)

JsonObject = dict[str, object]

_RECENT = timedelta(days=7)
"""How long the page offers to undo a merge; the API always does."""

_MOST = 100
"""Merges and former numbers that are told of one customer, the newest; nobody has so many by themselves."""


def customer(actor: Actor, customer_id: CustomerId) -> JsonObject:
    """Return a customer: ids, links, numbers they had, merges, and who may be the same person.

    Raises:
        NotFound: they are not of the actor's organization.
    """
    actor.require(Permission.READ)
    with reading() as session:
        return _described(session, actor, customer_id)


def merge(actor: Actor, survivor: CustomerId, other: CustomerId) -> JsonObject:
    """Make two customers one, because a person says so; returns the one who remains.

    Raises:
        NotAllowed, NotFound, InvalidInput: nothing was changed.
    """
    actor.require(Permission.REPLY)
    whose: OfOrganization = {"organization_id": actor.organization_id}

    def merge_in(tx: Transaction) -> None:
        identity.merge(
            tx.session, survivor, other, reason=identity.Reason.PERSON, actor_id=actor.user_id, **whose
        )
        tx.after_commit(live.publish, live.Changed(actor.organization_id))

    patiently(merge_in)
    log.info("customers merged", extra={"organization_id": actor.organization_id, "user_id": actor.user_id})
    return customer(actor, survivor)


def undo(actor: Actor, merge_id: int) -> JsonObject:
    """Part two customers again; returns the one the other was merged into.

    Raises:
        NotAllowed, NotFound, InvalidInput: nothing was changed.
    """
    actor.require(Permission.REPLY)
    whose: OfOrganization = {"organization_id": actor.organization_id}

    def part(tx: Transaction) -> CustomerId:
        tx.after_commit(live.publish, live.Changed(actor.organization_id))
        return identity.undo(tx.session, merge_id, now=clock.now(), **whose)[0]

    survivor = patiently(part)
    log.info("customers parted", extra={"organization_id": actor.organization_id, "user_id": actor.user_id})
    return customer(actor, survivor)


def hints(actor: Actor, conversation_id: ConversationId) -> IdentityHints:
    """Return what the head of a thread says: who may be the same person, and who has been made one.

    Raises:
        NotFound: the conversation is not of the actor's organization.
    """
    actor.require(Permission.READ)
    whose: OfOrganization = {"organization_id": actor.organization_id}
    with reading() as session:
        found = conversations.get(session, conversation_id, **whose)
        if found is None:
            raise NotFound("No such conversation.")
        one = found[1]
        history = merges.of_customer(session, CustomerId(one.id or 0), limit=_MOST, **whose)
        alike = _duplicates(session, one, whose)
        last = _recent(one, history, now=clock.now())
        absorbed = last and customers.get(session, CustomerId(last.absorbed_id), **whose)
    return IdentityHints(
        customer_id=one.id or 0,
        duplicates=tuple(_namesake(each, each.id or 0) for each in alike),
        merged=(_namesake(absorbed, last.id or 0),) if last and absorbed else (),
    )


def _described(session: Session, actor: Actor, customer_id: CustomerId) -> JsonObject:
    whose: OfOrganization = {"organization_id": actor.organization_id}
    found = customers.get(session, customer_id, **whose)
    if found is None:
        raise NotFound("No such customer.")
    known = links.of_customer(session, customer_id, **whose)
    history = merges.of_customer(session, customer_id, limit=_MOST, **whose)
    absorbed = customers.several(session, {CustomerId(one.absorbed_id) for one in history}, **whose)
    numbers = {one.id: one.phone_number_id for one in channels.every(session, **whose)}
    return _person(found) | {
        "contact_name": found.contact_name,
        "is_confirmed": found.confirmed,
        "username": next((link.username for link in known if link.username), ""),
        "marketing_preference": found.marketing_preference,
        "merged_into_id": found.merged_into_id,
        "former_numbers": [
            {"wa_id": former.wa_id, "until": former.until.isoformat()}
            for former in customers.former(session, customer_id, limit=_MOST, **whose)
        ],
        "links": [_link(link, numbers[link.channel_id]) for link in known],
        "merges": [_merge(one, absorbed[one.absorbed_id]) for one in history],
        "duplicates": [_person(one) for one in _duplicates(session, found, whose)],
    }


def _duplicates(session: Session, one: Customer, whose: OfOrganization) -> list[Customer]:
    """Return whose number may be the same, spelt otherwise, but for those whom somebody has parted from them.

    Mobile and fixed line may have the same digits: these are shown to a person, and never merged by themselves.
    """
    if one.merged_into_id is not None:
        return []
    parted = merges.parted(session, CustomerId(one.id or 0), **whose)
    alike = customers.alike(session, one.match_key, **whose)
    return [each for each in alike if each.id not in {one.id, *parted}]


def _recent(one: Customer, history: Sequence[CustomerMerge], *, now: datetime) -> CustomerMerge | None:
    """Return the newest merge into a customer, if it stands and is recent: only that one can be undone at once."""
    standing = [merge for merge in history if merge.undone_at is None and merge.survivor_id == one.id]
    return next((merge for merge in standing if merge.at > now - _RECENT), None)


def _namesake(one: Customer, key: int) -> Namesake:
    number = display(WaId(one.wa_id)) if one.wa_id else ""
    return Namesake(key=key, name=one.contact_name or one.profile_name or number or "—", number=number)


def _person(one: Customer) -> JsonObject:
    return {"id": one.id, "name": one.profile_name, "wa_id": one.wa_id}


def _link(link: CustomerLink, phone_number_id: str) -> JsonObject:
    return {
        "phone_number_id": phone_number_id,
        "user_id": link.user_id,
        "parent_user_id": link.parent_user_id,
        "username": link.username,
        "wa_id": link.wa_id,
        "send_to": link.send_to,
        "seen_at": link.seen_at.isoformat(),
    }


def _merge(one: CustomerMerge, absorbed: Customer) -> JsonObject:
    return {
        "id": one.id,
        "reason": one.reason,
        "survivor_id": one.survivor_id,
        "absorbed": _person(absorbed),
        "at": one.at.isoformat(),
        "by_user_id": one.actor_id,
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
    }
