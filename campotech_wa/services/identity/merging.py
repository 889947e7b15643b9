"""Make two customers one: everything moves to the survivor, and is written down so that it can move back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain.ids import (
    ChannelId,
    ConversationId,
    CustomerId,
    OfOrganization,
    OrganizationId,
    UserId,
    WaId,
)
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services.identity import combining
from campotech_wa.store import conversations, customers, links, merges
from campotech_wa.tables.conversations import Conversation, Customer


class Reason(StrEnum):
    """Why two customers are one."""

    SAME_USER_ID = "same_user_id"
    SAME_NUMBER = "same_number"
    CHANGED_NUMBER = "changed_number"
    PERSON = "person"
    """A person said so."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two, locked."""

    survivor: Customer
    absorbed: Customer
    whose: OfOrganization

    @property
    def survivor_id(self) -> CustomerId:
        """Who remains."""
        return CustomerId(self.survivor.id or 0)

    @property
    def absorbed_id(self) -> CustomerId:
        """Who is merged into the survivor."""
        return CustomerId(self.absorbed.id or 0)


def merge(
    session: Session,
    survivor: CustomerId,
    absorbed: CustomerId,
    *,
    organization_id: OrganizationId,
    reason: Reason,
    actor_id: UserId | None = None,
    number: WaId | None = None,
    at: datetime | None = None,
) -> int:
    """Merge one customer into another; returns the id under which it can be undone.

    ``number`` is theirs from now on, where Meta has just shown it, and ``at`` is since when. Who adds a message
    holds its conversation with a lock that this one excludes: a message is either there before, and moves, or is
    put where the merge leads (``conversations.hold``).

    Raises:
        NotFound: one of them is not of this organization.
        InvalidInput: they are one already.
    """
    pair = _hold(session, survivor, absorbed, {"organization_id": organization_id})
    moved: dict[str, Any] = _move_threads(session, pair) | _move_ids(session, pair, number, at or clock.now())
    return merges.add(
        session,
        pair.survivor_id,
        pair.absorbed_id,
        reason=reason,
        actor_id=actor_id,
        moved=moved,
        **pair.whose,
    )


def _hold(session: Session, survivor: CustomerId, absorbed: CustomerId, whose: OfOrganization) -> _Pair:
    held = {one.id: one for one in customers.hold(session, {survivor, absorbed}, **whose)}
    if survivor not in held or absorbed not in held:
        raise NotFound("No such customer.")
    pair = _Pair(held[survivor], held[absorbed], whose)
    if survivor == absorbed or pair.survivor.merged_into_id or pair.absorbed.merged_into_id:
        raise InvalidInput(
            "already_merged", field="other_id", detail="These are one customer already: read them again."
        )
    return pair


def _move_threads(session: Session, pair: _Pair) -> dict[str, Any]:
    """Move every channel's messages into the survivor's conversation there."""
    found = merges.hold_threads(session, {pair.survivor_id, pair.absorbed_id}, **pair.whose)
    standing = [thread for thread in found if thread.merged_into_id is None]
    theirs = {thread.channel_id: thread for thread in standing if thread.customer_id == pair.survivor_id}
    return {
        "threads": [
            _move_thread(session, thread, theirs.get(thread.channel_id), pair)
            for thread in standing
            if thread.customer_id == pair.absorbed_id
        ]
    }


def _move_thread(
    session: Session, thread: Conversation, known: Conversation | None, pair: _Pair
) -> dict[str, Any]:
    target = known or _new_thread(session, ChannelId(thread.channel_id), pair)
    source_id, target_id = ConversationId(thread.id or 0), ConversationId(target.id or 0)
    after = combining.threads(target, thread)
    before = {name: getattr(target, name) for name in after}
    merges.describe_thread(session, target_id, **after, **pair.whose)
    folded = merges.fold_threads(session, source_id, target_id, **pair.whose)
    merges.describe_thread(session, source_id, merged_into_id=target_id, **pair.whose)
    return {
        "from": source_id,
        "to": target_id,
        "is_new": known is None,
        "newest": merges.newest_message(session, (source_id, target_id), **pair.whose),
        "messages": merges.move_messages(session, source_id, target_id, **pair.whose),
        "folded": folded,
        "before": combining.plain(before),
        "after": combining.plain(after),
    }


def _new_thread(session: Session, channel_id: ChannelId, pair: _Pair) -> Conversation:
    conversations.find_or_add(session, channel_id=channel_id, customer_id=pair.survivor_id, **pair.whose)
    found = merges.hold_threads(session, {pair.survivor_id}, **pair.whose)
    return next(thread for thread in found if thread.channel_id == channel_id)


def _move_ids(session: Session, pair: _Pair, number: WaId | None, at: datetime) -> dict[str, Any]:
    """Move what names the two: links, numbers, and what each is called."""
    both = (pair.survivor_id, pair.absorbed_id)
    after, gone = combining.customers(pair.survivor, pair.absorbed, number)
    dropped = combining.given_up(pair.survivor, pair.absorbed, number)
    before, was = combining.changed(pair.survivor, after), combining.changed(pair.absorbed, gone)
    after = {name: after[name] for name in before}
    # The absorbed one first: the number of one row can not be on another yet.
    customers.describe(session, pair.absorbed_id, **gone, merged_into_id=pair.survivor_id, **pair.whose)
    customers.describe(session, pair.survivor_id, **after, **pair.whose)
    return {
        "survivor": {"before": combining.plain(before), "after": combining.plain(after)},
        "absorbed": combining.plain(was),
        "number": number,
        "numbers": links.renumber(session, both, dropped, number, **pair.whose) if dropped else [],
        "links": merges.move_links(session, pair.absorbed_id, pair.survivor_id, **pair.whose),
        "former": merges.move_former(session, pair.absorbed_id, pair.survivor_id, **pair.whose),
        "given_up": [
            customers.add_former(session, pair.survivor_id, wa_id, until=at, **pair.whose)
            for wa_id in dropped
        ],
        "customers": merges.fold_customers(session, pair.absorbed_id, pair.survivor_id, **pair.whose),
    }
