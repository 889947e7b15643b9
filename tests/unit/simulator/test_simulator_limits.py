"""Meta's own limits: per second, per customer, and customers a day."""

from campotech_wa.simulator.world.limits import MessagingLimit, PairLimit, Throughput

ANA, BEA, CARLA = "5491131234567", "5491131234568", "5491131234569"


def test_a_second_takes_so_many_and_the_next_one_as_many_again() -> None:
    throughput = Throughput()
    for _ in range(80):
        assert not throughput.reached(80, now=10.0)
        throughput.count(now=10.0)

    assert throughput.reached(80, now=10.99)
    assert not throughput.reached(80, now=11.0)


def test_forty_five_to_one_customer_and_then_one_in_six_seconds() -> None:
    pairs = PairLimit()
    for _ in range(45):
        assert not pairs.reached(ANA, now=10.0)
        pairs.count(ANA, now=10.0)

    assert pairs.reached(ANA, now=10.0)
    assert pairs.reached(ANA, now=15.9)
    assert not pairs.reached(BEA, now=10.0)

    assert not pairs.reached(ANA, now=16.0)
    pairs.count(ANA, now=16.0)
    assert pairs.reached(ANA, now=21.9)


def test_what_was_borrowed_is_paid_back_before_it_can_be_borrowed_again() -> None:
    pairs = PairLimit()
    for _ in range(20):
        pairs.count(ANA, now=0.0)

    for _ in range(45):
        assert not pairs.reached(ANA, now=120.0)
        pairs.count(ANA, now=120.0)
    assert pairs.reached(ANA, now=120.0)


def test_only_so_many_customers_are_reached_in_a_day() -> None:
    limit = MessagingLimit()
    limit.count(ANA, now=0.0)

    assert limit.reached(BEA, 1, now=1.0)
    assert not limit.reached(ANA, 1, now=1.0)
    assert not limit.reached(BEA, 1, now=24 * 3600.0)


def test_who_is_written_to_again_counts_from_then() -> None:
    limit = MessagingLimit()
    limit.count(ANA, now=0.0)
    limit.count(BEA, now=1.0)
    limit.count(ANA, now=3600.0)

    assert limit.reached(CARLA, 1, now=24 * 3600.0 + 10)
    assert not limit.reached(CARLA, 2, now=24 * 3600.0 + 10)
