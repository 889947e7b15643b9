"""What may be ordered against a sender."""

from collections.abc import Callable

import pytest

from campotech_wa.simulator.disorder import ORDERLY, Plan
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.trial_orders import condition, keeping, plan
from campotech_wa.simulator.world.conditions import USUAL, Account, Condition, Outage
from campotech_wa.simulator.world.keeping import Keeping, Kept


def changed(document: JsonObject) -> Condition:
    return condition(document, USUAL)


def test_a_plan_leaves_in_order_what_it_does_not_name() -> None:
    assert plan({}) is ORDERLY
    assert plan({"lose_share": 1, "delay_ms": 20}) == Plan(lose_share=1.0, delay_ms=20.0)


def test_a_condition_leaves_as_it_is_what_it_does_not_name() -> None:
    known = Condition(token_revoked=True, throughput=80)

    assert condition({"account": "locked", "throughput": 20}, known) == Condition(
        token_revoked=True, account=Account.LOCKED, throughput=20
    )
    assert changed({"outage": "dropped"}).outage is Outage.DROPPED


def test_a_keeping_is_of_everything_with_statuses_unless_told_otherwise() -> None:
    assert keeping({}) == Keeping()
    assert keeping({"keep": "counts", "statuses": False}) == Keeping(Kept.COUNTS, statuses=False)


@pytest.mark.parametrize(
    ("read", "document"),
    [
        (plan, {"lose_share": 1.1}),
        (plan, {"lose_share": True}),
        (plan, {"delay_ms": -1}),
        (plan, {"lost": 1}),
        (changed, {"account": "asleep"}),
        (changed, {"outage": True}),
        (changed, {"throughput": -1}),
        (changed, {"throughput": True}),
        (changed, {"pair_limit": 1}),
        (changed, {"moon": 1}),
        (keeping, {"keep": "half"}),
        (keeping, {"statuses": 0}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    read: Callable[[JsonObject], object], document: JsonObject
) -> None:
    with pytest.raises(ControlError, match=r"\.$"):
        read(document)
