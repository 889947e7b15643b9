"""Store the messages of a batch: their customers, their conversations, the rows, the list's lines, their files."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campotech_wa import clock
from campotech_wa.domain import effects, moments, storable, summary
from campotech_wa.domain.effects import Effects
from campotech_wa.domain.ids import ConversationId, CustomerId
from campotech_wa.domain.message_state import MessageOrigin, MessageState, of_history
from campotech_wa.meta.inbound import Author, Message, Person, contents
from campotech_wa.services import attachments, identity
from campotech_wa.services.process.scope import Scope
from campotech_wa.store import conversations, messages
from campotech_wa.store.conversations import Note
from campotech_wa.store.messages import NewMessage

log = logging.getLogger(__name__)

PLACEHOLDER = "media_placeholder"
"""The type that holds the place of a file in the history, until the file comes."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message on its way into the store."""

    item: Message
    row: NewMessage
    effects: Effects


def store_all(session: Session, scope: Scope, items: Sequence[Message]) -> None:
    """Insert what is not there yet; a repeated webhook changes nothing."""
    known = identity.known(session, {item.person: None for item in items}, **scope.whose)
    items = _unheard(session, scope, items, known)
    customers = _customers(session, scope, items, known)
    threads = conversations.of_customers(session, set(customers.values()), **scope.whose)
    now = clock.now()
    arrivals = _each_once(_arrival(item, threads[customers[item.person]], now=now) for item in items)
    added = messages.add_all(session, [arrival.row for arrival in arrivals], **scope.whose)
    new = [arrival for arrival in arrivals if arrival.row.wamid in added]
    conversations.note_all(session, _notes(new), organization_id=scope.organization_id)
    scope.touched |= {arrival.row.conversation_id for arrival in new}
    scope.heard |= {arrival.row.conversation_id for arrival in new if arrival.effects.opens_window}
    for arrival in new:
        _report_unknown(arrival, scope)
        if arrival.item.media:
            message_id = added[arrival.row.wamid]
            attachments.expect(session, arrival.item.media, message_id, **scope.whose)
            scope.files = True


def _report_unknown(arrival: _Arrival, scope: Scope) -> None:
    """Say that Meta has a type or a shape we do not know. The message is kept and shown; people teach us the rest."""
    is_known = arrival.row.type in contents.CONTENTS
    if not is_known or not arrival.item.is_readable:
        kind = arrival.row.type if is_known else "unknown"
        log.warning("message not understood", extra={"kind": kind, "channel_id": scope.channel_id})


def _unheard(
    session: Session, scope: Scope, items: Sequence[Message], known: Mapping[Person, CustomerId]
) -> Sequence[Message]:
    """Leave out what strangers said that is stored already: a repetition must not bring back who they were then."""
    named = {storable.text(item.wamid) for item in items if item.person not in known}
    stored = messages.stored(session, named, **scope.whose) if named else frozenset[str]()
    return [item for item in items if storable.text(item.wamid) not in stored]


def _customers(
    session: Session, scope: Scope, items: Iterable[Message], known: Mapping[Person, CustomerId]
) -> dict[Person, CustomerId]:
    """Return everybody's customer; only somebody new, or of whom something is new, is dealt with alone."""
    people = {item.person: None for item in items}
    return {
        person: known[person] if person in known else identity.recognise(session, person, **scope.whose)
        for person in people
    }


def _arrival(item: Message, conversation_id: ConversationId, *, now: datetime) -> _Arrival:
    is_from_customer = item.author is Author.CUSTOMER
    origin = _origin(item)
    kind, content = storable.text(item.type), storable.tree(item.content)
    row = NewMessage(
        conversation_id=conversation_id,
        direction="inbound" if is_from_customer else "outbound",
        origin=origin,
        type=kind,
        content=content,
        envelope=storable.tree(item.envelope),
        target_wamid=storable.text(item.target_wamid) if item.target_wamid else None,
        wamid=storable.text(item.wamid),
        state=MessageState.RECEIVED if is_from_customer else of_history(item.history_status),
        sent_at=moments.refined(item.sent_at, now=now),
    )
    in_group = "group_id" in item.envelope
    return _Arrival(
        item,
        row,
        effects.of(kind, content, origin=origin, is_from_customer=is_from_customer, is_in_group=in_group),
    )


def _origin(item: Message) -> MessageOrigin:
    if item.is_history:
        return MessageOrigin.HISTORY
    if item.author is Author.BUSINESS:
        return MessageOrigin.PHONE
    return MessageOrigin.META if item.type == "system" else MessageOrigin.CUSTOMER


def _each_once(arrivals: Iterable[_Arrival]) -> list[_Arrival]:
    """Leave out what one POST repeats; what only held the place of a file gives way to the file."""
    first: dict[str, _Arrival] = {}
    for arrival in arrivals:
        before = first.setdefault(arrival.row.wamid, arrival)
        if before.row.type == PLACEHOLDER:
            first[arrival.row.wamid] = arrival
    return list(first.values())


def _notes(new: Iterable[_Arrival]) -> list[Note]:
    return [
        Note(
            conversation_id=arrival.row.conversation_id,
            direction=arrival.row.direction,
            preview=summary.of(arrival.row.type, arrival.row.content),
            at=arrival.row.sent_at,
            is_unread=arrival.effects.is_unread,
            opens_window=arrival.effects.opens_window,
        )
        for arrival in new
        if arrival.effects.is_last_line
    ]
