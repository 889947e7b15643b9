"""Write the webhook bodies that Meta would post, and sign them."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campotech_wa.simulator.errors import status_error
from campotech_wa.simulator.settings import Channel
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.world.state import Chat, Message, State

MESSAGE_FIELDS = frozenset(
    {
        "messages",
        "smb_message_echoes",
        "smb_app_state_sync",
        "history",
        "user_preferences",
        "calls",
        "standby",
        "messaging_handovers",
        "automatic_events",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
    }
)
"""Fields whose value names the number it is about (webhooks.md, 2)."""

_TELLS_USERNAME = frozenset({State.DELIVERED, State.READ})


@dataclass(frozen=True, slots=True)
class Report:
    """A status of one message of the business, and the chat it stands in."""

    message: Message
    state: State
    at: datetime
    chat: Chat
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


def inbound(channel: Channel, message: JsonObject, chat: Chat) -> JsonObject:
    """Answer the webhook of one message of a customer."""
    value: JsonObject = {"messages": [message]}
    if message.get("type") != "system":  # such a message has no contacts (webhooks.md, 3)
        value = {"contacts": [_contact(chat, username=chat.username)], **value}
    return _envelope(channel, [value])


def statuses(channel: Channel, reports: Sequence[Report]) -> JsonObject:
    """Answer the webhook of a batch of statuses: one change per customer, many statuses in each."""
    by_customer: dict[str, list[Report]] = {}
    for report in reports:
        by_customer.setdefault(report.message.chat.customer, []).append(report)
    return _envelope(channel, [_status_value(group) for group in by_customer.values()])


def of_field(channel: Channel, name: str, value: JsonObject, *, at: datetime) -> JsonObject:
    """Answer the webhook of any field: a message field names its number, another one its time."""
    entry: JsonObject = {"id": channel.waba_id}
    if name in MESSAGE_FIELDS:
        value = {**_head(channel), **value}
    else:
        entry["time"] = int(at.timestamp())
    changes = [{"value": value, "field": name}]
    return {"object": "whatsapp_business_account", "entry": [{**entry, "changes": changes}]}


def _status_value(reports: Sequence[Report]) -> JsonObject:
    listed = [_status(report) for report in reports]
    if all(report.state is State.FAILED for report in reports):
        return {"statuses": listed}  # a failure names no contact (webhooks.md, 5)
    last = reports[-1]
    username = last.chat.username if last.state in _TELLS_USERNAME else ""
    return {"contacts": [_contact(last.chat, username=username)], "statuses": listed}


def _status(report: Report) -> JsonObject:
    message = report.message
    status: JsonObject = {"id": message.id, "status": report.state.value, "timestamp": unix(report.at)}
    if message.chat.wa_id:
        status["recipient_id"] = message.chat.wa_id
    if report.state is not State.FAILED or not message.chat.wa_id:
        status["recipient_user_id"] = report.chat.user_id
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


def _contact(chat: Chat, *, username: str) -> JsonObject:
    profile = {"name": chat.profile_name, "username": username}
    told = {key: value for key, value in profile.items() if value}
    number = {"wa_id": chat.key.wa_id} if chat.key.wa_id else {}
    return {**({"profile": told} if told else {}), **number, "user_id": chat.user_id}


def _envelope(channel: Channel, values: Iterable[JsonObject]) -> JsonObject:
    changes = [{"value": {**_head(channel), **value}, "field": "messages"} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": channel.waba_id, "changes": changes}]}


def _head(channel: Channel) -> JsonObject:
    digits = "".join(filter(str.isdigit, channel.display_phone_number))
    metadata = {"display_phone_number": digits, "phone_number_id": channel.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata}
