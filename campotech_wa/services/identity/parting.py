"""Undo a merge: everything that moved goes back, and what came in between stays with the survivor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import (
    ConversationId,
    CustomerId,
    OfOrganization,
    OrganizationId,
    WaId,
)
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services.identity import combining
from campotech_wa.store import customers, links, merges
from campotech_wa.tables.conversations import Conversation, Customer, CustomerMerge


def undo(
    session: Session, merge_id: int, *, organization_id: OrganizationId, now: datetime
) -> tuple[CustomerId, CustomerId]:
    """Part two customers again; returns the survivor of the merge and who is back.

    Only the newest merge of a customer can be undone: what a later one moved stands on what this one moved.

    Raises:
        NotFound: the merge is not of this organization.
        InvalidInput: it has been undone, or a later one stands.
    """
    whose: OfOrganization = {"organization_id": organization_id}
    merge = _hold(session, merge_id, whose)
    survivor_id, absorbed_id = CustomerId(merge.survivor_id), CustomerId(merge.absorbed_id)
    held = {one.id: one for one in customers.hold(session, {survivor_id, absorbed_id}, **whose)}
    if merges.has_later(session, merge_id, survivor_id, **whose):
        raise InvalidInput(
            "later_merge", detail="A later merge of this customer stands: undo that one first."
        )
    found = merges.hold_threads(session, {survivor_id, absorbed_id}, **whose)
    threads = {thread.id: thread for thread in found}
    moved: Mapping[str, Any] = dict(merge.moved)
    for each in moved["threads"]:
        _part_threads(session, each, threads, whose)
    _part_ids(session, moved, held[survivor_id], held[absorbed_id], whose)
    merge.undone_at = now
    session.flush()
    return survivor_id, absorbed_id


def _hold(session: Session, merge_id: int, whose: OfOrganization) -> CustomerMerge:
    merge = merges.hold(session, merge_id, **whose)
    if merge is None:
        raise NotFound("No such merge.")
    if merge.undone_at is not None:
        raise InvalidInput("already_undone", detail="This merge has been undone already.")
    return merge


def _part_threads(
    session: Session,
    moved: Mapping[str, Any],
    threads: Mapping[int | None, Conversation],
    whose: OfOrganization,
) -> None:
    source_id, target_id = ConversationId(moved["from"]), ConversationId(moved["to"])
    merges.move_messages(session, target_id, source_id, only=moved["messages"], **whose)
    merges.fold_threads(session, target_id, source_id, only=moved["folded"], **whose)
    target, source = threads[target_id], threads[source_id]
    heard = merges.heard_since(session, target_id, moved["newest"], **whose)
    back = combining.thread_before(target, moved["before"], moved["after"])
    theirs, back_theirs = combining.unread(target.unread_count, source.unread_count, heard)
    merges.describe_thread(session, target_id, unread_count=theirs, **back, **whose)
    merges.describe_thread(session, source_id, unread_count=back_theirs, merged_into_id=None, **whose)
    if moved["is_new"]:
        merges.drop_if_empty(session, target_id, **whose)


def _part_ids(
    session: Session,
    moved: Mapping[str, Any],
    survivor: Customer,
    absorbed: Customer,
    whose: OfOrganization,
) -> None:
    survivor_id, absorbed_id = CustomerId(survivor.id or 0), CustomerId(absorbed.id or 0)
    merges.drop_former(session, moved["given_up"], **whose)
    merges.move_former(session, survivor_id, absorbed_id, only=moved["former"], **whose)
    links.restore(session, moved["numbers"], moved["number"], **whose)
    merges.move_links(session, survivor_id, absorbed_id, only=moved["links"], **whose)
    merges.fold_customers(session, survivor_id, absorbed_id, only=moved["customers"], **whose)
    back = combining.customer_before(survivor, **moved["survivor"])
    customers.describe(session, survivor_id, **_if_free(session, survivor, back, whose), **whose)
    was = _if_free(session, absorbed, moved["absorbed"], whose)
    customers.describe(session, absorbed_id, merged_into_id=None, **was, **whose)


def _if_free(
    session: Session, customer: Customer, values: combining.Values, whose: OfOrganization
) -> combining.Values:
    """Give no number back that is somebody else's by now."""
    wa_id = values.get("wa_id")
    holder = customers.by_wa_id(session, WaId(wa_id), **whose) if wa_id else None
    is_taken = holder is not None and holder.id != customer.id
    return values | combining.NO_NUMBER if is_taken else values
