"""Write the webhook bodies that Meta would post, and sign them."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campotech_wa.simulator.errors import status_error
from campotech_wa.simulator.identifiers import user_id
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.state import Message, State


@dataclass(frozen=True, slots=True)
class Report:
    """A status of one message of the business; the profile name is the customer's, where known."""

    message: Message
    state: State
    at: datetime
    profile_name: str = ""
    error_code: int | None = None


def encode(payload: JsonObject) -> bytes:
    r"""Serialise as Meta does, with \uXXXX and escaped slashes: whoever re-serialises breaks the digest."""
    return json.dumps(payload, separators=(",", ":")).replace("/", r"\/").encode("ascii")


def signature(body: bytes, app_secret: str) -> str:
    """Answer the X-Hub-Signature-256 of these bytes (webhooks.md, 1.2)."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def unix(at: datetime) -> str:
    """Answer whole unix seconds as the string that message webhooks carry."""
    return str(int(at.timestamp()))


def inbound(channel: Channel, message: JsonObject, *, wa_id: str, profile_name: str) -> JsonObject:
    """Answer the webhook of one message of a customer."""
    contact: JsonObject = {"profile": {"name": profile_name}, **_identity(channel, wa_id)}
    return _envelope(channel, [{"contacts": [contact], "messages": [message]}])


def statuses(channel: Channel, reports: Sequence[Report]) -> JsonObject:
    """Answer the webhook of a batch of statuses: one change per customer, many statuses in each."""
    by_customer: dict[str, list[Report]] = {}
    for report in reports:
        by_customer.setdefault(report.message.chat.wa_id, []).append(report)
    return _envelope(channel, [_status_value(channel, group) for group in by_customer.values()])


def _status_value(channel: Channel, reports: Sequence[Report]) -> JsonObject:
    listed = [_status(channel, report) for report in reports]
    if all(report.state is State.FAILED for report in reports):
        return {"statuses": listed}  # a failure names no contact (webhooks.md, 5)
    first = reports[0]
    name = {"profile": {"name": first.profile_name}} if first.profile_name else {}
    return {"contacts": [{**name, **_identity(channel, first.message.chat.wa_id)}], "statuses": listed}


def _status(channel: Channel, report: Report) -> JsonObject:
    message = report.message
    status: JsonObject = {
        "id": message.id,
        "status": report.state.value,
        "timestamp": unix(report.at),
        "recipient_id": message.chat.wa_id,
    }
    if report.state is not State.FAILED:
        status["recipient_user_id"] = user_id(channel.waba_id, message.chat.wa_id)
    if "biz_opaque_callback_data" in message.payload:
        status["biz_opaque_callback_data"] = message.payload["biz_opaque_callback_data"]
    if report.state in {State.SENT, State.DELIVERED}:
        status["pricing"] = _pricing(message)
    if report.error_code is not None:
        status["errors"] = [status_error(report.error_code)]
    return status


def _pricing(message: Message) -> JsonObject:
    """Answer the price: each template counts as utility, free inside an open window (sending.md, 3.6)."""
    category = "utility" if message.type == "template" else "service"
    free = category == "service" or message.in_window
    kind = "free_customer_service" if free else "regular"
    return {"billable": not free, "pricing_model": "PMP", "type": kind, "category": category}


def _identity(channel: Channel, wa_id: str) -> JsonObject:
    return {"wa_id": wa_id, "user_id": user_id(channel.waba_id, wa_id)}


def _envelope(channel: Channel, values: Iterable[JsonObject]) -> JsonObject:
    changes = [{"value": {**_head(channel), **value}, "field": "messages"} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": channel.waba_id, "changes": changes}]}


def _head(channel: Channel) -> JsonObject:
    digits = "".join(filter(str.isdigit, channel.display_phone_number))
    metadata = {"display_phone_number": digits, "phone_number_id": channel.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata}
