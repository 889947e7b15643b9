"""Check the body of POST /{phone_number_id}/messages as Meta does: a message or a read receipt comes out."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from campotech_wa.simulator.errors import GraphError, refusal
from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import JsonObject, as_array, as_object, as_text

MAX_TEXT = 4096
"""Characters in a text body (sending.md, 1.4)."""
MAX_CALLBACK_DATA = 512
"""Characters in biz_opaque_callback_data (sending.md, 1.1)."""

_DECORATION = re.compile(r"[\s()+.\-]")
_NUMBER = re.compile(r"[0-9]{7,15}")
"""An international number without its plus: 15 digits at most (E.164)."""
_TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that passed the checks: `payload` is the body as it came, `customer` the digits or the user id."""

    customer: str
    type: str
    payload: JsonObject

    @property
    def text(self) -> str:
        """The body of a text message, else nothing."""
        return as_text((as_object(self.payload.get("text")) or {}).get("body")) or ""


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """The business has read a customer's message, and may be typing an answer."""

    message_id: str
    typing: bool


def parse(raw: bytes) -> Outgoing | ReadReceipt:
    """Read the body; raise GraphError as soon as something is wrong with it."""
    body = _decode(raw)
    if body.get("messaging_product") != "whatsapp":
        raise refusal(100, "The parameter messaging_product is required.")
    return _receipt(body) if "status" in body else _outgoing(body)


def _decode(raw: bytes) -> JsonObject:
    try:
        body = as_object(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise refusal(100, "The body is not valid JSON.") from error
    if body is None:
        raise refusal(100, "The body must be a JSON object.")
    return body


def _receipt(body: JsonObject) -> ReadReceipt:
    if body["status"] != "read":
        raise refusal(100, "Param status must be one of {READ}.")
    typing = body.get("typing_indicator")
    if typing is not None and (as_object(typing) or {}).get("type") != "text":
        raise refusal(100, "Param typing_indicator['type'] must be one of {TEXT}.")
    return ReadReceipt(_required_text(body, "message_id"), typing=typing is not None)


def _outgoing(body: JsonObject) -> Outgoing:
    if body.get("recipient_type", "individual") != "individual":
        raise refusal(100, "Param recipient_type must be one of {INDIVIDUAL}.")
    customer = _recipient(body)
    kind = _required_text(body, "type")
    _check_content(body, kind)
    _check_context(body)
    _check_callback_data(body)
    return Outgoing(customer, kind, body)


def _recipient(body: JsonObject) -> str:
    written = body.get("to")
    if written is None or written == "":
        return _user_id(body)
    if not isinstance(written, str):
        raise refusal(100, "Param to must be a string.")
    digits = _DECORATION.sub("", written)
    if not _NUMBER.fullmatch(digits):
        raise refusal(131009, "Param to is not a valid phone number.")
    return digits


def _user_id(body: JsonObject) -> str:
    if "recipient" not in body:
        raise _missing("to")
    user_id = _required_text(body, "recipient")
    if not is_user_id(user_id):
        raise refusal(131009, "Param recipient is not a valid business-scoped user ID.")
    return user_id


def _check_content(body: JsonObject, kind: str) -> None:
    check = _CHECKS.get(kind)
    if check is None:
        known = ", ".join(sorted(_CHECKS)).upper()
        raise refusal(100, f'Param type must be one of {{{known}}} - got "{kind}".')
    content = body.get(kind)
    if content is None:
        raise _missing(kind)
    check(content, kind)


def _check_context(body: JsonObject) -> None:
    if "context" in body:
        _required_text(_object(body["context"], "context"), "message_id", "context['message_id']")


def _check_callback_data(body: JsonObject) -> None:
    data = body.get("biz_opaque_callback_data", "")
    if not isinstance(data, str) or len(data) > MAX_CALLBACK_DATA:
        limit = f"a string of at most {MAX_CALLBACK_DATA} characters."
        raise refusal(100, f"Param biz_opaque_callback_data must be {limit}")


def _check_text(content: object, kind: str) -> None:
    text = _object(content, kind)
    body = text.get("body")
    if not isinstance(body, str) or not body:
        raise refusal(100, "The parameter text['body'] is required.")
    if len(body) > MAX_TEXT:
        raise refusal(100, f"Param text['body'] must be at most {MAX_TEXT} characters long.")
    if not isinstance(text.get("preview_url", False), bool):
        raise refusal(100, "Param text['preview_url'] must be a boolean.")


def _check_reaction(content: object, kind: str) -> None:
    reaction = _object(content, kind)
    _required_text(reaction, "message_id", "reaction['message_id']")
    if not isinstance(reaction.get("emoji"), str):
        raise _missing("reaction['emoji']")


def _check_template(content: object, kind: str) -> None:
    template = _object(content, kind)
    name = _required_text(template, "name", "template['name']")
    if not _TEMPLATE_NAME.fullmatch(name):
        raise refusal(132001, f"Template name ({name}) does not exist.")
    if "language" not in template:
        raise _missing("template['language']")
    _required_text(
        _object(template["language"], "template['language']"), "code", "template['language']['code']"
    )
    _check_components(template.get("components", []))


def _check_components(value: object) -> None:
    components = as_array(value)
    if components is None:
        raise refusal(100, "Param template['components'] must be an array.")
    for position, component in enumerate(components):
        owner = f"template['components'][{position}]"
        fields = _object(component, owner)
        _required_text(fields, "type", f"{owner}['type']")
        if as_array(fields.get("parameters", [])) is None:
            raise refusal(100, f"Param {owner}['parameters'] must be an array.")


def _check_interactive(content: object, kind: str) -> None:
    _required_text(_object(content, kind), "type", "interactive['type']")


def _check_contacts(content: object, kind: str) -> None:
    cards = as_array(content)
    if not cards:
        raise refusal(100, f"Param {kind} must be an array with at least one contact.")
    for position, card in enumerate(cards):
        _object(card, f"{kind}[{position}]")


def _check_object(content: object, kind: str) -> None:
    _object(content, kind)


_CHECKS: dict[str, Callable[[object, str], None]] = {
    "text": _check_text,
    "reaction": _check_reaction,
    "template": _check_template,
    "interactive": _check_interactive,
    "contacts": _check_contacts,
    **dict.fromkeys(("image", "audio", "video", "document", "sticker", "location"), _check_object),
}


def _object(value: object, name: str) -> JsonObject:
    found = as_object(value)
    if found is None:
        raise refusal(100, f"Param {name} must be a JSON object.")
    return found


def _required_text(values: JsonObject, key: str, name: str = "") -> str:
    value = values.get(key)
    if value is None or value == "":
        raise _missing(name or key)
    if not isinstance(value, str):
        raise refusal(100, f"Param {name or key} must be a string.")
    return value


def _missing(name: str) -> GraphError:
    return refusal(131008, f"The parameter {name} is required.")
