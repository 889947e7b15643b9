"""Describe messages and deliveries as JSON, for tests and for the phone page."""

from campotech_wa.simulator.identifiers import Author
from campotech_wa.simulator.shapes import JsonObject
from campotech_wa.simulator.webhooks.courier import Attempt, Delivery
from campotech_wa.simulator.world.numbers import Number
from campotech_wa.simulator.world.state import Message, State


def accepted(message: Message) -> JsonObject:
    """Answer what GET /_sim/messages lists: `to` in digits, if any; `payload` exactly as it was posted."""
    return {
        "id": message.id,
        "to": message.chat.wa_id,
        "recipient": message.payload.get("recipient"),
        "received_at": message.at.isoformat(timespec="microseconds"),
        "payload": message.payload,
        "phone_number_id": message.chat.phone_number_id,
        "type": message.type,
        "state": message.state,
        "error_code": message.error_code,
    }


def delivery(subject: Delivery) -> JsonObject:
    """Answer what GET /_sim/webhooks lists."""
    return {
        "url": subject.url,
        "field": subject.field,
        "kind": subject.kind,
        "phone_number_id": subject.phone_number_id,
        "message_ids": subject.message_ids,
        "created_at": subject.created_at.isoformat(timespec="microseconds"),
        "outcome": subject.outcome,
        "attempts": [_attempt(attempt) for attempt in subject.attempts],
    }


def number(subject: Number) -> JsonObject:
    """Answer what GET /_sim/numbers lists."""
    return {
        "phone_number_id": subject.id,
        "registered": subject.registered,
        "verified": subject.verified,
        "pin": subject.pin,
        "code": subject.code,
        "username": subject.username,
        "fields": subject.fields,
        "blocked": list(subject.blocked),
    }


def on_the_phone(message: Message) -> JsonObject | None:
    """Answer the message with its whole payload, for the phone to draw; None for what has not reached it."""
    mine = message.author is Author.CUSTOMER
    if not mine and not _has_arrived(message):
        return None
    return {
        "kind": "message",
        "chat": message.chat.customer,
        "id": message.id,
        "direction": "out" if mine else "in",
        "type": message.type,
        "payload": message.payload,
        "state": message.state,
        "at": message.at.timestamp(),
    }


def _attempt(attempt: Attempt) -> JsonObject:
    return {
        "at": attempt.at.isoformat(timespec="microseconds"),
        "duration_ms": round(attempt.seconds * 1000, 1),
        "status": attempt.status,
        "error": attempt.error,
    }


def _has_arrived(message: Message) -> bool:
    if message.type == "reaction":
        return message.state is State.SENT
    return message.state in {State.DELIVERED, State.READ, State.PLAYED}
