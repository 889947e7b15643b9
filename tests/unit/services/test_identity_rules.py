"""What two rows become, and which business numbers may be test numbers: rules without a database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.domain.ids import WaId
from campotech_wa.services.identity import combining, is_test_number
from campotech_wa.tables.conversations import Conversation, Customer

ANA, BETO = WaId("5491131234567"), WaId("5493515123456")
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def customer(wa_id: str | None, *, confirmed: bool = True) -> Customer:
    return Customer(organization_id=1, wa_id=wa_id, confirmed=confirmed)


def thread(direction: str, at: datetime) -> Conversation:
    return Conversation(
        organization_id=1,
        channel_id=1,
        customer_id=1,
        last_direction=direction,
        last_message_at=at,
        last_preview=direction,
    )


@pytest.mark.parametrize(
    ("survivor", "absorbed", "shown", "kept", "gives_up", "former"),
    [
        (ANA, BETO, None, ANA, False, []),
        (None, BETO, None, BETO, True, []),
        (ANA, None, None, ANA, False, []),
        (None, None, None, None, False, []),
        (ANA, BETO, BETO, BETO, True, [ANA]),
        (ANA, BETO, ANA, ANA, True, [BETO]),
        (None, BETO, BETO, BETO, True, []),
        (ANA, BETO, WaId("5492966412345"), "5492966412345", True, [ANA, BETO]),
    ],
)
def test_the_survivor_has_the_number_that_meta_shows_else_their_own(
    survivor: str | None,
    absorbed: str | None,
    shown: WaId | None,
    kept: str | None,
    gives_up: bool,  # noqa: FBT001  (an expected value)
    former: list[str],
) -> None:
    one, other = customer(survivor), customer(absorbed)

    after, gone = combining.customers(one, other, shown)

    assert (after["wa_id"], bool(gone)) == (kept, gives_up)
    assert combining.given_up(one, other, shown) == former


def test_a_typed_number_that_meta_corrects_was_never_theirs() -> None:
    typed = customer(ANA, confirmed=False)

    assert combining.given_up(typed, customer(BETO), BETO) == []


def test_a_thread_that_was_never_written_in_is_never_the_newest() -> None:
    row = combining.threads(thread("inbound", EARLY), thread("", LATE))

    assert (row["last_message_at"], row["last_direction"]) == (EARLY, "inbound")


@pytest.mark.parametrize(
    ("now", "absorbed", "heard", "parted"),
    [(3, 2, 0, (1, 2)), (4, 2, 1, (2, 2)), (0, 2, 0, (0, 0)), (1, 2, 1, (1, 1)), (0, 2, 1, (0, 0))],
)
def test_what_is_unread_is_parted_with_one_too_many_and_never_one_too_few(
    now: int, absorbed: int, heard: int, parted: tuple[int, int]
) -> None:
    assert combining.unread(now, absorbed, heard) == parted


def test_values_come_back_from_json_as_they_went() -> None:
    values = {"last_message_at": LATE, "last_inbound_at": None, "wa_id": ANA, "unread_count": 2}

    assert combining.typed(combining.plain(values)) == values


@pytest.mark.parametrize(
    ("info", "may_be"),
    [
        ({}, True),
        ({"number": {"account_mode": "SANDBOX"}}, True),
        ({"number": {}, "waba": "odd"}, True),
        ({"number": {"account_mode": "LIVE"}}, False),
        ({"account_mode": "LIVE"}, False),
    ],
)
def test_only_a_number_that_meta_calls_live_is_no_test_number(info: dict[str, Any], may_be: bool) -> None:  # noqa: FBT001
    assert is_test_number(info) is may_be
