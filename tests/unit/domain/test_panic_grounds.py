"""What stops a channel: the grounds of the issue, and nothing that concerns one customer or one template."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.meta_errors import TABLE, Scope
from campotech_wa.domain.panic import Cause, Extent, Notice, Reason, Thresholds
from campotech_wa.domain.panic_grounds import exceeds, failures, grounds, is_trouble, is_wider
from campotech_wa.domain.verdict import Verdict

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
USUAL = Thresholds()
CODES = [None, 1, 131000, 131016, 131026, 131047, 130429, 131056, 132001, 132015, 999_999]


def notice(verdict: Verdict, code: int | None = None, *, second: float = 0) -> Notice:
    return Notice(verdict, code, START + timedelta(seconds=second))


notices = st.builds(
    notice,
    st.sampled_from([Verdict.NONE, Verdict.SUCCESS, Verdict.FAILURE, Verdict.EXCUSED, Verdict.THROTTLED]),
    st.sampled_from(CODES),
    second=st.floats(min_value=0, max_value=300),
)
recents = st.lists(notices, max_size=60).map(lambda found: sorted(found, key=lambda each: each.at))


def judged(recent: Sequence[Notice]) -> Cause | None:
    return grounds(recent[-1:], recent, USUAL)


@given(recents)
def test_some_answer_is_given_to_everything(recent: list[Notice]) -> None:
    cause = judged(recent)

    assert cause is None or (cause.reason is not Reason.MANUAL and cause.extent is not Extent.NOTHING)


@given(recents)
def test_where_nothing_is_trouble_nothing_stops(recent: list[Notice]) -> None:
    """What the engine does not look at the others for must be no grounds together with them either."""
    calm = [each for each in recent if not is_trouble(each)]

    assert judged(calm) is None


@given(st.lists(st.sampled_from([131026, 131047, 131050, 130472, 131049]), max_size=60))
def test_recipients_and_their_wishes_never_stop_a_channel(codes: list[int]) -> None:
    recent = [notice(Verdict.EXCUSED, code, second=index) for index, code in enumerate(codes)]

    assert judged(recent) is None


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 99))
def test_a_failure_more_never_makes_things_better(failed: int, good: int, percent: int) -> None:
    if exceeds(failed, failed + good, percent):
        assert exceeds(failed + 1, failed + 1 + good, percent)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 98))
def test_who_is_stricter_stops_no_later(failed: int, good: int, percent: int) -> None:
    if exceeds(failed, failed + good, percent + 1):
        assert exceeds(failed, failed + good, percent)


@pytest.mark.parametrize(
    ("failed", "good", "stops"), [(4, 6, True), (3, 7, False), (9, 0, False), (10, 0, True), (31, 69, True)]
)
def test_more_than_thirty_per_cent_of_at_least_ten(failed: int, good: int, *, stops: bool) -> None:
    recent = [notice(Verdict.SUCCESS)] * good + [notice(Verdict.FAILURE, 132015)] * failed

    cause = judged(recent)

    assert (cause is not None) is stops
    assert failures(recent) == (failed, failed + good)
    if cause:
        assert (cause.reason, cause.extent, cause.code) == (Reason.FAILURE_RATE, Extent.BUSINESS, 132015)


@pytest.mark.parametrize("verdict", [Verdict.DENIED, Verdict.FAILURE, Verdict.NONE])
@pytest.mark.parametrize("code", [0, 3, 10, 190, 200, 250, 299, 131005])
def test_an_authentication_code_is_one_whatever_else_is_said(code: int, verdict: Verdict) -> None:
    assert judged([notice(verdict, code)]) == Cause(Reason.AUTH, Extent.ALL, code)


def test_every_code_of_the_catalogue_that_stops_a_channel_at_once_is_grounds() -> None:
    at_once = [
        entry.code for entry in TABLE if entry.counts_for_panic and entry.breaker.after == 1
        and not entry.breaker.is_slowing
    ]  # fmt: skip

    for code in at_once:
        cause = judged([notice(Verdict.FAILURE, code)])
        assert cause is not None, code
        assert cause.extent is Extent.ALL, code


@pytest.mark.parametrize("code", [131048, 131064])
def test_a_limit_set_for_conduct_stops_templates_at_once(code: int) -> None:
    assert judged([notice(Verdict.THROTTLED, code)]) == Cause(Reason.RATE_LIMITED, Extent.BUSINESS, code)


def test_what_bars_something_else_than_messages_stops_none() -> None:
    calls_switched_off, direct_send_blocked = 138014, 139200

    for code in (calls_switched_off, direct_send_blocked):
        assert judged([notice(Verdict.BARRED, code)]) is None
    assert judged([notice(Verdict.BARRED)]) == Cause(Reason.API_ERROR, Extent.ALL)


def test_no_code_about_a_customer_a_template_or_a_country_is_grounds_alone() -> None:
    narrow = (Scope.CUSTOMER, Scope.TEMPLATE, Scope.COUNTRY, Scope.GROUP, Scope.FLOW)
    for entry in TABLE:
        if entry.breaker.scope in narrow:
            assert judged([notice(Verdict.EXCUSED, entry.code)]) is None, entry.code


@pytest.mark.parametrize(("code", "after"), [(1, 3), (2, 3), (131000, 5), (131016, 3), (999_999, 5)])
def test_metas_own_trouble_counts_in_a_row(code: int, after: int) -> None:
    row = [notice(Verdict.NONE, code)] * after

    assert judged(row) == Cause(Reason.API_ERROR, Extent.BUSINESS, code, {"in_a_row": after})
    assert judged(row[1:]) is None


def test_an_acceptance_ends_the_row_and_a_time_out_does_not() -> None:
    trouble, success, silence = (
        notice(Verdict.NONE, 131016),
        notice(Verdict.SUCCESS),
        notice(Verdict.NONE),
    )

    assert judged([trouble, trouble, success, trouble]) is None
    assert judged([trouble, trouble, silence, trouble]) is not None


def throttled(times: int, seconds: float, code: int | None = 130429) -> list[Notice]:
    """Let Meta ask the channel to slow down, evenly over so many seconds."""
    step = seconds / (times - 1)
    return [notice(Verdict.THROTTLED, code, second=index * step) for index in range(times)]


def test_throttling_that_lasts_is_grounds_and_a_burst_is_not() -> None:
    assert judged(throttled(5, 119)) is None
    assert judged(throttled(4, 130)) is None
    assert judged(throttled(99, 20)) is None

    for row in (throttled(5, 120), throttled(100, 20), throttled(5, 120, None)):
        cause = judged(row)
        assert cause is not None
        assert (cause.reason, cause.extent) == (Reason.RATE_LIMITED, Extent.BUSINESS)


def test_an_acceptance_between_shows_that_slowing_down_helps() -> None:
    row = throttled(6, 150)
    row.insert(4, notice(Verdict.SUCCESS, second=100))

    assert judged(row) is None


def test_the_limit_of_one_customer_is_no_throttling_of_the_channel() -> None:
    assert judged(throttled(100, 250, 131056)) is None


def test_the_credentials_go_before_everything_else() -> None:
    found = grounds(
        [notice(Verdict.BARRED, 368), notice(Verdict.DENIED, 190), notice(Verdict.EXCUSED, 131042)],
        [],
        USUAL,
    )

    assert found == Cause(Reason.AUTH, Extent.ALL, 190)


@given(st.sampled_from(Extent), st.sampled_from([Extent.BUSINESS, Extent.ALL]))
def test_only_what_stops_more_takes_the_place_of_a_panic(standing: Extent, wanted: Extent) -> None:
    assert is_wider(Cause(Reason.MANUAL, wanted), standing) == (
        wanted is Extent.ALL and standing is not Extent.ALL
    )
