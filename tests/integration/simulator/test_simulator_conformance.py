"""What the simulator answers and posts is what Meta's own OpenAPI file describes, where it describes it."""

from typing import Any

import pytest
from simulator_driver import ACCOUNT, ANA, NUMBER, TOKEN, Receiver, Simulator, eventually, template, text

from tests import openapi

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
MEDIA = {
    "type": "object",
    "required": ["id", "url", "mime_type", "sha256", "file_size", "messaging_product"],
    "properties": {
        # The file says string; recorded answers have a number (sending.md, 2).
        "file_size": {"type": "integer"},
        **{key: {"type": "string"} for key in ("id", "url", "mime_type", "sha256", "messaging_product")},
    },
}


def faults(name: str, document: object) -> list[str]:
    known = openapi.schemas()
    known["Media"] = MEDIA
    known["WhatsAppPhoneNumberStatus"]["enum"].append("CONNECTED")  # what a number in use is (sending.md, 4)
    return openapi.judge(known, name)(document)


def webhook_faults(document: object) -> list[str]:
    """Judge a webhook, with the file's references mended: it was put together of several files.

    Its inbound messages refer to the outbound ones of the same names, whose own got a number behind them.
    """
    known = openapi.schemas()
    known["BaseMessageProperties"] = known["BaseMessageProperties_1"]
    mapping = known["IncomingMessage"]["discriminator"]["mapping"]
    for kind in ("reaction", "audio", "document", "image", "sticker", "video", "location"):
        mapping[kind] += "_1"
    mapping["text"] += "_2"
    return openapi.judge(known, "WebhookPayload")(document)


def ask(simulator: Simulator, path: str, method: str = "GET", body: object = None, **query: str) -> Any:
    answer = simulator.http.request(method, f"/v23.0/{path}", json=body, params=query, headers=HEADERS)
    return answer.json()


def test_the_answers_to_messages_conform(simulator: Simulator) -> None:
    simulator.write()
    written = simulator.write(wait=True)
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": written}

    assert faults("MessageResponsePayload", simulator.post(text()).json()) == []
    assert faults("MessageResponsePayload", simulator.post(template()).json()) == []
    assert faults("MarkMessageResponsePayload", simulator.post(receipt).json()) == []
    marketing = ask(simulator, f"{NUMBER}/marketing_messages", "POST", template())
    assert faults("MarketingMessageResponsePayload", marketing) == []


def test_errors_conform(simulator: Simulator) -> None:
    answers = (
        simulator.post({}),
        simulator.post(text(), token="wrong"),
        simulator.http.get("/v23.0/1", headers=HEADERS),
        simulator.http.get("/nowhere/at/all", headers=HEADERS),
    )

    for answer in answers:
        assert faults("ErrorResponse", answer.json()) == []
        assert faults("GraphAPIError_2", answer.json()) == []


@pytest.mark.parametrize(
    ("schema", "path", "query"),
    [
        ("PhoneNumberInfo", NUMBER, {}),
        (
            "WhatsAppBusinessAccount",
            ACCOUNT,
            {"fields": "id,name,country,currency,timezone_id,ownership_type"},
        ),
        (
            "WhatsAppBusinessAccountPhoneNumbersConnection",
            f"{ACCOUNT}/phone_numbers",
            {"fields": "id,display_phone_number,verified_name,status,quality_rating,account_mode"},
        ),
        ("SubscribedAppsResponse", f"{ACCOUNT}/subscribed_apps", {}),
        ("WhatsAppBusinessProfileResponse", f"{NUMBER}/whatsapp_business_profile", {}),
        ("PhoneNumberSettingsResponse", f"{NUMBER}/settings", {}),
        ("GetBlockedUsersData", f"{NUMBER}/block_users", {}),
        ("QrCodeList", f"{NUMBER}/message_qrdls", {}),
    ],
)
def test_what_is_told_of_a_number_and_an_account_conforms(
    simulator: Simulator, schema: str, path: str, query: dict[str, str]
) -> None:
    assert faults(schema, ask(simulator, path, **query)) == []


