"""What POST /_sim/inbound takes."""

from datetime import UTC, datetime

import pytest

from campotech_wa.simulator.receiving import Inbound, InboundError, parse
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.state import ChatKey

ORDER: JsonObject = {
    "phone_number_id": "100000000000001",
    "from": "+54 9 11 3123-4567",
    "profile_name": "Ana",
    "message": {"type": "text", "text": {"body": "Hola"}},
}


def test_a_number_may_be_written_as_people_do() -> None:
    inbound = parse(ORDER)

    assert inbound == Inbound(
        ChatKey("100000000000001", "5491131234567"), "Ana", {"type": "text", "text": {"body": "Hola"}}
    )


def test_the_time_can_be_given_as_text_or_number() -> None:
    for written in ("1764000000", 1764000000):
        inbound = parse({**ORDER, "message": {"type": "text", "timestamp": written}})

        assert inbound.at == datetime.fromtimestamp(1764000000, UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"phone_number_id": None},
        {"phone_number_id": 100000000000001},
        {"from": ""},
        {"from": "Ana"},
        {"from": 5491131234567},
        {"message": None},
        {"message": "Hola"},
        {"message": {"text": {"body": "Hola"}}},
        {"message": {"type": "text", "timestamp": "soon"}},
        {"message": {"type": "text", "timestamp": 10**30}},
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_a_sentence(change: JsonObject) -> None:
    with pytest.raises(InboundError, match=r"\.$"):
        parse({**ORDER, **change})
