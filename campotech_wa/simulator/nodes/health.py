"""Tell whether a number, an account or an app can send (sending.md, 4)."""

from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject

APP_ID = "300000000000000"
"""The one Meta app that every simulated token belongs to."""


def health_of(channel: Channel, entity_id: str, entity_type: str) -> JsonObject:
    """Answer a field health_status where nothing is wrong."""
    entities = {entity_id: entity_type, channel.waba_id: "WABA", APP_ID: "APP"}
    described = [
        {"entity_type": kind, "id": each, "can_send_message": "AVAILABLE"} for each, kind in entities.items()
    ]
    return {"can_send_message": "AVAILABLE", "entities": described}
