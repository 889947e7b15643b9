"""Places for requests are shared in order, never more than there are, and what is urgent finds some of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from campotech_wa.services.deliver.room import Room

PLACES, URGENT = 4, 2


def run(story: Callable[[Room], Awaitable[None]]) -> None:
    async def told() -> None:
        await story(Room(PLACES, urgent=URGENT))

    asyncio.run(told())


async def asking(room: Room, most: int, *, is_urgent: bool = False) -> "asyncio.Task[int]":
    """Ask for places, and come as far as the queue."""
    task = asyncio.create_task(room.take(most, is_urgent=is_urgent))
    await asyncio.sleep(0)
    return task


class TestTaking:
    def test_as_many_as_are_free_are_given_at_once(self) -> None:
        async def story(room: Room) -> None:
            assert await room.take(3) == 3
            assert await room.take(3) == 1

        run(story)

    def test_who_finds_none_waits_until_some_are_given_back(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            waiting = await asking(room, 3)
            assert not waiting.done()

            room.give(2)

            assert await waiting == 2

        run(story)

    def test_who_asked_first_is_served_first(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            first, second = await asking(room, 1), await asking(room, 1)

            room.give(1)
            await asyncio.sleep(0)
            assert (first.done(), second.done()) == (True, False)

            room.give(1)
            assert await second == 1

        run(story)

    def test_nobody_slips_past_the_queue(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            first = await asking(room, 2)
            room.give(1)

            late = await asking(room, 1)
            await asyncio.sleep(0)

            assert (first.done(), late.done()) == (True, False)
            room.give(1)
            assert await late == 1

        run(story)


class TestWorth:
    def test_who_asked_for_many_does_not_begin_for_a_few(self) -> None:
        async def story() -> None:
            room = Room(PLACES, urgent=URGENT, worth=3)
            await room.take(PLACES)
            waiting = await asking(room, 4)

            room.give(2)
            await asyncio.sleep(0)
            assert not waiting.done()

            room.give(1)
            assert await waiting == 3

        asyncio.run(story())

    def test_who_asked_for_a_few_gets_them_and_what_is_urgent_takes_what_there_is(self) -> None:
        async def story() -> None:
            room = Room(PLACES, urgent=URGENT, worth=3)
            await room.take(PLACES)
            few = await asking(room, 1)

            room.give(1)
            assert await few == 1
            assert await room.take(4, is_urgent=True) == URGENT

        asyncio.run(story())


class TestUrgent:
    def test_it_has_places_of_its_own_when_all_others_are_taken(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)

            assert await room.take(5, is_urgent=True) == URGENT

        run(story)

    def test_it_does_not_queue_behind_others(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            patient = await asking(room, 1)

            assert await room.take(1, is_urgent=True) == 1
            assert not patient.done()
            room.give(2)
            assert await patient == 1

        run(story)

    def test_even_without_a_place_it_goes_before_those_who_are_not(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            await room.take(URGENT, is_urgent=True)
            patient, urgent = await asking(room, 1), await asking(room, 1, is_urgent=True)

            room.give(1)
            await asyncio.sleep(0)

            assert (patient.done(), urgent.done()) == (False, True)
            room.give(URGENT + 1)
            assert await patient == 1

        run(story)


class TestCancelling:
    def test_who_gives_up_waiting_leaves_no_gap_in_the_queue(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            first, second = await asking(room, 1), await asking(room, 1)

            first.cancel()
            await asyncio.sleep(0)
            room.give(1)

            assert await second == 1

        run(story)

    def test_places_granted_at_the_moment_of_giving_up_are_not_lost(self) -> None:
        async def story(room: Room) -> None:
            await room.take(PLACES)
            first = await asking(room, 2)

            room.give(2)
            first.cancel()
            with suppress(asyncio.CancelledError):
                await first

            assert await room.take(PLACES) == 2

        run(story)


class TestAlways:
    @settings(deadline=None, max_examples=150)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["take", "urgent", "give", "cancel"]), st.integers(1, 6)), max_size=40
        )
    )
    def test_never_more_are_out_than_there_are_and_in_the_end_all_are_back(
        self, script: list[tuple[str, int]]
    ) -> None:
        async def story(room: Room) -> None:
            asked: list[asyncio.Task[int]] = []
            given = 0

            def out() -> int:
                done = (task for task in asked if task.done() and not task.cancelled())
                return sum(task.result() for task in done) - given

            for word, number in script:
                if word in {"take", "urgent"}:
                    asked.append(await asking(room, number, is_urgent=word == "urgent"))
                elif word == "give" and (some := min(number, out())):
                    room.give(some)
                    given += some
                elif word == "cancel" and asked:
                    asked[number % len(asked)].cancel()
                for _ in range(3):
                    await asyncio.sleep(0)
                assert 0 <= out() <= PLACES + URGENT
                waiting = any(not task.done() for task in asked)
                assert not waiting or out() >= PLACES

            while any(not task.done() for task in asked) or out():
                some = out()
                room.give(some)
                given += some
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            assert await room.take(99, is_urgent=True) == PLACES + URGENT

        run(story)
