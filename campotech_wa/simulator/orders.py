"""Read what a control route is told: a JSON object comes out, or a sentence that says what is wrong with it."""

import json

from starlette.requests import Request

from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import JsonObject, as_object
from campotech_wa.simulator.world.state import ChatKey


class ControlError(ValueError):
    """The order makes no sense; the message says why, in one sentence."""


async def document(request: Request) -> JsonObject:
    """Answer the JSON object in the body."""
    try:
        found = as_object(json.loads(await request.body()))
    except ValueError as error:
        raise ControlError(f"The body is not JSON: {error}.") from error
    if found is None:
        raise ControlError("The body must be a JSON object.")
    return found


def text(order: JsonObject, name: str) -> str:
    """Answer a text that must be there."""
    value = order.get(name)
    if not isinstance(value, str) or not value:
        raise ControlError(f"{name} must be a text.")
    return value


def optional_text(order: JsonObject, name: str) -> str:
    """Answer a text, empty where it is left out."""
    value = order.get(name)
    if not isinstance(value, str | None):
        raise ControlError(f"{name} must be a text.")
    return value or ""


def flag(order: JsonObject, name: str, *, usual: bool) -> bool:
    """Answer a boolean, or the usual one where it is left out."""
    value = order.get(name, usual)
    if not isinstance(value, bool):
        raise ControlError(f"{name} must be true or false.")
    return value


def chat_key(order: JsonObject) -> ChatKey:
    """Answer the chat of a phone_number_id with a customer: a number, or a user id where no number is given."""
    phone_number_id, written = text(order, "phone_number_id"), optional_text(order, "from")
    customer = written or optional_text(order, "user_id")
    return ChatKey(phone_number_id, customer if is_user_id(customer) else number(customer))


def number(written: str) -> str:
    """Answer the digits of a number, however it is written."""
    digits = "".join(filter(str.isdigit, written))
    if not digits or not digits.isascii():
        raise ControlError("from must be the digits of a WhatsApp number.")
    return digits


def after(request: Request) -> int:
    """Answer how many entries of a list the asker knows already."""
    text = request.query_params.get("after", "0")
    if not text.isascii() or not text.isdigit():
        raise ControlError("after must be a whole number.")
    return int(text)
