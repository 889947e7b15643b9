"""People as Meta names them, and what the desk knows of them: what the tests of identity share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from campotech_wa.domain.ids import (
    BusinessScopedUserId,
    ChannelId,
    ConversationId,
    CustomerId,
    OfChannel,
    OrganizationId,
    WaId,
)
from campotech_wa.domain.message_state import MessageState
from campotech_wa.domain.phones import read_typed
from campotech_wa.meta.inbound.items import Person
from campotech_wa.services import identity
from campotech_wa.store import conversations, messages
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, JsonObject, rows

OURS: OfChannel = {"organization_id": OrganizationId(1), "channel_id": ChannelId(1)}
THEIRS: OfChannel = {"organization_id": OrganizationId(2), "channel_id": ChannelId(2)}

_numbers = count(1)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def person(
    wa_id: str | None = ANA, user_id: str | None = None, *, name: str = "Ana", username: str = ""
) -> Person:
    """Make somebody as Meta names them."""
    return Person(
        wa_id=WaId(wa_id) if wa_id else None,
        user_id=BusinessScopedUserId(user_id) if user_id else None,
        name=name,
        username=username,
    )


def met(who: Person, whose: OfChannel = OURS) -> CustomerId:
    """Recognise somebody in a transaction of their own."""
    with transaction() as tx:
        return identity.recognise(tx.session, who, **whose)


def spelt(number: str, whose: OfChannel = OURS) -> CustomerId:
    """Write a number as a person does; returns whom it stands for."""
    with transaction() as tx:
        reading = read_typed(number, default_area=None)
        return identity.typed(tx.session, reading, organization_id=whose["organization_id"])[0]


def writes(
    customer_id: CustomerId, *, inbound: bool = True, minute: int = 0, whose: OfChannel = OURS
) -> ConversationId:
    """Put a message into a customer's thread, as processing or composing does; returns the thread."""
    with transaction() as tx:
        return put(tx.session, customer_id, inbound=inbound, minute=minute, whose=whose)


def put(
    session: Session,
    customer_id: CustomerId,
    *,
    inbound: bool = True,
    minute: int = 0,
    whose: OfChannel = OURS,
) -> ConversationId:
    """Do the same in a transaction of the caller's."""
    number, at = next(_numbers), NOON + timedelta(minutes=minute)
    conversation_id = conversations.find_or_add(session, customer_id=customer_id, **whose)
    direction = "inbound" if inbound else "outbound"
    messages.add(
        session,
        conversation_id=conversation_id,
        direction=direction,
        origin="customer" if inbound else "desk",
        type="text",
        content={"body": f"mensaje {number}"},
        envelope={},
        wamid=f"wamid.identity.{number}",
        state=MessageState.RECEIVED if inbound else MessageState.SENT,
        sent_at=at,
        **whose,
    )
    preview, own = f"mensaje {number}", whose["organization_id"]
    if inbound:
        note = conversations.Note(conversation_id, direction, preview, at, is_unread=True, opens_window=True)
        conversations.note_all(session, [note], organization_id=own)
    else:
        conversations.note_message(session, conversation_id, preview=preview, at=at, organization_id=own)
    return conversation_id


def merged(survivor: CustomerId, absorbed: CustomerId) -> int:
    """Merge two customers because a person says so."""
    with transaction() as tx:
        return identity.merge(
            tx.session,
            survivor,
            absorbed,
            organization_id=OrganizationId(1),
            reason=identity.Reason.PERSON,
        )


def undone(merge_id: int) -> None:
    """Undo a merge."""
    with transaction() as tx:
        identity.undo(tx.session, merge_id, organization_id=OrganizationId(1), now=datetime.now(UTC))


def same(who: Person, **changes: object) -> Person:
    """Return the same person with other ids."""
    return replace(who, **changes)  # pyright: ignore[reportArgumentType]


def customers() -> list[JsonObject]:
    """Return the customers on lists: those who were not merged."""
    return rows(
        "select id, wa_id, confirmed, profile_name, contact_name from customer"
        " where merged_into_id is null order by id"
    )


def numbers() -> list[str | None]:
    """Return the numbers of the customers on lists."""
    return [row["wa_id"] for row in customers()]


def links() -> list[tuple[int, str | None, str | None]]:
    """Return each link's customer, number and user id."""
    found = rows("select customer_id, wa_id, user_id from customer_link order by id")
    return [(row["customer_id"], row["wa_id"], row["user_id"]) for row in found]


def everything() -> dict[str, list[JsonObject]]:
    """Return every row that a merge may touch, but for the merge itself."""
    tables = (
        "customer",
        "customer_link",
        "former_number",
        "conversation",
        "wa_message",
        "wa_outbound_queue",
    )
    return {table: rows(f"select * from {table} order by id") for table in tables}  # noqa: S608  (our own names)
