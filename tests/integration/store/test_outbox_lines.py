"""In each line of the outbox it is the turn of exactly one, whatever happens in whatever order."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.domain.outbox_state import HoldReason, Lane, OutboxState, Priority
from campotech_wa.store import claims, outbox, outbox_lines, queue
from campotech_wa.store.transaction import Transaction, transaction
from tests.integration.desk import change, eventually, one, rows
from tests.integration.store.waiting_room import (
    CHANNEL,
    EVERYTHING,
    LATER,
    ORGANIZATION,
    claimed,
    conversations,
    headless,
    heads,
    message,
    put,
    queued,
    second,
    take,
)

pytestmark = pytest.mark.usefixtures("desk")

ON_ITS_WAY = (OutboxState.SENDING, OutboxState.UNCONFIRMED)


def hold(tx: Transaction, message_id: MessageId, conversation_id: ConversationId) -> None:
    claims.hold(tx.session, [(message_id, HoldReason.WINDOW)], organization_id=ORGANIZATION)
    outbox_lines.settle(tx.session, [conversation_id])


def wait(message_id: MessageId, state: OutboxState, until: datetime) -> None:
    with transaction() as tx:
        claims.postpone(tx.session, [(message_id, state, until, True)], organization_id=ORGANIZATION)


def drop(message_id: MessageId) -> None:
    with transaction() as tx:
        freed = outbox.drop(tx.session, [message_id], organization_id=ORGANIZATION)
        outbox_lines.settle(tx.session, freed)


def cancelled(message_id: MessageId) -> None:
    with transaction() as tx:
        outbox.cancel(tx.session, message_id, organization_id=ORGANIZATION)


def put_off(message_id: MessageId) -> None:
    with transaction() as tx:
        outbox.reschedule(
            tx.session,
            message_id,
            organization_id=ORGANIZATION,
            priority=Priority.NORMAL,
            enters_at=second(3),
        )


def cancelled_with_all(_: MessageId) -> None:
    with transaction() as tx:
        taken = queue.take_waiting(
            tx.session,
            CHANNEL,
            organization_id=ORGANIZATION,
            lane=Lane.REPLY,
            priority=Priority.NORMAL,
            before=LATER,
            limit=10,
        )
        outbox_lines.settle(tx.session, [conversation for _, conversation in taken])


def of_line(conversation_id: ConversationId) -> list[MessageId]:
    query = "select message_id from wa_outbound_queue where is_head and conversation_id = :id"
    return [MessageId(row["message_id"]) for row in rows(query, id=conversation_id)]


class TestTurn:
    def test_it_is_the_turn_of_who_asked_first(self) -> None:
        [ana] = conversations(1)
        second_one, first = queued(ana, enters_at=second(2)), queued(ana, enters_at=second(1))

        assert heads() == [first]
        drop(first)
        assert heads() == [second_one]

    def test_of_two_at_the_same_moment_the_one_that_was_written_first(self) -> None:
        [ana] = conversations(1)
        first = queued(ana)
        queued(ana)

        assert heads() == [first]

    def test_each_customer_and_each_priority_has_a_line(self) -> None:
        ana, beto = conversations(2)
        all_four = [
            queued(who, priority=rank) for who in (ana, beto) for rank in (Priority.HIGH, Priority.LOW)
        ]

        assert heads() == all_four

    def test_one_scheduled_for_later_lets_others_pass(self) -> None:
        [ana] = conversations(1)
        queued(ana, enters_at=LATER)
        now = queued(ana)

        assert heads() == [now]
        assert [head.message_id for head in claimed()] == [now]

    def test_one_that_waits_for_its_next_try_does_not(self) -> None:
        [ana] = conversations(1)
        first = queued(ana)
        queued(ana, enters_at=second(1))
        claimed()
        wait(first, OutboxState.QUEUED, LATER)

        assert (heads(), claimed()) == ([first], [])

    @pytest.mark.parametrize("state", ON_ITS_WAY)
    def test_one_on_its_way_keeps_its_turn_although_an_older_one_comes_back(self, state: OutboxState) -> None:
        [ana] = conversations(1)
        older, newer = queued(ana, enters_at=second(1)), queued(ana, enters_at=second(2))
        with transaction() as tx:
            hold(tx, older, ana)
        claimed()
        wait(newer, state, LATER)

        with transaction() as tx:
            outbox.release(tx.session, [older], organization_id=ORGANIZATION)

        assert heads() == [newer]
        drop(newer)
        assert heads() == [older]

    def test_a_line_that_is_empty_has_no_head(self) -> None:
        [ana] = conversations(1)
        drop(queued(ana))

        assert (heads(), headless()) == ([], 0)

    def test_what_moves_to_another_customer_joins_their_lines(self) -> None:
        ana, beto = conversations(2)
        late = queued(beto, enters_at=second(2))
        early = queued(ana, enters_at=second(1))

        with transaction() as tx:
            for table in ("wa_outbound_queue", "wa_message"):
                tx.session.connection().exec_driver_sql(
                    f"update {table} set conversation_id = {beto}"  # noqa: S608  (ours)
                    + (", is_head = false" if table == "wa_outbound_queue" else "")
                )
            outbox_lines.settle(tx.session, [ana, beto])

        assert heads() == [early]
        drop(early)
        assert heads() == [late]


@dataclass
class Row:
    """What the model knows of a row."""

    conversation: ConversationId
    priority: Priority
    enters_at: datetime
    state: OutboxState = OutboxState.QUEUED
    is_head: bool = False


class Model:
    """The lines as plain Python keeps them."""

    def __init__(self) -> None:
        self.rows: dict[MessageId, Row] = {}

    def settle(self) -> None:
        for key in {(row.conversation, row.priority) for row in self.rows.values()}:
            line = sorted(
                (row.enters_at, message_id)
                for message_id, row in self.rows.items()
                if (row.conversation, row.priority) == key and row.state is not OutboxState.HELD
            )
            ids = [
                message_id for message_id, row in self.rows.items() if (row.conversation, row.priority) == key
            ]
            under_way = [
                each for each in ids if self.rows[each].state in ON_ITS_WAY and self.rows[each].is_head
            ]
            for each in ids:
                self.rows[each].is_head = each in under_way or (
                    not under_way and bool(line) and each == line[0][1]
                )

    def heads(self) -> set[MessageId]:
        return {message_id for message_id, row in self.rows.items() if row.is_head}


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "cancel", "reschedule", "hold", "release", "claim", "retry", "drop", "merge"]
        ),
        st.integers(0, 7),
        st.integers(0, 5),
    ),
    min_size=5,
    max_size=18,
)


class TestAnyOrder:
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(script=steps)
    def test_the_store_and_a_plain_model_name_the_same_heads(
        self, script: list[tuple[str, int, int]]
    ) -> None:
        change("truncate customer, conversation, wa_message, wa_outbound_queue, wa_send_attempt cascade")
        lines, model = conversations(2), Model()

        for word, which, number in script:
            self.apply(model, lines, word, which, number)
            model.settle()

            assert set(heads()) == model.heads(), (word, which, number)
            assert headless() == 0

    def apply(self, model: Model, lines: list[ConversationId], word: str, which: int, number: int) -> None:
        rank, when, line = Priority(number % 3), second(number), lines[which % 2]
        if word == "add":
            message_id = queued(line, priority=rank, enters_at=when)
            model.rows[message_id] = Row(line, rank, when)
            return
        if word == "claim":
            for head in claimed(limit=1 + number):
                model.rows[head.message_id].state = OutboxState.SENDING
            return
        if word == "merge":
            self.merge(model, *lines)
            return
        if not model.rows:
            return
        message_id = sorted(model.rows)[which % len(model.rows)]
        getattr(self, word)(model, message_id, rank, when)

    def cancel(self, model: Model, message_id: MessageId, *_: object) -> None:
        with transaction() as tx:
            gone = outbox.cancel(tx.session, message_id, organization_id=ORGANIZATION)
        assert gone == (model.rows[message_id].state not in ON_ITS_WAY)
        if gone:
            del model.rows[message_id]

    def reschedule(self, model: Model, message_id: MessageId, rank: Priority, when: datetime) -> None:
        with transaction() as tx:
            moved = outbox.reschedule(
                tx.session, message_id, organization_id=ORGANIZATION, priority=rank, enters_at=when
            )
        row = model.rows[message_id]
        assert moved == (row.state not in ON_ITS_WAY)
        if moved:
            model.rows[message_id] = Row(row.conversation, rank, when)

    def hold(self, model: Model, message_id: MessageId, *_: object) -> None:
        row = model.rows[message_id]
        with transaction() as tx:
            hold(tx, message_id, row.conversation)
        if row.state is OutboxState.QUEUED:
            row.state = OutboxState.HELD

    def release(self, model: Model, message_id: MessageId, *_: object) -> None:
        with transaction() as tx:
            outbox.release(tx.session, [message_id], organization_id=ORGANIZATION)
        if model.rows[message_id].state is OutboxState.HELD:
            model.rows[message_id].state = OutboxState.QUEUED

    def retry(self, model: Model, message_id: MessageId, *_: object) -> None:
        """A request came to nothing: it is queued again, or unconfirmed."""
        row = model.rows[message_id]
        if row.state in ON_ITS_WAY:
            row.state = ON_ITS_WAY[1] if row.state is ON_ITS_WAY[0] else OutboxState.QUEUED
            with transaction() as tx:
                due = [(message_id, row.state, second(0), True)]
                claims.postpone(tx.session, due, organization_id=ORGANIZATION)
                outbox_lines.settle(tx.session, [row.conversation])

    def drop(self, model: Model, message_id: MessageId, *_: object) -> None:
        drop(message_id)
        del model.rows[message_id]

    def merge(self, model: Model, source: ConversationId, target: ConversationId) -> None:
        """Two customers turn out to be one: what waits of the first goes to the second, as ``store.merges`` does."""
        if any(row.state in ON_ITS_WAY for row in model.rows.values()):
            return
        with transaction() as tx:
            tx.session.connection().exec_driver_sql(
                f"update wa_outbound_queue set conversation_id = {target}, is_head = false "  # noqa: S608  (ours)
                f"where conversation_id = {source}"
            )
            outbox_lines.settle(tx.session, [source, target])
        for row in model.rows.values():
            row.conversation = target


class TestAtOnce:
    def test_who_adds_and_who_drops_at_the_same_time_leave_no_line_without_a_head(self) -> None:
        [ana, beto] = conversations(2)
        written = {who: [message(who) for _ in range(30)] for who in (ana, beto)}

        def add(who: ConversationId) -> None:
            for number, message_id in enumerate(written[who]):
                with transaction() as tx:
                    put(tx.session, who, message_id, enters_at=second(number % 7))

        def take_out(who: ConversationId) -> None:
            for _ in range(40):
                for message_id in of_line(who):
                    drop(message_id)

        with ThreadPoolExecutor(4) as pool:
            work = [pool.submit(step, who) for step in (add, take_out) for who in (ana, beto)]
            for done in work:
                done.result()

        assert headless() == 0
        while waiting := heads():
            for message_id in waiting:
                drop(message_id)
        assert one("select count(*) from wa_outbound_queue") == 0

    def test_one_that_is_just_being_claimed_keeps_its_turn_although_an_older_one_comes_back(self) -> None:
        [ana] = conversations(1)
        older, newer = queued(ana, enters_at=second(1)), queued(ana, enters_at=second(2))
        with transaction() as tx:
            hold(tx, older, ana)

        def come_back() -> None:
            with transaction() as tx:
                outbox.release(tx.session, [older], organization_id=ORGANIZATION)

        with ThreadPoolExecutor(1) as other, transaction() as tx:
            now = datetime.now(UTC)
            found = claims.heads(
                tx.session, EVERYTHING, organization_id=ORGANIZATION, channel_id=CHANNEL, now=now, limit=1
            )
            take(tx.session, found, now)
            back = other.submit(come_back)
            eventually(lambda: back.done() or one("select count(*) from pg_locks where not granted"))
            tx.session.commit()
            back.result()

        assert heads() == [newer]

    @pytest.mark.parametrize("taken_out_by", [cancelled, put_off, cancelled_with_all])
    def test_who_takes_out_the_next_one_and_who_drops_the_head_do_not_wait_in_a_circle(
        self, taken_out_by: Callable[[MessageId], None]
    ) -> None:
        [ana] = conversations(1)
        first, following = queued(ana, enters_at=second(1)), queued(ana, enters_at=second(2))
        claimed(limit=1)

        with ThreadPoolExecutor(1) as other, transaction() as tx:
            outbox_lines.enter(tx.session, [first])
            gone = other.submit(taken_out_by, following)
            eventually(lambda: gone.done() or one("select count(*) from pg_locks where not granted"))
            outbox_lines.settle(tx.session, outbox.drop(tx.session, [first], organization_id=ORGANIZATION))
            tx.session.commit()
            gone.result()

        assert heads() == ([following] if taken_out_by is put_off else [])

    def test_many_lines_at_once_are_settled_in_one_order(self) -> None:
        everybody = conversations(6)
        for who in everybody:
            queued(who)

        def settle_all(seed: int) -> None:
            for _ in range(15):
                mixed = random.Random(seed).sample(everybody, len(everybody))  # noqa: S311  (no secret)
                with transaction() as tx:
                    outbox_lines.settle(tx.session, mixed)

        with ThreadPoolExecutor(4) as pool:
            faults = [done.exception() for done in [pool.submit(settle_all, seed) for seed in range(4)]]

        assert not any(isinstance(fault, OperationalError) for fault in faults)
        assert len(heads()) == 6
