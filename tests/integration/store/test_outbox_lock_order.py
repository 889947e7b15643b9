"""Who changes a row of the outbox and who settles its line never wait for each other in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.domain.outbox_state import HoldReason, OutboxState
from campotech_wa.store import claims, merges, outbox, outbox_lines
from campotech_wa.store.transaction import Transaction, transaction
from tests.integration.desk import eventually, one
from tests.integration.store.waiting_room import (
    LATER,
    ORGANIZATION,
    claimed,
    conversations,
    headless,
    heads,
    queued,
    second,
)

pytestmark = pytest.mark.usefixtures("desk")


def dropped(message_id: MessageId) -> None:
    """A status says that Meta has it, while it waits to be sent again."""
    with transaction() as tx:
        freed = outbox.drop(tx.session, [message_id], organization_id=ORGANIZATION)
        outbox_lines.settle(tx.session, freed)


def postponed(message_id: MessageId) -> None:
    """The answer to its last request comes after it was given up and queued again."""
    with transaction() as tx:
        due = [(message_id, OutboxState.QUEUED, LATER, True)]
        claims.postpone(tx.session, due, organization_id=ORGANIZATION)
        outbox_lines.settle(tx.session, [_line_of(message_id)])


def held(message_id: MessageId) -> None:
    """It is about to leave, and the gate stops it."""
    with transaction() as tx:
        claims.hold(tx.session, [(message_id, HoldReason.WINDOW)], organization_id=ORGANIZATION)
        outbox_lines.settle(tx.session, [_line_of(message_id)])


def moved(message_id: MessageId) -> None:
    """Its customer turns out to be somebody else's double."""
    source = _line_of(message_id)
    with transaction() as tx:
        merges.move_messages(tx.session, source, ConversationId(source + 1), organization_id=ORGANIZATION)


def _line_of(message_id: MessageId) -> ConversationId:
    query = "select conversation_id from wa_outbound_queue where message_id = :id"
    return ConversationId(one(query, id=message_id))


def beside(
    act: Callable[[MessageId], None], message_id: MessageId, settling: Callable[[Transaction], None]
) -> None:
    """Let somebody act on a message while the line is being settled by somebody who has entered it before."""
    with ThreadPoolExecutor(1) as other, transaction() as tx:
        outbox_lines.lock(tx.session, [_line_of(message_id)])
        acting = other.submit(act, message_id)
        eventually(lambda: acting.done() or one("select count(*) from pg_locks where not granted"))
        settling(tx)
        tx.session.commit()
        acting.result()


@pytest.mark.parametrize("act", [dropped, postponed, held, moved])
def test_who_changes_the_next_one_waits_for_who_brings_it_forward(act: Callable[[MessageId], None]) -> None:
    ana, _ = conversations(2)
    first, following = queued(ana, enters_at=second(1)), queued(ana, enters_at=second(2))
    claimed(limit=1)

    def drop_the_first(tx: Transaction) -> None:
        outbox_lines.settle(tx.session, outbox.drop(tx.session, [first], organization_id=ORGANIZATION))

    beside(act, following, drop_the_first)

    assert heads() == ([following] if act in (postponed, moved) else [])
    assert headless() == 0


def test_who_holds_the_first_waits_for_who_brings_an_older_one_back() -> None:
    [ana] = conversations(1)
    older, newer = queued(ana, enters_at=second(1)), queued(ana, enters_at=second(2))
    held(older)

    beside(held, newer, lambda tx: outbox.release(tx.session, [older], organization_id=ORGANIZATION))

    assert heads() == [older]


def test_who_returns_a_claim_waits_for_its_message_before_its_row() -> None:
    [ana] = conversations(1)
    message_id = queued(ana)
    claimed()

    def give_back() -> None:
        with transaction() as tx:
            back = [(message_id, 1, datetime.now(UTC))]
            claims.give_back(tx.session, back, organization_id=ORGANIZATION)

    with ThreadPoolExecutor(1) as other, transaction() as tx:
        connection = tx.session.connection()
        connection.exec_driver_sql(f"select from wa_message where id = {message_id} for no key update")
        giving = other.submit(give_back)
        eventually(lambda: giving.done() or one("select count(*) from pg_locks where not granted"))
        connection.exec_driver_sql("update wa_outbound_queue set due_at = now()")
        tx.session.commit()
        giving.result()

    assert one("select state || attempts from wa_outbound_queue") == "queued0"
