"""The simulated world."""

from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.simulator.identifiers import Author, user_id
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.world.state import ChatKey, Message, State, World

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANA = ChatKey("100000000000001", "5491131234567")


@pytest.fixture
def world(channel: Channel) -> World:
    return World([channel])


def written(identifier: str, at: datetime = NOW, kind: str = "text") -> Message:
    return Message(identifier, ANA, Author.CUSTOMER, kind, {}, at, State.SENT)


def test_the_window_is_closed_until_the_customer_writes(world: World) -> None:
    assert not world.chat(ANA).window_is_open(now=NOW)


@pytest.mark.parametrize(
    ("age", "is_open"),
    [(timedelta(0), True), (timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)],
)
def test_the_window_lasts_24_hours_from_the_customers_own_time(
    world: World, age: timedelta, *, is_open: bool
) -> None:
    world.receive(written("a", NOW - age), "Ana")

    assert world.chat(ANA).window_is_open(now=NOW) is is_open


@pytest.mark.parametrize("kind", ["system", "edit", "revoke", "request_welcome"])
def test_what_no_person_wrote_opens_no_window(world: World, kind: str) -> None:
    world.receive(written("a", kind=kind), "Ana")

    assert not world.chat(ANA).window_is_open(now=NOW)


def test_a_person_is_found_by_the_user_id_that_goes_with_the_number(world: World, channel: Channel) -> None:
    world.chat(ANA)

    assert world.key_of(ANA.phone_number_id, user_id(channel.waba_id, ANA.wa_id)) == ANA


def test_a_person_who_came_without_a_number_is_found_under_it_later(world: World) -> None:
    hidden = ChatKey(ANA.phone_number_id, "AR.13491")
    world.meet(hidden, "AR.13491")
    before = world.key_of(ANA.phone_number_id, "AR.13491")

    world.meet(ANA, "AR.13491")

    assert (before, world.key_of(ANA.phone_number_id, "AR.13491")) == (hidden, ANA)


def test_an_older_message_that_arrives_late_does_not_close_the_window(world: World) -> None:
    world.receive(written("new"), "Ana")
    world.receive(written("old", NOW - timedelta(days=2)), "Ana")

    assert world.chat(ANA).window_is_open(now=NOW)


def test_reading_a_message_reads_the_earlier_ones_but_not_the_later(world: World) -> None:
    first, second, third = written("1"), written("2"), written("3")
    for message in (first, second, third):
        world.receive(message, "Ana")

    assert world.mark_read(second) == [first, second]
    assert world.mark_read(second) == []
    assert [message.state for message in (first, second, third)] == [State.READ, State.READ, State.SENT]


def test_the_latest_known_name_stays(world: World) -> None:
    world.receive(written("1"), "Ana")
    world.receive(written("2"), "")

    assert world.chat(ANA).profile_name == "Ana"


def test_a_reset_forgets_everything_but_the_channels(world: World) -> None:
    world.receive(written("1"), "Ana")
    world.accept(Message("2", ANA, Author.BUSINESS, "text", {}, NOW), readable=True)

    world.reset()

    assert (world.accepted, world.find("1"), world.chat(ANA).messages) == ([], None, [])
    assert world.channels
