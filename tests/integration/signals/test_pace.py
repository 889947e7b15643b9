"""However many ask at once, no organization sends more than its limit in any minute."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from redis.exceptions import RedisError

from campotech_wa.domain.ids import OrganizationId
from campotech_wa.embedded import Servers
from campotech_wa.signals import pace
from campotech_wa.signals.connection import redis
from tests.integration.desk import without

ONE, TWO = OrganizationId(1), OrganizationId(2)

pytestmark = pytest.mark.usefixtures("desk")


def grow_older(seconds: float) -> None:
    """Move every slot of the window into the past, as time does."""
    for slot, taken_at in redis().zrange("pace:1", 0, -1, withscores=True):  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportGeneralTypeIssues]
        redis().zadd("pace:1", {slot: taken_at - seconds * 1_000_000})  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType]


class TestTake:
    def test_slots_are_given_until_there_are_none(self) -> None:
        taken = [pace.take(ONE, 20, limit=50) for _ in range(4)]

        assert taken == [20, 20, 10, 0]

    def test_eight_who_ask_at_once_never_get_one_too_many(self) -> None:
        with ThreadPoolExecutor(8) as workers:
            taken = list(workers.map(partial(pace.take, ONE, limit=50), [1, 3, 2, 5] * 25))

        assert sum(taken) == 50

    def test_organizations_have_each_their_own(self) -> None:
        pace.take(ONE, 50, limit=50)

        assert pace.take(TWO, 50, limit=50) == 50

    def test_a_slot_is_free_again_after_a_minute_and_not_before(self) -> None:
        pace.take(ONE, 30, limit=50)
        grow_older(59)
        assert pace.take(ONE, 50, limit=50) == 20

        grow_older(1.1)

        assert pace.take(ONE, 50, limit=50) == 30

    def test_a_limit_that_was_lowered_gives_nothing_back(self) -> None:
        pace.take(ONE, 50, limit=50)

        assert pace.take(ONE, 5, limit=10) == 0

    def test_the_window_does_not_outlive_its_use(self) -> None:
        pace.take(ONE, 1, limit=50)

        assert 0 < redis().ttl("pace:1") <= pace.WINDOW_SECONDS  # pyright: ignore[reportOperatorIssue]

    def test_without_redis_the_caller_is_told(self, servers: Servers) -> None:
        with without(servers.redis), pytest.raises(RedisError):
            pace.take(ONE, 1, limit=50)

        assert pace.take(ONE, 1, limit=50) == 1
