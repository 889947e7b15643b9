"""Wake-ups are few, hold nothing but ids, and may be lost without harm."""

import json
import zlib
from datetime import timedelta
from typing import Any

import pytest

from campotech_wa.domain.ids import ChannelId, ConversationId, OrganizationId
from campotech_wa.embedded import Servers
from campotech_wa.signals import jobs
from campotech_wa.signals.connection import redis
from tests.integration.desk import without, woken

ONE, TWO = ChannelId(1), ChannelId(2)

pytestmark = pytest.mark.usefixtures("desk")


class TestWake:
    def test_many_wake_ups_of_one_channel_are_one_job(self) -> None:
        for _ in range(20):
            jobs.wake_process(ONE)

        assert woken(jobs.INTAKE) == [("worker.jobs.process", 1)]

    def test_each_channel_and_each_kind_of_work_has_its_own(self) -> None:
        jobs.wake_process(ONE)
        jobs.wake_process(TWO)
        jobs.wake_drain(ONE)

        assert woken(jobs.INTAKE) == [("worker.jobs.process", 1), ("worker.jobs.process", 2)]
        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1)]

    def test_what_becomes_due_after_a_job_has_begun_gets_another(self) -> None:
        jobs.wake_drain(ONE)

        jobs.started(jobs.DRAIN, ONE)
        jobs.wake_drain(ONE)

        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1)] * 2

    def test_a_wake_up_that_redis_lost_blocks_the_next_for_seconds_only(self) -> None:
        jobs.wake_process(ONE)

        keys = redis().keys("wake:*")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        assert [0 < redis().ttl(key) <= 30 for key in keys] == [True]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType, reportOperatorIssue, reportGeneralTypeIssues]

    def test_a_channel_that_rests_is_left_alone_by_the_sweep_and_by_nobody_else(self) -> None:
        jobs.rest_drain(ONE, timedelta(seconds=9))

        jobs.wake_rested([ONE, TWO])
        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 2)]

        jobs.wake_drain(ONE)
        jobs.wake_urgently(ONE)
        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 2), ("worker.jobs.drain", 1)]
        assert woken(jobs.URGENT) == [("worker.jobs.drain_now", 1)]

    def test_a_channel_stands_in_the_line_once_however_long_it_waits(self) -> None:
        jobs.wake_drain(ONE)
        jobs.started(jobs.DRAIN, ONE)

        jobs.wake_rested([ONE, TWO])
        jobs.wake_drain(TWO)

        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1), ("worker.jobs.drain", 2)]

    def test_of_two_places_the_one_that_is_marked_counts(self) -> None:
        jobs.wake_drain(ONE)
        redis().delete("wake:worker.jobs.drain:1")
        jobs.wake_drain(ONE)

        one_too_many, place = jobs.queue(jobs.OUTBOUND).job_ids
        assert jobs.has_another_place(ONE, one_too_many)
        assert not jobs.has_another_place(ONE, place)
        jobs.started(jobs.DRAIN, ONE)
        assert not jobs.has_another_place(ONE, one_too_many)

    def test_the_sweep_sees_that_a_wake_up_was_lost(self) -> None:
        jobs.wake_drain(ONE)
        jobs.queue(jobs.OUTBOUND).empty()
        jobs.wake_drain(ONE)
        assert woken(jobs.OUTBOUND) == []

        jobs.wake_rested([ONE])

        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 1)]

    def test_a_channel_that_a_worker_has_in_hand_gets_no_second_place(self) -> None:
        jobs.take_in_hand(ONE)

        jobs.wake_rested([ONE, TWO])

        assert woken(jobs.OUTBOUND) == [("worker.jobs.drain", 2)]

    def test_a_channel_for_which_nobody_had_a_hand_free_is_first_again(self) -> None:
        jobs.wake_drain(TWO)
        jobs.wake_drain(ONE)
        jobs.queue(jobs.OUTBOUND).empty()
        jobs.wake_rested([TWO])
        jobs.show_presence(ConversationId(1), organization_id=OrganizationId(1), typing=False)

        jobs.put_back(ONE)
        jobs.wake_rested([ONE, TWO])

        assert woken(jobs.OUTBOUND)[:2] == [("worker.jobs.drain", 1), ("worker.jobs.drain", 2)]
        assert len(woken(jobs.OUTBOUND)) == 3

    def test_a_job_holds_json_and_no_pickle(self) -> None:
        jobs.wake_drain(ONE)

        [job] = jobs.queue(jobs.OUTBOUND).jobs
        stored: Any = redis().hget(job.key, "data")
        assert json.loads(zlib.decompress(stored))[0] == "worker.jobs.drain"

    def test_without_redis_nobody_is_told_of_a_fault(self, servers: Servers) -> None:
        with without(servers.redis):
            jobs.wake_process(ONE)
            jobs.wake_drain(ONE)
            jobs.started(jobs.DRAIN, ONE)

        jobs.wake_process(TWO)
        assert ("worker.jobs.process", 2) in woken(jobs.INTAKE)
