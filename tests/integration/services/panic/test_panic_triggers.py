"""What becomes of requests stops a channel: what concerns it as a whole, and nothing that concerns one customer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.domain.panic import Allowance
from campotech_wa.domain.verdict import Verdict
from tests.integration.desk import change, listening
from tests.integration.services.panic.circuit import (
    allowed,
    attempt,
    attempts,
    flow,
    notice,
    panics,
)

FREE, STOPPED = Allowance(), Allowance(0, 0, is_shared=True)
REPLIES_ONLY = Allowance(None, 0)


def test_a_channel_without_panic_or_pause_sends_as_fast_as_it_may(channel: ChannelId) -> None:
    assert allowed() == FREE


def test_a_high_share_of_failures_stops_what_the_business_begins_and_lets_replies_flow(
    channel: ChannelId,
) -> None:
    attempts(Verdict.SUCCESS, 7)

    notice(*attempts(Verdict.FAILURE, 4, 131000))

    [panic] = panics()
    assert (panic["reason"], panic["lanes"], panic["error_code"]) == ("high_failure_rate", "business", 131000)
    assert panic["numbers"] == {"failed": 4, "transmitted": 11, "minutes": 5}
    assert allowed() == REPLIES_ONLY


def test_thirty_per_cent_is_not_too_much_yet(channel: ChannelId) -> None:
    attempts(Verdict.SUCCESS, 7)

    notice(*attempts(Verdict.FAILURE, 3, 132015))

    assert not panics()


def test_nine_failures_alone_are_chance(channel: ChannelId) -> None:
    notice(*attempts(Verdict.FAILURE, 9, 132015))

    assert not panics()


def test_failures_of_the_recipients_never_count(channel: ChannelId) -> None:
    notice(*attempts(Verdict.EXCUSED, 40, 131026))

    assert allowed() == FREE


def test_what_happened_longer_ago_than_the_window_does_not_count(channel: ChannelId) -> None:
    attempts(Verdict.FAILURE, 20, 132015, seconds_ago=301)

    notice(attempt(Verdict.FAILURE, 132015))

    assert not panics()


def test_a_channel_can_have_a_threshold_of_its_own(channel: ChannelId) -> None:
    flow(thresholds='{"panic_percent": 50}')
    attempts(Verdict.SUCCESS, 6)

    notice(*attempts(Verdict.FAILURE, 5, 132015))

    assert not panics()


@pytest.mark.parametrize("code", [0, 3, 10, 190, 200, 299, 131005])
def test_bad_credentials_stop_everything_at_once(channel: ChannelId, code: int) -> None:
    notice(attempt(Verdict.DENIED, code))

    assert [panic["reason"] for panic in panics()] == ["auth_failure"]
    assert allowed() == STOPPED


@pytest.mark.parametrize("code", [368, 131031])
def test_a_barred_account_stops_everything_at_once(channel: ChannelId, code: int) -> None:
    notice(attempt(Verdict.BARRED, code))

    assert [(panic["reason"], panic["error_code"]) for panic in panics()] == [("api_error", code)]
    assert allowed() == STOPPED


def test_an_unpaid_bill_stops_templates_only(channel: ChannelId) -> None:
    notice(attempt(Verdict.EXCUSED, 131042))

    assert allowed() == REPLIES_ONLY


def test_metas_own_trouble_stops_a_channel_after_as_many_as_the_catalogue_says(channel: ChannelId) -> None:
    notice(*attempts(Verdict.FAILURE, 2, 131016))
    assert not panics()

    notice(attempt(Verdict.FAILURE, 131016))

    assert [(panic["reason"], panic["lanes"]) for panic in panics()] == [("api_error", "business")]


def test_throttling_that_lasts_stops_a_channel(channel: ChannelId) -> None:
    attempts(Verdict.THROTTLED, 4, 130429, seconds_ago=150)

    notice(attempt(Verdict.THROTTLED, 130429))

    assert [(panic["reason"], panic["lanes"]) for panic in panics()] == [("rate_limited", "business")]


def test_a_time_out_stops_nothing(channel: ChannelId) -> None:
    notice(*attempts(Verdict.NONE, 50))

    assert allowed() == FREE


def test_bad_credentials_take_the_place_of_a_smaller_panic(channel: ChannelId) -> None:
    attempts(Verdict.SUCCESS, 5)
    notice(*attempts(Verdict.FAILURE, 6, 132015))

    notice(attempt(Verdict.DENIED, 190))

    first, second = panics()
    assert (first["resolve_note"], second["resolved_at"]) == ("followed by auth_failure", None)
    assert allowed() == STOPPED


def test_bad_credentials_take_the_place_of_whatever_else_stops_everything(channel: ChannelId) -> None:
    notice(attempt(Verdict.BARRED, 368))

    notice(attempt(Verdict.DENIED, 190))
    notice(attempt(Verdict.BARRED, 368))

    assert [panic["reason"] for panic in panics()] == ["api_error", "auth_failure"]


def test_a_smaller_cause_leaves_a_larger_panic_alone(channel: ChannelId) -> None:
    notice(attempt(Verdict.DENIED, 190))

    notice(*attempts(Verdict.FAILURE, 20, 132015))

    assert [panic["reason"] for panic in panics()] == ["auth_failure"]


def test_two_workers_open_one_panic(channel: ChannelId) -> None:
    denied = attempt(Verdict.DENIED, 190)

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(notice, [denied] * 16))

    assert len(panics()) == 1


def test_what_led_to_a_panic_does_not_lead_to_the_next_one(channel: ChannelId) -> None:
    attempts(Verdict.SUCCESS, 5)
    notice(*attempts(Verdict.FAILURE, 6, 132015))
    change("update wa_panic set resolved_at = now()")

    notice(attempt(Verdict.FAILURE, 132015))

    assert len(panics()) == 1


def test_open_tabs_learn_of_a_panic(admin: Actor) -> None:
    denied = attempt(Verdict.DENIED, 190)

    with listening() as heard:
        notice(denied)

        assert heard() == {"organization_id": 1, "conversation_id": None}


def test_a_paused_lane_stands_still_without_any_panic(channel: ChannelId) -> None:
    flow(paused="all")

    assert allowed() == Allowance(0, 0)
