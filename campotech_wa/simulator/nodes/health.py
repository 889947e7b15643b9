"""Tell whether a number, an account or an app can send (sending.md, 4)."""

from campotech_wa.simulator.errors import status_error
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

APP_ID = "300000000000000"
"""The one Meta app that every simulated token belongs to."""


def health_of(channel: Channel, entity_id: str, entity_type: str, *, blocked_by: int | None) -> JsonObject:
    """Answer a field health_status: nothing is wrong, or the account is blocked by the error of this code."""
    usable = "AVAILABLE" if blocked_by is None else "BLOCKED"
    entities = {entity_id: entity_type, channel.waba_id: "WABA", APP_ID: "APP"}
    described = [_entity(each, kind, blocked_by) for each, kind in entities.items()]
    return {"can_send_message": usable, "entities": described}


def _entity(entity_id: str, kind: str, blocked_by: int | None) -> JsonObject:
    entity: JsonObject = {"entity_type": kind, "id": entity_id, "can_send_message": "AVAILABLE"}
    if kind != "WABA" or blocked_by is None:
        return entity
    told = status_error(blocked_by)
    solution = "Ask for a review in Business Support Home."
    error = {"error_code": blocked_by, "error_description": told["title"], "possible_solution": solution}
    return {**entity, "can_send_message": "BLOCKED", "errors": [error]}
