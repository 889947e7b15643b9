"""A slot is free a minute after its answer; a dead worker's comes back; what Redis forgot, it is told again."""

from datetime import timedelta

import pytest

from campotech_wa.embedded import Servers
from campotech_wa.signals import pace
from campotech_wa.signals.connection import redis
from campotech_wa.signals.pace import Past
from tests.integration.desk import without
from tests.integration.signals.pace.pacing import ONE, TWO, admitted, ask, asks, new, only, pass_time


def room() -> int | None:
    return pace.room(ONE, limit=50)


class TestFinished:
    def test_the_minute_begins_with_the_answer(self) -> None:
        new()
        slots = admitted(*asks("a", 50))
        pass_time(20)
        pace.finished(ONE, slots)

        pass_time(55)
        assert room() == 0

        pass_time(5)
        assert room() == 50

    def test_a_second_time_is_no_second_slot(self) -> None:
        new()
        slots = admitted(*asks("a", 3))

        for _ in range(2):
            pace.finished(ONE, slots)

        assert room() == 47

    def test_a_request_that_took_longer_than_any_counts_all_the_same(self) -> None:
        new()
        slots = admitted(*asks("a", 1))
        pass_time(200)

        pace.finished(ONE, slots)

        assert room() == 49

    def test_nothing_is_no_call(self, servers: Servers) -> None:
        new()
        with without(servers.redis):
            pace.finished(ONE, [])
            pace.returned(ONE, [])


class TestReturned:
    def test_a_request_that_never_left_frees_its_slot_at_once(self) -> None:
        new()
        slots = admitted(*asks("a", 50))

        pace.returned(ONE, slots[:7])

        assert room() == 7

    def test_one_that_has_its_answer_is_not_given_back(self) -> None:
        new()
        slots = admitted(*asks("a", 2))
        pace.finished(ONE, slots)

        pace.returned(ONE, slots)

        assert room() == 48


class TestKilled:
    def test_the_slots_of_a_worker_that_died_come_back_after_the_longest_request_and_a_minute(self) -> None:
        new()
        admitted(*asks("a", 50))

        pass_time(85)
        assert room() == 0

        pass_time(5)
        assert room() == 50


class TestSeed:
    def test_an_organization_is_unknown_before(self) -> None:
        assert room() is None
        with pytest.raises(pace.PaceUnknown):
            pace.admit(ONE, [ask("a")])

        new(TWO)
        assert room() is None

    def test_what_has_its_answer_is_held_for_the_rest_of_its_minute(self) -> None:
        ages = [timedelta(seconds=seconds) for seconds in (-5, 0, 20, 50, 61)]
        pace.seed(ONE, lambda: [Past(f"a.{i}", age) for i, age in enumerate(ages)])

        held = [room()]
        for seconds in (10, 30, 20):
            pass_time(seconds)
            held.append(room())

        assert held == [46, 47, 48, 50]

    def test_what_has_none_is_held_as_if_it_had_just_left(self) -> None:
        pace.seed(ONE, lambda: [Past("a", None)])

        pass_time(85)
        assert room() == 49

        pass_time(5)
        assert room() == 50

    def test_its_answer_frees_it(self) -> None:
        pace.seed(ONE, lambda: [Past("a", None)])

        pace.finished(ONE, ["a"])
        pass_time(60)

        assert room() == 50

    def test_only_the_first_counts(self) -> None:
        assert pace.seed(ONE, lambda: [Past("a", None)])
        assert not pace.seed(ONE, list)

        assert room() == 49

    def test_what_was_read_before_redis_forgot_again_does_not_count(self) -> None:
        def recall() -> list[Past]:
            redis().flushdb()  # pyright: ignore[reportUnknownMemberType]
            return []

        assert not pace.seed(ONE, recall)

        assert room() is None

    def test_who_asks_has_not_sent_yet_and_is_not_counted_twice(self) -> None:
        pace.seed(ONE, lambda: [Past("a", None), Past("b", None)])

        assert only(ask("a", limit=2)).is_granted
        assert room() == 48

    def test_who_was_claimed_but_not_admitted_before_is_held_to_the_limit(self) -> None:
        """Sixty had been committed as going out, fifty of them had slots."""
        pace.seed(ONE, lambda: [Past(f"a.{i}", None) for i in range(60)])

        assert admitted(*asks("a", 10)) == []

        assert room() == 0
        assert pace.room(ONE, limit=51) == 1


class TestForgotten:
    def test_a_redis_that_was_emptied_knows_nobody(self) -> None:
        new()
        redis().flushall()  # pyright: ignore[reportUnknownMemberType]

        assert room() is None

    def test_a_redis_that_began_anew_is_not_believed_what_it_read_back(self, servers: Servers) -> None:
        """Its file may lack the last second before a crash."""
        new()
        admitted(*asks("a", 50))
        with without(servers.redis):
            pass

        assert room() is None
        with pytest.raises(pace.PaceUnknown):
            pace.admit(ONE, [ask("b")])

        pace.seed(ONE, lambda: [Past(f"a.{i}", None) for i in range(50)])
        assert room() == 0

    @pytest.mark.parametrize("key", ["pace:clock", "pace:window:1"])
    def test_one_key_alone_is_enough_to_know_nobody(self, key: str) -> None:
        new()
        admitted(*asks("a", 50))

        redis().delete(key)

        assert room() is None
        with pytest.raises(pace.PaceUnknown):
            pace.admit(ONE, [ask("b")])

    def test_an_answer_to_who_is_forgotten_leaves_it_to_the_seeding(self) -> None:
        pace.finished(ONE, ["a"])
        pace.returned(ONE, ["b"])

        assert room() is None

    def test_an_idle_organization_stays_known(self) -> None:
        new()
        pace.finished(ONE, admitted(*asks("a", 1)))
        pass_time(30 * 86_400)

        admitted(ask("b"))
        assert redis().ttl("pace:window:1") == -1
        assert redis().zcard("pace:window:1") == 2
