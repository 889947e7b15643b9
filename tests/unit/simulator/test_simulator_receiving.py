"""What POST /_sim/inbound takes."""

from datetime import UTC, datetime

import pytest

from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.webhooks.receiving import Inbound, parse
from campotech_wa.simulator.world.state import ChatKey

ORDER: JsonObject = {
    "phone_number_id": "100000000000001",
    "from": "+54 9 11 3123-4567",
    "profile_name": "Ana",
    "message": {"type": "text", "text": {"body": "Hola"}},
}


def test_a_number_may_be_written_as_people_do() -> None:
    inbound = parse(ORDER)

    assert inbound == Inbound(
        ChatKey("100000000000001", "5491131234567"), {"type": "text", "text": {"body": "Hola"}}, "Ana"
    )


def test_the_time_can_be_given_as_text_or_number() -> None:
    for written in ("1764000000", 1764000000):
        inbound = parse({**ORDER, "message": {"type": "text", "timestamp": written}})

        assert inbound.at == datetime.fromtimestamp(1764000000, UTC)


def test_somebody_may_come_without_a_number() -> None:
    order = {**ORDER, "from": None, "user_id": "AR.13491", "username": "@ana.gomez", "at": 1764000000}

    inbound = parse(order)

    assert inbound.chat == ChatKey("100000000000001", "AR.13491")
    assert (inbound.chat.wa_id, inbound.user_id, inbound.username) == ("", "AR.13491", "ana.gomez")
    assert inbound.at == datetime.fromtimestamp(1764000000, UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"phone_number_id": None},
        {"phone_number_id": 100000000000001},
        {"from": ""},
        {"from": "Ana"},
        {"from": None},
        {"user_id": "Ana"},
        {"from": None, "user_id": 5},
        {"from": 5491131234567},
        {"message": None},
        {"message": "Hola"},
        {"message": {"text": {"body": "Hola"}}},
        {"message": {"type": "text", "timestamp": "soon"}},
        {"message": {"type": "text", "timestamp": 10**30}},
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_a_sentence(change: JsonObject) -> None:
    with pytest.raises(ControlError, match=r"\.$"):
        parse({**ORDER, **change})
