"""Whoever comes in between, a person is written down once, and a merge loses no message."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier, Event
from typing import Any

import httpx
import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import CustomerId, WaId
from campotech_wa.errors import InvalidInput
from campotech_wa.meta.inbound.items import Person, Renumbered
from campotech_wa.services import customers, identity
from campotech_wa.services.identity import Reached
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, BETO, change, drain, eventually, hear, one, rows, say, text
from tests.integration.services.identity.acquaintance import (
    NOON,
    OURS,
    links,
    merged,
    met,
    person,
    put,
    spelt,
    undone,
    writes,
)

pytestmark = pytest.mark.usefixtures("desk")

HIDDEN_MESSAGES = """
    select count(*) from wa_message m join conversation c on c.id = m.conversation_id
    where c.merged_into_id is not null
"""


LANDLINE = "541131234567"


def somebody_waits() -> bool:
    """Tell whether a transaction waits for a lock."""
    return bool(one("select count(*) from pg_locks where not granted"))


def merge_under_way(survivor: CustomerId, absorbed: CustomerId, meanwhile: Callable[[], Any]) -> Any:
    """Merge two, and let something begin before the merge is committed; returns what that comes to."""
    with ThreadPoolExecutor(1) as pool:
        with transaction() as tx:
            identity.merge(
                tx.session,
                survivor,
                absorbed,
                organization_id=OURS["organization_id"],
                reason=identity.Reason.PERSON,
            )
            waiting = pool.submit(meanwhile)
            eventually(somebody_waits)
        return waiting.result(10)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things in as many threads, all starting together; returns what each returned or raised."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return deed()
        except InvalidInput as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture(params=range(5))
def again() -> None:
    """A race is run several times."""


@pytest.mark.usefixtures("again")
class TestTwoWorkers:
    def test_who_meet_somebody_at_once_make_one_customer(self) -> None:
        found = at_once(*[lambda: met(person(ANA, "AR.1"))] * 4)

        assert len(set(found)) == 1
        assert links() == [(found[0], ANA, "AR.1")]

    def test_who_meet_somebody_without_number_at_once_make_one_customer(self) -> None:
        found = at_once(*[lambda: met(person(None, "AR.1"))] * 4)

        assert len(set(found)) == 1
        assert one("select count(*) from customer") == 1

    def test_who_meet_one_person_by_different_ids_end_with_one_customer(self) -> None:
        at_once(
            lambda: met(person(ANA)),
            lambda: met(person(None, "AR.1")),
            lambda: met(person(ANA, "AR.1")),
            lambda: spelt("11 3123 4567"),
        )

        last = met(person(ANA, "AR.1"))

        assert met(person(ANA)) == met(person(None, "AR.1")) == spelt("11 3123 4567") == last
        assert one("select count(*) from customer where merged_into_id is null") == 1

    def test_who_merge_the_same_two_merge_them_once(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        writes(ana)
        writes(beto)

        done = at_once(lambda: merged(ana, beto), lambda: merged(beto, ana), lambda: merged(ana, beto))

        assert sum(isinstance(each, InvalidInput) for each in done) == 2
        assert one("select count(*) from customer_merge") == 1
        assert one(HIDDEN_MESSAGES) == 0

    def test_who_undo_a_merge_undo_it_once(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        merge_id = merged(ana, beto)

        done = at_once(lambda: undone(merge_id), lambda: undone(merge_id))

        assert sum(isinstance(each, InvalidInput) for each in done) == 1


class TestATypedNumber:
    def test_that_is_shown_meanwhile_is_left_to_whom_it_was_shown_of(self) -> None:
        typed = spelt("11 3123 4567")

        with ThreadPoolExecutor(1) as pool:
            with transaction() as tx:
                identity.recognise(tx.session, person(ANA), **OURS)
                other = pool.submit(met, person(LANDLINE))
                eventually(somebody_waits)
            assert other.result(10) != typed

        assert met(person(ANA)) == typed


class TestAMergeMeanwhile:
    def test_a_message_being_written_to_the_absorbed_moves_too(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        here = writes(ana)
        written, go_on = Event(), Event()

        def write() -> None:
            with transaction() as tx:
                put(tx.session, beto)
                written.set()
                go_on.wait(10)

        with ThreadPoolExecutor(2) as pool:
            writing = pool.submit(write)
            written.wait(10)
            merging = pool.submit(merged, ana, beto)
            assert wait([merging], timeout=0.3).not_done
            go_on.set()
            writing.result(10)
            merging.result(10)

        assert one("select count(*) from wa_message where conversation_id = :id", id=here) == 2

    def test_a_message_that_waits_for_the_merge_goes_where_it_leads(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        here = writes(ana)
        writes(beto)

        with ThreadPoolExecutor(1) as pool:
            with transaction() as tx:
                identity.merge(
                    tx.session,
                    ana,
                    beto,
                    organization_id=OURS["organization_id"],
                    reason=identity.Reason.PERSON,
                )
                writing = pool.submit(writes, beto)
                assert wait([writing], timeout=0.3).not_done
            assert writing.result(10) == here

    def test_a_first_contact_that_waits_for_the_merge_opens_no_hidden_thread(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))

        with ThreadPoolExecutor(1) as pool:
            with transaction() as tx:
                identity.merge(
                    tx.session,
                    ana,
                    beto,
                    organization_id=OURS["organization_id"],
                    reason=identity.Reason.PERSON,
                )
                writing = pool.submit(writes, beto)
                assert wait([writing], timeout=0.3).not_done
            writing.result(10)

        assert rows("select customer_id, merged_into_id from conversation") == [
            {"customer_id": ana, "merged_into_id": None}
        ]

    def test_writers_on_both_sides_lose_nothing_while_it_is_done_and_undone(self, admin: Actor) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        over = Event()

        def keep_writing(customer_id: CustomerId) -> int:
            count = 0
            while not over.is_set():
                writes(customer_id, minute=count)
                count += 1
            return count

        def keep_merging() -> None:
            for _ in range(6):
                customers.merge(admin, ana, beto)
                customers.undo(admin, one("select max(id) from customer_merge"))
            customers.merge(admin, ana, beto)

        with ThreadPoolExecutor(3) as pool:
            writing = [pool.submit(keep_writing, each) for each in (ana, beto)]
            try:
                keep_merging()
            finally:
                over.set()
            written = sum(each.result(20) for each in writing)

        assert one("select count(*) from wa_message") == written
        assert one(HIDDEN_MESSAGES) == 0
        assert one("select sum(unread_count) from conversation where merged_into_id is null") >= written


class TestAMergeOfWhoHasTheNumber:
    def test_while_an_answer_teaches_leads_the_typed_one_to_who_remains(self) -> None:
        carla, holder = met(person(BETO, name="Carla")), met(person(LANDLINE))
        typed = spelt("+54 9 11 3123 4567")

        def learn() -> CustomerId:
            reached = Reached(WaId(ANA), WaId(ANA), WaId(LANDLINE), None)
            with transaction() as tx:
                return identity.learn(tx.session, typed, reached, **OURS)

        assert merge_under_way(carla, holder, learn) == carla
        assert one("select merged_into_id from customer where id = :id", id=typed) == carla
        assert met(person(LANDLINE)) == met(person(BETO)) == carla

    def test_while_somebody_changes_to_it_leads_them_to_who_remains(self) -> None:
        ana, carla = met(person(ANA)), met(person("5491140000000", name="Carla"))
        holder = met(person(BETO, name="Beto"))

        def renumber() -> CustomerId | None:
            change_of = Renumbered(Person(wa_id=WaId(ANA)), Person(wa_id=WaId(BETO)), NOON)
            with transaction() as tx:
                return identity.renumber(tx.session, change_of, **OURS)

        assert merge_under_way(carla, holder, renumber) == ana
        assert one("select merged_into_id from customer where id = :id", id=carla) == ana
        assert met(person(BETO)) == ana


@pytest.mark.usefixtures("simulator")
class TestADrainMeanwhile:
    def test_what_is_on_its_way_arrives_once_and_is_recorded_in_the_survivors_thread(
        self, agent: Actor, simulator: httpx.Client
    ) -> None:
        here, there = hear(text()), hear(text(sender=BETO), name="Beto")
        messages = [say(agent, conversation, f"{n}") for n in range(8) for conversation in (here, there)]
        simulator.post("/_sim/faults", json={"latency_ms": 150, "times": 4}).raise_for_status()
        [ana, beto] = [row["id"] for row in rows("select id from customer order by id")]

        with ThreadPoolExecutor(2) as pool:
            draining = pool.submit(drain)
            for _ in range(3):
                merge_id = merged(ana, beto)
                undone(merge_id)
            merged(ana, beto)
            draining.result(30)
        drain()

        accepted = [each["payload"]["text"]["body"] for each in simulator.get("/_sim/messages").json()]
        assert sorted(accepted) == sorted(f"{n}" for n in range(8) for _ in range(2))
        assert one("select count(*) from wa_message where state = 'sent'") == len(messages)
        assert one("select count(*) from wa_outbound_queue") == 0
        assert one(HIDDEN_MESSAGES) == 0

    def test_webhooks_of_the_absorbed_are_stored_with_the_survivor(self) -> None:
        ana, beto = met(person(ANA)), met(person(BETO))
        writes(ana)
        writes(beto)

        with ThreadPoolExecutor(1) as pool:
            hearing = pool.submit(hear, *[text(f"{n}", sender=BETO) for n in range(50)])
            merge_id = merged(ana, beto)
            undone(merge_id)
            merged(ana, beto)
            hearing.result(30)
        change("update conversation set unread_count = unread_count")

        assert one("select count(*) from wa_message") == 52
        assert one(HIDDEN_MESSAGES) == 0
