"""Check the body of POST /{phone_number_id}/messages as Meta does: a message or a read receipt comes out."""

import json
import re
from collections.abc import Callable

from campotech_wa.simulator.checks import contacts, interactive, media, template, words
from campotech_wa.simulator.checks.outgoing import Outgoing, ReadReceipt
from campotech_wa.simulator.checks.part import Part, missing
from campotech_wa.simulator.errors import refusal
from campotech_wa.simulator.identifiers import is_user_id
from campotech_wa.simulator.shapes import as_object, as_text

MAX_CALLBACK_DATA = 512
"""Characters in biz_opaque_callback_data (sending.md, 1.1)."""

_DECORATION = re.compile(r"[\s()+.\-]")
_NUMBER = re.compile(r"[0-9]{7,15}")
"""An international number without its plus: 15 digits at most (E.164)."""

_CHECKS: dict[str, Callable[[Part, str], None]] = {
    "text": words.check_text,
    "reaction": words.check_reaction,
    "location": words.check_location,
    "contacts": contacts.check,
    "interactive": interactive.check,
    "template": template.check,
    **dict.fromkeys(("image", "audio", "video", "document", "sticker"), media.check),
}


def parse(raw: bytes) -> Outgoing | ReadReceipt:
    """Read the body; raise GraphError as soon as something is wrong with it."""
    body = _decode(raw)
    if body.values.get("messaging_product") != "whatsapp":
        raise refusal(100, "The parameter messaging_product is required.")
    return _receipt(body) if "status" in body.values else _outgoing(body)


def _decode(raw: bytes) -> Part:
    try:
        body = as_object(json.loads(raw))
    except (ValueError, RecursionError) as error:
        raise refusal(100, "The body is not valid JSON.") from error
    if body is None:
        raise refusal(100, "The body must be a JSON object.")
    return Part(body)


def _receipt(body: Part) -> ReadReceipt:
    body.choice("status", ("read",))
    typing = body.values.get("typing_indicator")
    if typing is not None:
        body.part("typing_indicator").choice("type", ("text",))
    return ReadReceipt(body.text("message_id"), typing=typing is not None)


def _outgoing(body: Part) -> Outgoing:
    if body.values.get("recipient_type", "individual") != "individual":
        raise refusal(100, "Param recipient_type must be one of {INDIVIDUAL}.")
    _refuse_direct_send(body)
    customer = _recipient(body)
    kind = body.choice("type", _CHECKS)
    if not body.has(kind):
        raise missing(kind)
    _CHECKS[kind](body, kind)
    if "context" in body.values:
        body.part("context").text("message_id")
    _check_callback_data(body)
    body.optional_text("recipient_identity_key_hash")
    return Outgoing(customer, kind, body.values)


def _refuse_direct_send(body: Part) -> None:
    for key in ("category", "ttl_seconds"):
        if key in body.values:
            raise refusal(100, f"Param {key} needs Direct Send, which this account may not use.")


def _recipient(body: Part) -> str:
    if not body.values.get("to"):
        return _user_id(body)
    digits = _DECORATION.sub("", body.text("to"))
    if not _NUMBER.fullmatch(digits):
        raise refusal(131009, "Param to is not a valid phone number.")
    return digits


def _user_id(body: Part) -> str:
    if not body.has("recipient"):
        raise missing("to")
    user_id = body.text("recipient")
    if not is_user_id(user_id):
        raise refusal(131009, "Param recipient is not a valid business-scoped user ID.")
    return user_id


def _check_callback_data(body: Part) -> None:
    data = as_text(body.values.get("biz_opaque_callback_data", ""))
    if data is None or len(data) > MAX_CALLBACK_DATA:
        limit = f"a string of at most {MAX_CALLBACK_DATA} characters."
        raise refusal(100, f"Param biz_opaque_callback_data must be {limit}")
