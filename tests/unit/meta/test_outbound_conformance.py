"""Every body that we build is what Meta's own OpenAPI file calls a message, but for the amendments beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campotech_wa.domain.ids import Wamid
from campotech_wa.meta import outbound
from tests import openapi
from tests.unit.meta.outbound.amendments import AMENDMENTS, HOLA, Amendment, body
from tests.unit.meta.outbound.contents import CONTENTS, interactive

Judge = Callable[[object], list[str]]

unhurried = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=80
)


def _judge(amendments: dict[str, Amendment]) -> Judge:
    schemas = openapi.schemas()
    for amendment in amendments.values():
        amendment.amend(schemas)
    return openapi.judge(schemas, "Message")


@pytest.fixture(scope="module")
def faults() -> Judge:
    return _judge(AMENDMENTS)


@pytest.mark.parametrize("kind", sorted(CONTENTS))
@given(st.data())
@unhurried
def test_every_body_conforms(faults: Judge, kind: str, data: st.DataObject) -> None:
    assert faults(body(kind, data.draw(CONTENTS[kind]))) == []


@pytest.mark.parametrize("kind", sorted(interactive))
@given(st.data())
@unhurried
def test_every_interactive_body_conforms(faults: Judge, kind: str, data: st.DataObject) -> None:
    assert faults(body("interactive", data.draw(interactive[kind]))) == []


@pytest.mark.parametrize("name", sorted(AMENDMENTS))
def test_no_amendment_could_be_left_out(faults: Judge, name: str) -> None:
    witness = AMENDMENTS[name].witness
    without = _judge({other: amendment for other, amendment in AMENDMENTS.items() if other != name})

    assert faults(witness) == []
    assert without(witness) != []


def test_a_body_with_a_quote_conforms(faults: Judge) -> None:
    assert faults(body("text", HOLA, context={"message_id": "wamid.7"})) == []


@pytest.mark.parametrize(
    "change",
    [{"to": 7}, {"type": "image"}, {"text": {"body": 7}}, {"text": {"boby": ""}}, {"colour": "red"}],
)
def test_what_does_not_conform_is_seen(faults: Judge, change: dict[str, Any]) -> None:
    assert faults(body("text", HOLA) | change) != []


def test_what_does_not_conform_is_seen_inside_a_template_too(faults: Judge) -> None:
    greeting = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}
    sent = body("template", {"name": "turno", "language": {"code": "es"}, "components": [greeting]})
    sent["template"]["components"][0]["parameters"][0]["text"] = 7

    assert faults(sent) != []


@pytest.mark.parametrize("typing", [True, False])
def test_a_read_receipt_conforms(typing: bool) -> None:  # noqa: FBT001 - parametrized
    faults = openapi.judge(openapi.schemas(), "MarkMessageRequestPayload")

    assert faults(outbound.read_receipt(Wamid("wamid.7"), typing=typing)) == []
