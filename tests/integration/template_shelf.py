"""Give the simulated account templates, and fill them."""

import json
from typing import Any
from uuid import uuid4

import httpx

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import process
from campotech_wa.services.templates import sync
from tests.integration.desk import NUMBER, post, rows

JsonObject = dict[str, Any]

NAME = "turno"
BODY = {"type": "BODY", "text": "Hola {{1}}, te esperamos el {{2}}."}


def put(simulator: httpx.Client, name: str = NAME, **changes: object) -> None:
    """Give the account of organization 1 a template, or change the one of this name."""
    template = {"name": name, "language": "es_AR", "category": "UTILITY", "components": [BODY], **changes}
    order = {"phone_number_id": NUMBER, "template": template}
    simulator.post("/_sim/templates", json=order).raise_for_status()


def take_away(simulator: httpx.Client, name: str = NAME) -> None:
    """Delete a template at Meta."""
    token = {"Authorization": "Bearer demo-access-token-1"}
    path = "/v25.0/200000000000001/message_templates"
    simulator.delete(path, params={"name": name}, headers=token).raise_for_status()


def known(admin: Actor, simulator: httpx.Client, **changes: object) -> None:
    """Have a template at Meta, and read it."""
    put(simulator, NAME, **changes)
    sync.sync(admin)


def filled(*texts: str, name: str = NAME) -> JsonObject:
    """Build the content of a message with the template."""
    parameters = [{"type": "text", "text": text} for text in texts]
    components = [{"type": "body", "parameters": parameters}] if texts else []
    return {"name": name, "language": {"code": "es_AR"}, "components": components}


def news(field: str, **value: object) -> None:
    """Have Meta tell something of the template by webhook, and process it."""
    told = {
        "message_template_id": 7,
        "message_template_name": NAME,
        "message_template_language": "es-AR",
        **value,
    }
    changes = [{"field": field, "value": told}]
    post(json.dumps({"entry": [{"id": str(uuid4()), "changes": changes}]}).encode())
    process.channel(ChannelId(1))


def shelf(organization_id: int = 1) -> dict[str, JsonObject]:
    """Return what is known of each template, by name."""
    query = "select * from wa_template where organization_id = :organization"
    return {str(row["name"]): row for row in rows(query, organization=organization_id)}
