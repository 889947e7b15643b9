"""An independent client reads every webhook that the simulator posts."""

from collections.abc import Callable
from typing import Any

import pytest
from pywa import types as pywa_types
from simulator_driver import ANA, NUMBER, Receiver, Simulator, eventually

# pywa types what it re-exports too loosely for strict.
types: Any = pywa_types

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
HIDDEN = "AR.13491208655302741918"


def medium(simulator: Simulator, mime_type: str) -> str:
    query = {"phone_number_id": NUMBER}
    answer = simulator.http.post(
        "/_sim/media", params=query, content=PNG, headers={"Content-Type": mime_type}
    )
    return str(answer.json()["id"])


CARD = {
    "name": {"formatted_name": "Juan", "first_name": "Juan"},
    "phones": [{"phone": "+54 9 11 1", "wa_id": "54911"}],
}
UNSUPPORTED = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}
ANSWER = {"from": "5491140000001", "id": "wamid.ORIGINAL"}
MESSAGES: list[tuple[dict[str, Any], Callable[[Any], bool]]] = [
    ({"type": "text", "text": {"body": "¿Qué tal? 👍"}}, lambda each: each.text == "¿Qué tal? 👍"),
    ({"type": "text", "text": {"body": "Sí"}, "context": ANSWER}, lambda each: each.is_reply),
    (
        {"type": "location", "location": {"latitude": -34.6, "longitude": -58.4, "name": "Casa"}},
        lambda each: each.location.name == "Casa",
    ),
    ({"type": "contacts", "contacts": [CARD]}, lambda each: each.contacts[0].name.first_name == "Juan"),
    (
        {"type": "reaction", "reaction": {"message_id": "wamid.X", "emoji": "👍"}},
        lambda each: each.reaction.emoji == "👍",
    ),
    ({"type": "reaction", "reaction": {"message_id": "wamid.X"}}, lambda each: each.reaction.is_removed),
    (
        {
            "type": "order",
            "order": {
                "catalog_id": "1",
                "text": "Dos",
                "product_items": [
                    {"product_retailer_id": "sku", "quantity": 2, "item_price": 99.5, "currency": "ARS"}
                ],
            },
        },
        lambda each: each.order.products[0].quantity == 2,
    ),
    (
        {"type": "button", "button": {"payload": "si", "text": "Sí"}, "context": ANSWER},
        lambda each: each.data == "si",
    ),
    (
        {
            "type": "interactive",
            "context": ANSWER,
            "interactive": {"type": "button_reply", "button_reply": {"id": "si", "title": "Sí"}},
        },
        lambda each: each.data == "si",
    ),
    (
        {
            "type": "interactive",
            "context": ANSWER,
            "interactive": {"type": "list_reply", "list_reply": {"id": "r1", "title": "10:00"}},
        },
        lambda each: each.title == "10:00",
    ),
    (
        {
            "type": "interactive",
            "context": ANSWER,
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": {
                    "name": "flow",
                    "body": "Sent",
                    "response_json": '{"flow_token":"t","dia":"lunes"}',
                },
            },
        },
        lambda each: each.response["dia"] == "lunes",
    ),
    (
        {
            "type": "unsupported",
            "errors": [UNSUPPORTED],
            "unsupported": {"type": "poll"},
        },
        lambda each: each.type == "unsupported",
    ),
    (
        {"type": "system", "system": {"type": "user_changed_number", "body": "…", "wa_id": "5491199999999"}},
        lambda each: each.new_wa_id == "5491199999999",
    ),
    (
        {"type": "revoke", "revoke": {"original_message_id": "wamid.X"}},
        lambda each: each.original_message_id == "wamid.X",
    ),
    (
        {
            "type": "edit",
            "edit": {"original_message_id": "wamid.X", "message": {"type": "text", "text": {"body": "Hola"}}},
        },
        lambda each: each.original_message_id == "wamid.X",
    ),
]


@pytest.mark.parametrize(("message", "is_right"), MESSAGES, ids=[message["type"] for message, _ in MESSAGES])
def test_pywa_reads_what_a_customer_writes(
    message: dict[str, Any], is_right: Callable[[Any], bool], simulator: Simulator, read: Callable[[], Any]
) -> None:
    simulator.write(message=message, wait=True)

    assert is_right(read())


