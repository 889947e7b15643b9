"""What is most urgent is claimed first, by one claimer, at a cost that does not depend on how much waits."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from campotech_wa.domain.ids import MessageId
from campotech_wa.domain.outbox_state import Lane, OutboxState, Priority
from campotech_wa.store import claims
from campotech_wa.store.claims import Class
from campotech_wa.store.database import engine
from campotech_wa.store.transaction import Transaction, transaction
from tests.integration.desk import change, history_of, one, rows, state_of
from tests.integration.store.waiting_room import (
    CHANNEL,
    EVERYTHING,
    LATER,
    ORGANIZATION,
    claimed,
    conversations,
    heads,
    queued,
    second,
    take,
)

pytestmark = pytest.mark.usefixtures("desk")


def in_bulk(count: int) -> None:
    """Let a thousand customers have as many reminders in front of them, and PostgreSQL know of these alone."""
    everybody = conversations(min(count, 1000))
    change(
        """
        with written as (
            insert into wa_message (organization_id, channel_id, conversation_id, direction, origin, type, content,
                   envelope, state, error_detail, priority, sent_at)
            select 1, 1, :first + n % :people, 'outbound', 'desk', 'template', '{}', '{}', 'queued', '', 2, now()
            from generate_series(1, :count) as n returning id, conversation_id)
        insert into wa_outbound_queue (organization_id, channel_id, conversation_id, message_id, lane, priority,
               state, is_head, attempts, asked_after, enters_at, due_at, hold_reason, queued_at)
        select 1, 1, conversation_id, id, 'business', 2, 'queued',
               row_number() over (partition by conversation_id order by id) = 1, 0, 0, :at, :at, '', :at
        from written
        """,
        first=everybody[0],
        people=len(everybody),
        count=count,
        at=second(0),
    )
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum (analyze) wa_outbound_queue, wa_message, conversation, customer"))


def plan() -> dict[str, Any]:
    """Return how PostgreSQL found what a claim asks for, with what it read."""
    statement = text(f"explain (analyze, buffers, format json) {claims._HEADS}")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  (the very statement)
    asked = {"channel": CHANNEL, "organization": ORGANIZATION, "now": datetime.now(UTC), "limit": 16}
    with engine().begin() as connection:
        told = connection.execute(statement, {**asked, "classes": claims.as_rows(EVERYTHING)}).scalar_one()
    return told[0]["Plan"]


def nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node.get("Plans", []) for below in nodes(child))]


class TestOrder:
    def test_priority_goes_first_and_in_a_priority_replies_do(self) -> None:
        kinds = list(product(Priority, (Lane.REPLY, Lane.BUSINESS)))
        expected = [
            queued(who, priority=priority, lane=lane)
            for who, (priority, lane) in zip(conversations(6), kinds, strict=True)
        ]
        change("update wa_outbound_queue set due_at = due_at + (10 - id) * interval '1 second'")

        assert [head.message_id for head in claimed()] == expected

    def test_within_a_kind_who_waits_longest_goes_first(self) -> None:
        ana, beto, carla = conversations(3)
        last, first, middle = (
            queued(who, enters_at=second(when)) for who, when in ((ana, 3), (beto, 1), (carla, 2))
        )

        assert [head.message_id for head in claimed()] == [first, middle, last]

    def test_no_more_of_a_kind_than_there_is_room_for(self) -> None:
        for who in conversations(4):
            queued(who, priority=Priority.HIGH)
            queued(who, priority=Priority.LOW)

        got = claimed(classes=[Class(Lane.REPLY, Priority.HIGH, 3), Class(Lane.REPLY, Priority.LOW, 1)])

        assert Counter(head.priority for head in got) == {Priority.HIGH: 3, Priority.LOW: 1}

    def test_of_one_customer_one_message_of_each_priority_is_on_its_way(self) -> None:
        [ana] = conversations(1)
        first = queued(ana)
        queued(ana, enters_at=second(1))
        urgent = queued(ana, priority=Priority.HIGH)

        assert [head.message_id for head in claimed()] == [urgent, first]
        assert claimed() == []

    def test_what_is_not_due_stays(self) -> None:
        [ana] = conversations(1)
        queued(ana, enters_at=LATER)

        assert claimed() == []

    def test_another_channels_messages_stay(self) -> None:
        [ana] = conversations(1)
        queued(ana)
        change("update wa_outbound_queue set channel_id = 2")

        assert claimed() == []


class TestTaking:
    def test_it_is_on_its_way_with_a_request_and_a_line_of_its_history(self) -> None:
        [ana] = conversations(1)
        message_id = queued(ana)

        claimed()

        assert (state_of(message_id), history_of(message_id)) == ("sending", ["sending"])
        assert rows("select state, attempts from wa_outbound_queue") == [{"state": "sending", "attempts": 1}]
        assert rows("select number, outcome from wa_send_attempt") == [{"number": 1, "outcome": "pending"}]
        assert heads() == [message_id]

    def test_what_is_given_back_is_as_if_nobody_had_tried(self) -> None:
        [ana] = conversations(1)
        message_id = queued(ana)
        claimed()

        with transaction() as tx:
            claims.give_back(tx.session, [(message_id, 1, second(5))], organization_id=ORGANIZATION)

        assert (state_of(message_id), history_of(message_id)) == ("queued", [])
        assert rows("select attempts, due_at from wa_outbound_queue") == [
            {"attempts": 0, "due_at": second(5)}
        ]
        assert one("select count(*) from wa_send_attempt") == 0
        assert [head.last_attempt for head in claimed()] == [0]

    def test_giving_back_what_has_been_answered_meanwhile_changes_nothing(self) -> None:
        [ana] = conversations(1)
        message_id = queued(ana)
        claimed()
        change("update wa_send_attempt set outcome = 'accepted'")

        with transaction() as tx:
            claims.give_back(tx.session, [(message_id, 1, second(5))], organization_id=ORGANIZATION)

        assert (state_of(message_id), history_of(message_id)) == ("sending", ["sending"])

    def test_what_went_between_the_look_and_the_taking_is_not_taken(self) -> None:
        ana, beto = conversations(2)
        gone, there = queued(ana), queued(beto)
        now = datetime.now(UTC)

        with transaction() as tx:
            found = claims.heads(
                tx.session, EVERYTHING, organization_id=ORGANIZATION, channel_id=CHANNEL, now=now, limit=9
            )
            change("delete from wa_outbound_queue where message_id = :id", id=gone)
            got = take(tx.session, found, now)

        assert [head.message_id for head in got] == [there]
        assert [row["message_id"] for row in rows("select message_id from wa_send_attempt")] == [there]

    def test_a_lease_that_is_over_shows_and_one_that_was_extended_does_not(self) -> None:
        ana, beto = conversations(2)
        over, kept = queued(ana), queued(beto)
        claimed(second(0))
        with transaction() as tx:
            asked = [(kept, 1), (over, 7)]
            ours = claims.extend(tx.session, asked, organization_id=ORGANIZATION, lease_until=LATER)
        assert ours == {kept}

        with transaction() as tx:
            owed = claims.owed(tx.session, CHANNEL, list(OutboxState), now=second(61), limit=9)

        assert [row.message_id for row in owed] == [over]


class TestClaimers:
    def test_two_at_once_never_get_the_same_message(self) -> None:
        waiting = [queued(who) for who in conversations(60)]
        got = list[int]()

        def work() -> None:
            while some := claimed(limit=4):
                got.extend(head.message_id for head in some)

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(work) for _ in range(4)]:
                done.result()
        got.extend(head.message_id for head in claimed())

        assert sorted(got) == waiting
        assert one("select count(*) from wa_send_attempt") == 60

    def test_what_one_looks_at_the_other_passes_over(self) -> None:
        ana, beto = conversations(2)
        first, _ = queued(ana), queued(beto)

        def look(tx: Transaction, limit: int) -> list[MessageId]:
            found = claims.heads(
                tx.session,
                EVERYTHING,
                organization_id=ORGANIZATION,
                channel_id=CHANNEL,
                now=datetime.now(UTC),
                limit=limit,
            )
            return [head.message_id for head in found]

        with transaction() as one_tx, transaction() as other_tx:
            mine, theirs = look(one_tx, 1), look(other_tx, 2)

        assert mine == [first]
        assert first not in theirs


class TestCost:
    def test_a_claim_reads_as_much_of_ten_thousand_as_of_a_hundred(self) -> None:
        in_bulk(100)
        of_few = plan()
        change("truncate customer, conversation, wa_message, wa_outbound_queue cascade")
        in_bulk(10_000)
        of_many = plan()

        scans = [node for node in nodes(of_many) if "Scan" in node["Node Type"] and "Relation Name" in node]
        assert {node["Relation Name"] for node in scans} >= {"wa_outbound_queue", "wa_message", "customer"}
        assert [node["Relation Name"] for node in scans if node["Node Type"] == "Seq Scan"] == []
        read = [node["Shared Hit Blocks"] + node["Shared Read Blocks"] for node in (of_few, of_many)]
        assert read[1] < 2 * read[0] + 100

    def test_the_head_that_leaves_hands_over_to_the_next(self) -> None:
        in_bulk(2000)

        got = claimed(limit=16)

        assert len({head.conversation_id for head in got}) == len(got) == 16
        assert all(head.enters_at <= second(0) + timedelta(seconds=1) for head in got)