def test_what_is_changed_is_answered_as_described(simulator: Simulator) -> None:
    simulator.write()
    whatsapp = {"messaging_product": "whatsapp"}
    ana = {**whatsapp, "block_users": [{"user": ANA}]}
    calls: list[tuple[str, str, str, object]] = [
        (
            "WhatsAppBusinessPhoneNumberRegistrationResponse",
            "register",
            "POST",
            {**whatsapp, "pin": "123456"},
        ),
        (
            "WhatsAppBusinessProfileUpdateResponse",
            "whatsapp_business_profile",
            "POST",
            {**whatsapp, "about": "Aires"},
        ),
        ("BlockUsersData", "block_users", "POST", ana),
        ("UnblockUsersData", "block_users", "DELETE", ana),
        (
            "QrCodeResponse",
            "message_qrdls",
            "POST",
            {"prefilled_message": "Hola", "generate_qr_image": "PNG"},
        ),
        ("ConversationalAutomationResponse", "conversational_automation", "POST", {"prompts": ["Hola"]}),
        ("DeregisterResponse", "deregister", "POST", None),
    ]

    for schema, edge, method, body in calls:
        assert (schema, faults(schema, ask(simulator, f"{NUMBER}/{edge}", method, body))) == (schema, [])


def test_a_medium_conforms_but_for_the_type_of_its_size(simulator: Simulator) -> None:
    upload = simulator.http.post(
        f"/v23.0/{NUMBER}/media",
        data={"messaging_product": "whatsapp", "type": "image/png"},
        files={"file": ("foto.png", b"png", "image/png")},
        headers=HEADERS,
    )

    assert faults("Media", ask(simulator, upload.json()["id"])) == []


ANSWER = {"from": "5491140000001", "id": "wamid.ORIGINAL"}
WRITTEN: list[dict[str, Any]] = [
    {"type": "text", "text": {"body": "Hola"}},
    {"type": "reaction", "reaction": {"message_id": "wamid.X", "emoji": "👍"}},
    {
        "type": "location",
        "location": {"latitude": -34.6, "longitude": -58.4, "name": "Casa", "address": "Rivadavia 1"},
    },
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "Ana", "first_name": "Ana"}}]},
    {"type": "button", "button": {"payload": "si", "text": "Sí"}, "context": ANSWER},
    {
        "type": "interactive",
        "context": ANSWER,
        "interactive": {
            "type": "list_reply",
            "list_reply": {"id": "r1", "title": "10:00", "description": ""},
        },
    },
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
]


@pytest.mark.parametrize("message", WRITTEN, ids=[message["type"] for message in WRITTEN])
def test_a_webhook_of_a_message_conforms(
    simulator: Simulator, receiver: Receiver, message: dict[str, Any]
) -> None:
    simulator.write(message=message, wait=True)

    assert webhook_faults(receiver.payloads[0]) == []


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [
        ("image", "image/jpeg"),
        ("video", "video/mp4"),
        ("audio", "audio/ogg; codecs=opus"),
        ("document", "application/pdf"),
        ("sticker", "image/webp"),
    ],
)
def test_a_webhook_of_a_medium_conforms(
    simulator: Simulator, receiver: Receiver, kind: str, mime_type: str
) -> None:
    query = {"phone_number_id": NUMBER, "filename": "factura.pdf"}
    headers = {"Content-Type": mime_type}
    media = simulator.http.post("/_sim/media", params=query, content=b"content", headers=headers).json()

    simulator.write(message={"type": kind, kind: {"id": media["id"]}}, wait=True)

    assert webhook_faults(receiver.payloads[0]) == []


def test_webhooks_of_statuses_conform(simulator: Simulator, receiver: Receiver) -> None:
    simulator.write(wait=True)
    wamid = simulator.send()
    failed = simulator.post(template("5491131230000")).json()["messages"][0]["id"]
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"] and receiver.statuses(failed))

    assert [webhook_faults(payload) for payload in receiver.payloads] == [[]] * len(receiver.payloads)


def test_a_document_that_does_not_conform_is_noticed() -> None:
    assert faults("QrCodeResponse", {"code": "short", "deep_link_url": 5})
    change: dict[str, object] = {}
    assert webhook_faults(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    )
