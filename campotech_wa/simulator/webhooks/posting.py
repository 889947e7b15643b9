"""Post webhooks that a test has written itself: one field of one number, or a whole body as it stands."""

from datetime import UTC, datetime

from campotech_wa.simulator import orders
from campotech_wa.simulator.orders import ControlError
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject, as_array, as_object
from campotech_wa.simulator.webhooks import payloads
from campotech_wa.simulator.webhooks.courier import Courier, Delivery


def post(courier: Courier, channel: Channel, order: JsonObject) -> Delivery:
    """Send `{"field", "value"}` in Meta's envelope, or `{"payload"}` untouched; both are signed."""
    if "payload" in order:
        payload = _object(order, "payload")
        return courier.dispatch(channel, "webhook", payload, (), field=_first_field(payload))
    field = orders.text(order, "field")
    payload = payloads.of_field(channel, field, _object(order, "value"), at=datetime.now(UTC))
    return courier.dispatch(channel, "webhook", payload, (), field=field)


def _object(order: JsonObject, name: str) -> JsonObject:
    found = as_object(order.get(name))
    if found is None:
        raise ControlError(f"{name} must be a JSON object.")
    return found


def _first_field(payload: JsonObject) -> str:
    """Answer the field that decides where the body goes; any body that has none is taken for messages."""
    for name in ("entry", "changes"):
        listed = as_array(payload.get(name)) or ({},)
        payload = as_object(listed[0]) or {}
    return str(payload.get("field", "messages"))
