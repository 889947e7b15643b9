"""When a webhook is tried again."""

from itertools import islice

from campotech_wa.simulator.webhooks.courier import PERSISTENCE, retry_pauses


def test_the_pauses_grow_to_ten_seconds() -> None:
    assert list(islice(retry_pauses(), 8)) == [0.1, 1, 2, 4, 8, 10, 10, 10]


def test_a_delivery_is_abandoned_after_ten_minutes() -> None:
    assert PERSISTENCE - 10 < sum(retry_pauses()) <= PERSISTENCE