@pytest.mark.parametrize(
    ("kind", "mime_type", "extra"),
    [
        ("image", "image/jpeg", {"caption": "Mirá"}),
        ("video", "video/mp4", {}),
        ("audio", "audio/ogg; codecs=opus", {"voice": True}),
        ("document", "application/pdf", {"filename": "factura.pdf"}),
        ("sticker", "image/webp", {"animated": True}),
    ],
)
def test_pywa_fetches_what_a_customer_sends(
    kind: str,
    mime_type: str,
    extra: dict[str, object],
    client: Any,
    simulator: Simulator,
    read: Callable[[], Any],
) -> None:
    simulator.write(message={"type": kind, kind: {"id": medium(simulator, mime_type), **extra}}, wait=True)

    received = getattr(read(), kind)

    assert received.mime_type == mime_type
    assert received.get_bytes() == PNG
    assert client.get_media_bytes(client.get_media_url(received.id).url) == PNG


def test_pywa_knows_somebody_without_a_number(simulator: Simulator, read: Callable[[], Any]) -> None:
    simulator.control(
        "/inbound",
        {
            "phone_number_id": NUMBER,
            "user_id": HIDDEN,
            "username": "ana.gomez",
            "message": {"type": "text", "text": {"body": "Hola"}},
            "wait": True,
        },
    )

    author = read().from_user

    assert (author.bsuid, author.username, author.wa_id) == (HIDDEN, "ana.gomez", None)


def test_pywa_reads_a_status(
    client: Any, simulator: Simulator, receiver: Receiver, read: Callable[[], Any]
) -> None:
    simulator.write()
    sent = client.send_message(ANA, "Hola", tracker="m:1")
    eventually(lambda: receiver.statuses(sent.id) == ["sent", "delivered"])

    status = read()

    assert (status.id, status.status, status.tracker) == (sent.id, types.MessageStatusType.DELIVERED, "m:1")
    assert (status.from_user.wa_id, status.pricing.billable) == (ANA, False)


FIELDS: list[tuple[str, dict[str, Any], Callable[[Any], bool]]] = [
    (
        "user_preferences",
        {
            "contacts": [{"profile": {"name": "Ana"}, "wa_id": ANA, "user_id": HIDDEN}],
            "user_preferences": [
                {
                    "wa_id": ANA,
                    "category": "marketing_messages",
                    "value": "stop",
                    "detail": "User requested to stop marketing messages",
                    "timestamp": 1764000000,
                }
            ],
        },
        lambda each: each.value is types.MarketingPreference.STOP,
    ),
    (
        "message_template_status_update",
        {
            "event": "APPROVED",
            "message_template_id": 123456789012345,
            "message_template_name": "turno",
            "message_template_language": "es_AR",
            "reason": "NONE",
            "message_template_category": "UTILITY",
        },
        lambda each: each.template_name == "turno",
    ),
    (
        "smb_message_echoes",
        {
            "contacts": [{"wa_id": ANA, "user_id": HIDDEN}],
            "message_echoes": [
                {
                    "from": "5491140000001",
                    "to": ANA,
                    "id": "wamid.E",
                    "timestamp": "1764000000",
                    "type": "text",
                    "text": {"body": "Desde el teléfono"},
                }
            ],
        },
        lambda each: each.text == "Desde el teléfono",
    ),
    (
        "account_update",
        {
            "event": "DISABLED_UPDATE",
            "ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "April 17, 2025"},
        },
        lambda each: each.event == "DISABLED_UPDATE",
    ),
]


@pytest.mark.parametrize(("field", "value", "is_right"), FIELDS, ids=[field for field, *_ in FIELDS])
def test_pywa_reads_every_other_field(
    field: str,
    value: dict[str, Any],
    is_right: Callable[[Any], bool],
    simulator: Simulator,
    read: Callable[[], Any],
) -> None:
    simulator.control("/webhook", {"phone_number_id": NUMBER, "field": field, "value": value})

    assert is_right(read())
