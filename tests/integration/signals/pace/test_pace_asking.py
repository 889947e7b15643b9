"""A slot is given where the window, the customer and the channel allow it; else the wait is told, and what for."""

from datetime import timedelta

import pytest
from redis.exceptions import RedisError

from campotech_wa.domain.ids import ChannelId, ConversationId
from campotech_wa.embedded import Servers
from campotech_wa.signals import pace
from campotech_wa.signals.pace import Limit
from tests.integration.desk import without
from tests.integration.signals.pace.pacing import ONE, TWO, admitted, ask, asks, new, only, pass_time

ALMOST = timedelta(seconds=3)
"""What a slow machine may take between two calls."""


class TestWindow:
    def test_slots_are_given_in_order_until_there_are_none(self) -> None:
        new()

        first = admitted(*asks("a", 30))
        second = admitted(*asks("b", 30))

        assert [len(first), len(second)] == [30, 20]
        assert second == [f"b.{i}" for i in range(20)]
        assert admitted(*asks("c", 5)) == []

    def test_room_is_what_is_left(self) -> None:
        new()
        admitted(*asks("a", 20))

        assert [pace.room(ONE, limit=limit) for limit in (50, 20, 5)] == [30, 0, 0]

    def test_organizations_have_each_their_own(self) -> None:
        new(ONE, TWO)
        admitted(*asks("a", 50))

        assert len(admitted(*asks("b", 50), organization_id=TWO)) == 50

    def test_a_lower_limit_leaves_room_for_those_with_a_higher_one(self) -> None:
        new()

        reminders = admitted(*asks("reminder", 60, limit=35))
        replies = admitted(*asks("reply", 60))

        assert [len(reminders), len(replies)] == [35, 15]

    def test_each_ask_is_held_to_its_own_limit(self) -> None:
        new()

        taken = admitted(
            ask("a", limit=1), ask("b", limit=1), ask("c", limit=2), ask("d", limit=0), ask("e", limit=3)
        )

        assert taken == ["a", "c", "e"]

    def test_a_limit_that_was_lowered_gives_nothing_until_enough_are_free(self) -> None:
        new()
        pace.finished(ONE, admitted(*asks("a", 30)))
        pass_time(30)
        pace.finished(ONE, admitted(*asks("b", 20)))

        waiting = only(ask("c", limit=10))

        assert waiting.limited_by is Limit.WINDOW
        assert timedelta(seconds=60) - ALMOST < waiting.wait <= timedelta(seconds=60)

    def test_who_waits_is_told_when_the_first_slot_is_free(self) -> None:
        new()
        pace.finished(ONE, admitted(*asks("a", 1)))
        pass_time(45)
        pace.finished(ONE, admitted(*asks("b", 49)))

        waiting = only(ask("c"))

        assert waiting.limited_by is Limit.WINDOW
        assert timedelta(seconds=15) - ALMOST < waiting.wait <= timedelta(seconds=15)

    def test_a_slot_in_flight_is_awaited_as_if_its_answer_came_now(self) -> None:
        new()
        admitted(*asks("a", 50))

        assert only(ask("b")).wait == timedelta(seconds=60)

    def test_a_limit_of_none_waits(self) -> None:
        new()

        assert only(ask("a", limit=0)).limited_by is Limit.WINDOW


class TestSameNameAgain:
    def test_it_has_the_slot_it_had(self) -> None:
        new()
        admitted(*asks("a", 50))

        assert len(admitted(*asks("a", 50))) == 50
        assert pace.room(ONE, limit=51) == 1

    def test_within_one_call_too(self) -> None:
        new()

        assert admitted(ask("a", limit=1), ask("a", limit=1)) == ["a", "a"]
        assert pace.room(ONE, limit=2) == 1

    def test_it_is_held_from_the_last_time_on(self) -> None:
        new()
        admitted(ask("a"), ask("b"))
        pass_time(40)
        admitted(ask("a"))

        pass_time(85)

        assert pace.room(ONE, limit=2) == 1

    def test_it_costs_its_customer_nothing_again(self) -> None:
        new()
        for _ in range(3):
            admitted(*(ask(f"a.{i}", conversation=7) for i in range(pace.PAIR_BURST)))

        pass_time(6.1)
        assert only(ask("next", conversation=7)).is_granted

    def test_a_name_that_was_answered_needs_a_second_slot(self) -> None:
        new()
        pace.finished(ONE, admitted(ask("a", limit=2)))

        assert admitted(ask("a", limit=2), ask("b", limit=2)) == ["a"]


