"""How a panic ends: one message, a few, full pace; whatever goes wrong on the way is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.panic import Extent, Notice, Reason
from campotech_wa.domain.panic_probe import (
    SETTLES_IN,
    SIZES,
    Result,
    is_checked_first,
    next_look,
    next_size,
    result,
)
from campotech_wa.domain.verdict import Verdict

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = START + timedelta(minutes=1)

attempts = st.lists(
    st.builds(Notice, st.sampled_from(Verdict), st.sampled_from([None, 131026, 131016]), st.just(START)),
    max_size=8,
)
BAD = [Verdict.FAILURE, Verdict.THROTTLED, Verdict.DENIED, Verdict.BARRED]


@given(attempts, st.sampled_from(SIZES))
def test_a_probe_passes_only_if_enough_went_well_and_nothing_ill(found: list[Notice], size: int) -> None:
    good = sum(each.verdict in (Verdict.SUCCESS, Verdict.EXCUSED) for each in found)
    is_bad = any(each.verdict in BAD or each.code == 131016 for each in found)

    expected = Result.FAILED if is_bad else Result.PASSED if good >= size else Result.OPEN

    assert result(found, size, now=LATER) is expected


@given(attempts, st.sampled_from(SIZES), st.sampled_from(BAD))
def test_nothing_makes_up_for_a_failure(found: list[Notice], size: int, bad: Verdict) -> None:
    assert result([*found, Notice(bad, None, START)], size, now=LATER) is Result.FAILED


def test_an_acceptance_settles_before_it_counts() -> None:
    accepted = [Notice(Verdict.SUCCESS, None, START)]

    assert result(accepted, 1, now=START + SETTLES_IN - timedelta(milliseconds=1)) is Result.OPEN
    assert result(accepted, 1, now=START + SETTLES_IN) is Result.PASSED


def test_the_steps_are_one_message_a_few_and_the_end() -> None:
    assert (SIZES, next_size(0), next_size(1), next_size(5)) == ((1, 5), 1, 5, None)


@pytest.mark.parametrize("extent", [Extent.BUSINESS, Extent.ALL])
@pytest.mark.parametrize("reason", Reason)
def test_credentials_and_barred_accounts_are_asked_about_first(reason: Reason, extent: Extent) -> None:
    is_barred = reason is Reason.API_ERROR and extent is Extent.ALL

    assert is_checked_first(reason, extent) == (reason is Reason.AUTH or is_barred)


@given(st.sampled_from(Reason), st.integers(min_value=1, max_value=1440))
def test_a_panic_is_looked_at_again_after_its_minutes_and_credentials_sooner(
    reason: Reason, minutes: int
) -> None:
    look = next_look(reason, now=START, panic_minutes=minutes)

    expected = min(minutes, 5) if reason is Reason.AUTH else minutes
    assert look == START + timedelta(minutes=expected)
