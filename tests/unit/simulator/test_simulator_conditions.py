"""In what condition a number stands at Meta, and what that refuses."""

import pytest

from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.world.conditions import Account, Condition, Conditions, Outage, Standing

ANA, NUMBER = "5491131234567", "100000000000001"


def standing(condition: Condition) -> Standing:
    found = Standing()
    found.change(condition)
    return found


def code_of(subject: Standing, *, now: float = 10.0) -> int:
    with pytest.raises(GraphError) as refused:
        subject.refuse(ANA, now=now)
    return refused.value.code


def test_usually_nothing_is_refused_and_nothing_counted() -> None:
    subject = Standing()
    for _ in range(1000):
        subject.refuse(ANA, now=10.0)
        assert subject.count(ANA, now=10.0, in_window=False) is None


@pytest.mark.parametrize(("account", "code"), [(Account.LOCKED, 131031), (Account.RESTRICTED, 368)])
def test_a_stopped_account_sends_nothing(account: Account, code: int) -> None:
    subject = standing(Condition(account=account))

    assert code_of(subject) == subject.health_code == code
    assert subject.hits == {"account": 1}


def test_throughput_counts_what_is_received_too() -> None:
    subject = standing(Condition(throughput=2))
    subject.count(ANA, now=10.0, in_window=True)
    subject.count_inbound(now=10.5)

    assert code_of(subject, now=10.9) == 130429
    subject.refuse(ANA, now=11.0)


def test_the_pair_limit_refuses_the_forty_sixth_at_once() -> None:
    subject = standing(Condition(pair_limit=True))
    for _ in range(45):
        subject.refuse(ANA, now=10.0)
        subject.count(ANA, now=10.0, in_window=True)

    assert code_of(subject) == 131056


def test_the_messaging_limit_fails_later_and_only_outside_the_window() -> None:
    subject = standing(Condition(messaging_limit=1))
    subject.count("1", now=1.0, in_window=False)

    assert subject.count("2", now=2.0, in_window=True) is None
    assert subject.count("2", now=2.0, in_window=False) == 131048
    assert subject.count("1", now=3.0, in_window=False) is None
    assert subject.hits == {"messaging_limit": 1}


def test_a_limit_that_was_off_in_between_begins_anew() -> None:
    subject = standing(Condition(throughput=1))
    subject.count(ANA, now=10.0, in_window=True)
    subject.change(Condition())
    subject.change(Condition(throughput=1))

    subject.refuse(ANA, now=10.0)


def test_a_token_is_revoked_or_unanswered_for_the_numbers_it_is_for() -> None:
    conditions = Conditions()
    conditions.of(NUMBER).change(Condition(token_revoked=True, outage=Outage.DROPPED))

    assert conditions.revoked([NUMBER])
    assert not conditions.revoked(["2"])
    assert (conditions.outage([NUMBER]), conditions.outage(["2"])) == (Outage.DROPPED, Outage.NONE)
    assert conditions.of(NUMBER).hits == {"token_revoked": 1, "outage": 1}

    conditions.reset()
    assert not conditions.revoked([NUMBER])
