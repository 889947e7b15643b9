"""Write bodies of POST /messages for the tests of the checks, and check them."""

import json

import pytest

from campotech_wa.simulator.checks.body import parse
from campotech_wa.simulator.checks.outgoing import Outgoing, ReadReceipt
from campotech_wa.simulator.errors import GraphError
from campotech_wa.simulator.shapes import JsonObject

NOTHING: JsonObject = {}
CARD: JsonObject = {
    "name": {"formatted_name": "Ana Paz", "first_name": "Ana"},
    "phones": [{"phone": "+54 9 11 3123-4567", "wa_id": "5491131234567", "type": "CELL"}],
    "emails": [{"email": "ana@example.test", "type": "HOME"}],
    "addresses": [{"street": "Rivadavia 1", "city": "Buenos Aires", "country_code": "AR", "zip": ""}],
    "org": {"company": "Clima Sur", "title": "Técnica"},
    "urls": [{"url": "https://example.test", "type": "WORK"}],
    "birthday": "1990-11-23",
}
BUTTONS: JsonObject = {"buttons": [{"type": "reply", "reply": {"id": "si", "title": "Sí"}}]}


def text_message(**changes: object) -> JsonObject:
    """Answer a text with some keys changed; None takes one away."""
    body = {"messaging_product": "whatsapp", "to": "+5491131234567", "type": "text", "text": {"body": "Hola"}}
    return {key: value for key, value in {**body, **changes}.items() if value is not None}


def typed(kind: str, content: object) -> JsonObject:
    """Answer a message of another type."""
    return text_message(type=kind, text=None, **{kind: content})


def check(body: object) -> Outgoing | ReadReceipt:
    """Check the body as it would be posted."""
    return parse(json.dumps(body).encode())


def refused(body: object) -> GraphError:
    """Answer the error that the body is refused with."""
    with pytest.raises(GraphError) as caught:
        check(body)
    return caught.value
