"""Merging moves everything and loses nothing; undoing it puts every row back."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import CustomerId, OrganizationId
from campotech_wa.errors import InvalidInput, NotFound
from campotech_wa.services import compose, identity, inbox
from campotech_wa.store.database import engine
from campotech_wa.store.transaction import transaction
from tests.integration.desk import ANA, BETO, change, one, rows, say
from tests.integration.services.identity.acquaintance import (
    OURS,
    everything,
    links,
    merged,
    met,
    numbers,
    person,
    spelt,
    undone,
    writes,
)

pytestmark = pytest.mark.usefixtures("desk")

CARLA = "5492966412345"


def thread_of(actor: Actor, conversation_id: int) -> list[str]:
    thread = inbox.thread(actor, conversation_id, limit=50)  # pyright: ignore[reportArgumentType]
    return [bubble.text for bubble in thread.bubbles]


def pair() -> tuple[CustomerId, CustomerId]:
    ana, beto = met(person(ANA)), met(person(BETO, "AR.2", name="Beto"))
    return ana, beto


def threads() -> list[dict[str, object]]:
    return rows(
        "select id, customer_id, merged_into_id, unread_count, last_preview from conversation order by id"
    )


class TestMerging:
    def test_shows_both_histories_in_one_thread_in_order(self, agent: Actor) -> None:
        ana, beto = pair()
        here, _ = writes(ana, minute=1), writes(beto, minute=2)
        writes(ana, minute=3)
        bodies = [row["body"] for row in rows("select content->>'body' as body from wa_message order by id")]

        merged(ana, beto)

        assert thread_of(agent, here) == bodies

    def test_adds_up_what_is_unread_and_shows_the_newest_line(self, agent: Actor) -> None:
        ana, beto = pair()
        writes(ana, minute=1)
        writes(beto, minute=2)
        writes(beto, minute=3)

        merged(ana, beto)

        [row] = inbox.listing(agent, limit=10).rows
        assert (row.name, row.unread) == ("Ana", 3)
        assert row.preview == one("select content->>'body' from wa_message order by id desc limit 1")
        assert one("select max(sent_at) from wa_message") == one(
            "select last_inbound_at from conversation where merged_into_id is null"
        )

    def test_an_older_line_of_the_absorbed_changes_nothing_above(self) -> None:
        ana, beto = pair()
        writes(beto, minute=1)
        writes(ana, minute=2)
        newest = one("select content->>'body' from wa_message order by id desc limit 1")

        merged(ana, beto)

        assert one("select last_preview from conversation where merged_into_id is null") == newest

    def test_a_stored_link_still_leads_to_the_thread(self, agent: Actor) -> None:
        ana, beto = pair()
        here, there = writes(ana), writes(beto)
        merged(ana, beto)

        assert thread_of(agent, there) == thread_of(agent, here)
        assert inbox.thread(agent, there, limit=10).head.name == "Ana"
        inbox.mark_seen(agent, there)
        assert inbox.listing(agent, limit=10).unread_conversations == 0

    def test_a_tab_that_has_the_absorbed_one_open_answers_in_the_survivors(self, agent: Actor) -> None:
        ana, beto = pair()
        here, there = writes(ana), writes(beto)
        change("update conversation set last_inbound_at = now()")
        before = compose.text(agent, there, "uno", key="a-key")
        merged(ana, beto)

        answer = compose.text(agent, there, "dos", key="another-key")
        again = compose.text(agent, there, "uno", key="a-key")

        assert answer.conversation_id == again.conversation_id == here
        assert again.message_id == before.message_id
        assert one("select count(*) from wa_outbound_queue where conversation_id = :id", id=here) == 2

    def test_a_survivor_that_has_no_thread_there_gets_one(self, agent: Actor) -> None:
        ana, beto = pair()
        there = writes(beto)

        merged(ana, beto)

        [new] = [row for row in threads() if row["merged_into_id"] is None]
        assert (new["customer_id"], new["unread_count"]) == (ana, 1)
        assert thread_of(agent, there) == thread_of(agent, new["id"]) != []  # pyright: ignore[reportArgumentType]

    def test_links_move_and_the_number_goes_to_whoever_has_none(self) -> None:
        hidden, beto = met(person(None, "AR.1")), met(person(BETO, "AR.2"))

        merged(hidden, beto)

        assert numbers() == [BETO]
        assert links() == [(hidden, None, "AR.1"), (hidden, BETO, "AR.2")]

    def test_the_newer_wish_about_marketing_counts(self) -> None:
        ana, beto = pair()
        change("update customer set marketing_preference = 'resume', marketing_preference_at = '2026-01-01Z'")
        change(
            "update customer set marketing_preference = 'stop', marketing_preference_at = '2026-02-01Z'"
            " where id = :id",
            id=beto,
        )

        merged(ana, beto)

        assert one("select marketing_preference from customer where id = :id", id=ana) == "stop"

    def test_a_chain_of_merges_is_one_step_long(self, agent: Actor) -> None:
        ana, beto = pair()
        carla = met(person(CARLA))
        here, first, second = writes(carla), writes(ana), writes(beto)
        merged(ana, beto)
        merged(carla, ana)

        assert [row["merged_into_id"] for row in threads()] == [None, here, here]
        assert met(person(BETO)) == spelt("+" + ANA) == carla
        assert thread_of(agent, first) == thread_of(agent, second) == thread_of(agent, here)

    @pytest.mark.parametrize("other", ["self", "merged"])
    def test_who_is_one_already_can_not_be_merged(self, other: str) -> None:
        ana, beto = pair()
        carla = met(person(CARLA))
        merged(carla, beto)
        before = everything()

        with pytest.raises(InvalidInput, match="one customer already"):
            merged(ana, ana if other == "self" else beto)

        assert everything() == before

    def test_another_organizations_customer_can_not_be_merged(self) -> None:
        ana, theirs = met(person(ANA)), met(person(BETO), {**OURS, "organization_id": OrganizationId(2)})
        before = everything()

        for one_, other in ((ana, theirs), (theirs, ana)):
            with pytest.raises(NotFound):
                merged(one_, other)

        assert everything() == before


class TestUndoing:
    def test_leaves_with_the_survivor_what_came_in_between(self, agent: Actor) -> None:
        ana, beto = pair()
        here, there = writes(ana, minute=1), writes(beto, minute=2)
        merge_id = merged(ana, beto)
        between = writes(met(person(BETO, "AR.2", name="Beto")), minute=3)
        newest = one("select content->>'body' from wa_message order by id desc limit 1")

        undone(merge_id)

        assert between == here
        assert len(thread_of(agent, here)) == 2
        assert len(thread_of(agent, there)) == 1
        assert one("select last_preview from conversation where id = :id", id=here) == newest
        assert [row["unread_count"] for row in threads()] == [2, 1]

    def test_what_staff_have_seen_meanwhile_is_not_unread_again(self, agent: Actor) -> None:
        ana, beto = pair()
        here, _ = writes(ana), writes(beto)
        merge_id = merged(ana, beto)
        inbox.mark_seen(agent, here)

        undone(merge_id)

        assert [row["unread_count"] for row in threads()] == [0, 0]

    def test_gives_the_number_back_that_the_survivor_had_got(self) -> None:
        hidden, beto = met(person(None, "AR.1")), met(person(BETO, "AR.2"))

        undone(merged(hidden, beto))

        assert numbers() == [None, BETO]
        assert links() == [(hidden, None, "AR.1"), (beto, BETO, "AR.2")]

    def test_gives_no_number_back_that_is_somebody_elses_by_now(self) -> None:
        met(person(None, "AR.1"))
        met(person(ANA))
        met(person(ANA, "AR.1"))
        merge_id = one("select id from customer_merge")
        met(person(BETO, "AR.1"))
        stranger = met(person(ANA, "AR.9"))

        undone(merge_id)

        assert {row["id"]: row["wa_id"] for row in rows("select id, wa_id from customer")} == {
            1: BETO,
            2: None,
            stranger: ANA,
        }

    def test_messages_that_wait_go_back_too(self, agent: Actor) -> None:
        ana, beto = pair()
        here, there = writes(ana), writes(beto)
        change("update conversation set last_inbound_at = now()")
        say(agent, there)
        merge_id = merged(ana, beto)
        say(agent, there, "al que queda")

        undone(merge_id)

        queued = rows("select conversation_id from wa_outbound_queue order by id")
        assert [row["conversation_id"] for row in queued] == [there, here]

    def test_is_done_once_and_the_newest_first(self) -> None:
        ana, beto = pair()
        carla = met(person(CARLA))
        first, second = merged(ana, beto), merged(carla, ana)

        with pytest.raises(InvalidInput, match="undo that one first"):
            undone(first)
        undone(second)
        undone(first)
        with pytest.raises(InvalidInput, match="undone already"):
            undone(first)

        assert numbers() == [ANA, BETO, CARLA]

    def test_another_organization_can_not_do_it(self) -> None:
        merge_id = merged(*pair())

        with transaction() as tx, pytest.raises(NotFound):
            identity.undo(tx.session, merge_id, organization_id=OrganizationId(2), now=datetime.now(UTC))

        assert numbers() == [ANA]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "beto", "carla"]), st.sampled_from(["in", "out", "seen", "named", "moved"])
    ),
    max_size=12,
)


def _empty() -> None:
    with engine().begin() as connection:
        connection.execute(sql("truncate customer, customer_merge restart identity cascade"))


def _do(deeds: list[tuple[str, str]], people: dict[str, CustomerId]) -> None:
    for minute, (name, deed) in enumerate(deeds):
        match deed:
            case "in" | "out":
                writes(people[name], inbound=deed == "in", minute=minute)
            case "seen":
                change("update conversation set unread_count = 0 where customer_id = :id", id=people[name])
            case "moved":
                change(
                    "insert into former_number (organization_id, customer_id, wa_id, until)"
                    " values (1, :id, '54911', now())",
                    id=people[name],
                )
            case _:
                change("update customer set contact_name = :name where id = :id", name=name, id=people[name])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=DEEDS,
    numbers_=st.tuples(*[st.sampled_from(["number", "user_id", "both", "typed"])] * 3),
    order=st.permutations(["ana", "beto", "carla"]),
)
def test_merging_and_undoing_is_as_if_nothing_had_been(
    deeds: list[tuple[str, str]], numbers_: tuple[str, ...], order: list[str]
) -> None:
    _empty()
    known: dict[str, CustomerId] = {}
    for place, (name, number, how) in enumerate(
        zip(("ana", "beto", "carla"), (ANA, BETO, CARLA), numbers_, strict=True)
    ):
        ids = (number if how != "user_id" else None, f"AR.{place}" if how != "number" else None)
        known[name] = spelt(f"+{number}") if how == "typed" else met(person(*ids, name=name))
    _do(deeds, known)
    before = everything()

    first = merged(known[order[0]], known[order[1]])
    second = merged(known[order[2]], known[order[0]])
    undone(second)
    undone(first)

    assert everything() == before


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=DEEDS, between=DEEDS)
def test_no_message_is_ever_lost_or_left_in_a_thread_that_no_list_shows(
    before: list[tuple[str, str]], between: list[tuple[str, str]]
) -> None:
    _empty()
    known = {name: met(person(number)) for name, number in (("ana", ANA), ("beto", BETO), ("carla", CARLA))}
    _do(before, known)
    homes = {row["id"]: row["conversation_id"] for row in rows("select id, conversation_id from wa_message")}

    merge_id = merged(known["ana"], known["beto"])
    _do(between, known)
    hidden = one(
        "select count(*) from wa_message m join conversation c on c.id = m.conversation_id"
        " where c.merged_into_id is not null"
    )
    undone(merge_id)

    after = {row["id"]: row["conversation_id"] for row in rows("select id, conversation_id from wa_message")}
    assert hidden == 0
    assert {message: after[message] for message in homes} == homes
    assert len(after) == len(homes) + sum(deed in {"in", "out"} for _, deed in between)