class TestPair:
    def test_a_customer_gets_a_burst_and_then_one_every_six_seconds(self) -> None:
        new()
        wanted = [ask(f"a.{i}", conversation=7, limit=1000) for i in range(60)]

        burst = admitted(*wanted)
        pass_time(6.1)
        later = [only(each) for each in wanted[45:47]]

        assert len(burst) == 45
        assert [each.limited_by for each in later] == [None, Limit.PAIR]
        assert timedelta(seconds=6) - ALMOST < later[1].wait <= timedelta(seconds=6)

    def test_the_others_are_not_delayed(self) -> None:
        new()
        admitted(*(ask(f"a.{i}", conversation=7, limit=1000) for i in range(60)))

        assert only(ask("b", conversation=8)).is_granted

    def test_who_is_delayed_takes_no_slot(self) -> None:
        new()
        admitted(*(ask(f"a.{i}", conversation=7, limit=1000) for i in range(60)))

        assert pace.room(ONE, limit=50) == 5

    def test_the_longest_wait_is_the_one_that_is_told(self) -> None:
        new()
        slots = admitted(*(ask(f"a.{i}", conversation=7) for i in range(45)))
        pass_time(3)
        pace.finished(ONE, slots)
        assert only(ask("b", conversation=7, limit=45)).limited_by is Limit.WINDOW

        pass_time(57)
        admitted(*(ask(f"c.{i}", conversation=7, limit=1000) for i in range(10)))

        assert only(ask("d", conversation=7, limit=55)).limited_by is Limit.PAIR
        assert only(ask("e", conversation=8, limit=55)).limited_by is Limit.WINDOW

    def test_a_debt_from_another_clock_delays_no_longer_than_a_whole_burst(self) -> None:
        new()
        admitted(ask("a", conversation=7))
        pass_time(-86_400)

        assert only(ask("b", conversation=7)).wait <= timedelta(seconds=6)


class TestThroughput:
    def test_a_second_of_a_channel_holds_what_it_allows_and_no_more(self) -> None:
        new()
        sent = 0
        for step in range(100):
            wanted = [ask(f"{step}.{i}", limit=1000, per_second=80) for i in range(16)]
            sent += len(admitted(*wanted))
            pass_time(0.0099)

        assert 60 <= sent <= 82 + 16, "a hundred calls take a moment of their own"

    def test_who_waits_is_told_for_milliseconds(self) -> None:
        new()
        verdicts = pace.admit(ONE, [ask(f"a.{i}", per_second=0.5) for i in range(2)])

        assert [each.limited_by for each in verdicts] == [None, Limit.THROUGHPUT]
        assert verdicts[1].wait == timedelta(seconds=2)

    def test_channels_have_each_their_own(self) -> None:
        new()

        taken = admitted(ask("a", per_second=1), ask("b", per_second=1), ask("c", channel=2, per_second=1))

        assert taken == ["a", "c"]

    def test_a_slower_channel_speeds_up_at_once_when_it_is_allowed_to(self) -> None:
        new()
        admitted(ask("a", per_second=0.01))

        assert only(ask("b", per_second=1)).wait <= timedelta(seconds=1)

    @pytest.mark.parametrize(("per_second", "burst"), [(80, 10), (20, 2), (1000, 125), (4, 1)])
    def test_a_burst_is_an_eighth_of_a_second(self, per_second: int, burst: int) -> None:
        new()

        assert len(admitted(*(ask(f"a.{i}", limit=500, per_second=per_second) for i in range(300)))) == burst


class TestFaults:
    def test_without_redis_the_caller_is_told(self, servers: Servers) -> None:
        new()
        with without(servers.redis):
            with pytest.raises(RedisError):
                pace.room(ONE, limit=1)
            with pytest.raises(RedisError):
                pace.admit(ONE, [ask("a")])

    @pytest.mark.parametrize(
        ("slot", "limit", "per_second"), [("=a", 1, 1), ("", 1, 1), ("a", -1, 1), ("a", 1, 0)]
    )
    def test_an_ask_that_makes_no_sense_is_refused(self, slot: str, limit: int, per_second: float) -> None:
        with pytest.raises(ValueError, match="name begins" if limit == per_second == 1 else "not negative"):
            pace.Ask(slot, ChannelId(1), ConversationId(1), limit, per_second)
