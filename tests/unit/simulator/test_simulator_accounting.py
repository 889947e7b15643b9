"""What is counted of the messages that were accepted."""

from campotech_wa.simulator.world.accounting import Account, Accounting


def test_the_most_in_any_sixty_seconds_is_remembered() -> None:
    account = Account()
    for second in (0, 10, 20, 59.9, 60, 130):
        account.count("", now=float(second))

    assert (account.accepted, account.max_in_any_60s) == (6, 4)


def test_sixty_seconds_later_is_another_minute() -> None:
    account = Account()
    for second in (0.0, 60.0, 120.0):
        account.count("", now=second)

    assert account.max_in_any_60s == 1


def test_a_message_that_was_accepted_twice_is_named_with_its_attempts() -> None:
    account = Account()
    for data in ("m17.1", "m18.1", "m17.2", "m17.2", "", ""):
        account.count(data, now=0.0)

    assert account.view()["accepted_twice"] == [{"id": "m17", "times": 3, "attempts": ["1", "2", "2"]}]


def test_every_number_has_an_account_and_a_reset_empties_it() -> None:
    accounting = Accounting(["1", "2"])
    accounting.count("2", "m1.1", now=0.0)
    empty: dict[str, object] = {"accepted": 0, "max_in_any_60s": 0, "accepted_twice": []}

    assert accounting.view() == {"1": empty, "2": {**empty, "accepted": 1, "max_in_any_60s": 1}}

    accounting.reset()
    assert accounting.view() == {"1": empty, "2": empty}
