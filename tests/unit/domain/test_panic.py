"""What stands still says what may be claimed, whatever else is true of the channel."""

from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.outbox_state import Lane
from campotech_wa.domain.panic import Allowance, Extent, Phase, Standing, Thresholds, allowance

extents, phases, lanes = st.sampled_from(Extent), st.sampled_from(Phase), st.sampled_from(Lane)
standings = st.builds(
    Standing, paused=extents, halted=extents, phase=phases, probe_left=st.integers(min_value=0, max_value=5)
)
budgets = st.none() | st.integers(min_value=0, max_value=100)
allowances = st.builds(Allowance, reply=budgets, business=budgets, is_shared=st.booleans())


@given(standings, lanes)
def test_what_nobody_stopped_flows_and_what_somebody_paused_does_not(standing: Standing, lane: Lane) -> None:
    left = allowance(standing).of(lane)

    if standing.paused.stops(lane):
        assert left == 0
    elif not standing.halted.stops(lane):
        assert left is None
    elif standing.phase is Phase.HALTED:
        assert left == 0
    else:
        assert left == standing.probe_left


@given(standings, lanes)
def test_replies_never_have_less_than_what_the_business_begins(standing: Standing, lane: Lane) -> None:
    allowed = allowance(standing)

    assert allowed.reply is None or (allowed.business is not None and allowed.business <= allowed.reply)


@given(allowances, lanes, st.integers(min_value=0, max_value=200))
def test_spending_never_gives_and_never_owes(before: Allowance, lane: Lane, count: int) -> None:
    after = before.spend(lane, count)

    for each in Lane:
        was, left = before.of(each), after.of(each)
        spends = each is lane or before.is_shared
        assert left == (was if was is None or not spends else max(0, was - count))


@given(
    st.dictionaries(
        st.sampled_from(sorted(Thresholds.__slots__)),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()),
    )
)
def test_thresholds_are_read_whatever_is_stored(stored: dict[str, object]) -> None:
    read = Thresholds.read(stored)

    for name in Thresholds.__slots__:
        kept = stored.get(name)
        is_good = isinstance(kept, int) and not isinstance(kept, bool) and 0 < kept <= 1_000_000
        assert getattr(read, name) == (kept if is_good else getattr(Thresholds(), name))
