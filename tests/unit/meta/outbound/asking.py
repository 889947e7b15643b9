"""One interactive message of each type, as sending.md 1.5 writes it."""

from typing import Any

Asking = dict[str, Any]

HEADER = {"type": "text", "text": "Turnos"}
FOOTER = {"text": "Clima Sur"}
BODY = {"text": "¿Cuándo?"}


def framed(kind: str, action: Asking) -> Asking:
    return {"type": kind, "header": HEADER, "body": BODY, "footer": FOOTER, "action": action}


BUTTONS = framed(
    "button",
    {
        "buttons": [
            {"type": "reply", "reply": {"id": "yes", "title": "Sí"}},
            {"type": "reply", "reply": {"id": "no", "title": "No"}},
        ]
    },
)
LIST = framed(
    "list",
    {
        "button": "Ver turnos",
        "sections": [
            {"title": "Lunes", "rows": [{"id": "r1", "title": "10:00", "description": "Dra. Paz"}]},
            {"title": "Martes", "rows": [{"id": "r2", "title": "11:00"}]},
        ],
    },
)
PAGE = framed(
    "cta_url", {"name": "cta_url", "parameters": {"display_text": "Pagar", "url": "https://example.com"}}
)
FLOW = framed(
    "flow",
    {
        "name": "flow",
        "parameters": {
            "flow_message_version": "3",
            "flow_id": "123",
            "flow_cta": "Reservar",
            "flow_token": "tok",
            "mode": "published",
            "flow_action": "navigate",
            "flow_action_payload": {"screen": "FIRST", "data": {"k": "v", "nothing": None}},
        },
    },
)
CALL = framed(
    "voice_call",
    {"name": "voice_call", "parameters": {"display_text": "Llamar", "ttl_minutes": 100, "payload": "x"}},
)
MAY_CALL = framed("call_permission_request", {"name": "call_permission_request"})
LOCATION: Asking = {"type": "location_request_message", "body": BODY, "action": {"name": "send_location"}}
CONTACT: Asking = {"type": "request_contact_info", "body": BODY, "action": {"name": "request_contact_info"}}
ADDRESS = framed(
    "address_message",
    {
        "name": "address_message",
        "parameters": {
            "country": "IN",
            "values": {"name": "Ana"},
            "saved_addresses": [{"id": "1", "value": {"city": "Pune"}}],
            "validation_errors": {"in_pin_code": "Too short"},
        },
    },
)
PRODUCT: Asking = {
    "type": "product",
    "body": BODY,
    "footer": FOOTER,
    "action": {"catalog_id": "1", "product_retailer_id": "sku"},
}
PRODUCTS = framed(
    "product_list",
    {
        "catalog_id": "1",
        "sections": [
            {"title": "Filtros", "product_items": [{"product_retailer_id": "f1"}]},
            {"title": "Caños", "product_items": [{"product_retailer_id": "c1"}]},
        ],
    },
)
CATALOG = framed(
    "catalog_message",
    {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "sku"}},
)


def page_card(index: int) -> Asking:
    return {
        "card_index": index,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": "https://example.com/1.jpg"}},
        "body": {"text": "Split 3000"},
        "action": {"name": "cta_url", "parameters": {"display_text": "Ver", "url": "https://example.com"}},
    }


def reply_card(index: int) -> Asking:
    button = {"type": "quick_reply", "quick_reply": {"id": f"want{index}", "title": "Lo quiero"}}
    return page_card(index) | {"action": {"buttons": [button]}}


def product_card(index: int) -> Asking:
    return {
        "card_index": index,
        "type": "product",
        "action": {"catalog_id": "1", "product_retailer_id": f"sku{index}"},
    }


def carousel(*cards: Asking) -> Asking:
    return {"type": "carousel", "body": BODY, "action": {"cards": list(cards)}}


CAROUSEL = carousel(page_card(0), page_card(1))

ASKING: dict[str, Asking] = {
    asking["type"]: asking
    for asking in (
        BUTTONS, LIST, PAGE, FLOW, CALL, MAY_CALL, LOCATION, CONTACT, ADDRESS, PRODUCT, PRODUCTS, CATALOG, CAROUSEL
    )
}  # fmt: skip
