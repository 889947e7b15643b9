"""Webhooks as Meta writes them: a builder for every type of message, with every key it can carry (webhooks.md 3)."""

import base64
import hashlib
import json
from typing import Any

JsonObject = dict[str, Any]

ANA, BETO = "5491131234567", "5493515123456"
ANA_USER, ANA_PARENT = "AR.13491208655302741918", "AR.ENT.11815799212886844830"
BUSINESS, BUSINESS_ID = "5491140000000", "100000000000001"
QUOTED = "wamid.QUOTED"
AT, WRITTEN_AT = 1764000000, "1764000000"
SHA256 = base64.b64encode(hashlib.sha256(b"a file").digest()).decode()
URL = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"


def message(kind: str, content: Any = None, **more: Any) -> JsonObject:
    """Return a message of Ana's; each has its own wamid."""
    around = {
        "from": ANA,
        "from_user_id": ANA_USER,
        "from_parent_user_id": ANA_PARENT,
        "id": f"wamid.{kind}{hashlib.sha256(repr((content, more)).encode()).hexdigest()[:8]}",
        "timestamp": WRITTEN_AT,
        "type": kind,
    }
    return around | ({} if content is None else {kind: content}) | more


def reply_to(wamid: str = QUOTED, author: str = BUSINESS) -> JsonObject:
    """Return the context of an answer (3.5)."""
    return {"from": author, "id": wamid}


def file(mime_type: str, meta_id: str, **more: Any) -> JsonObject:
    """Return the object of a message that brings a file (3.1)."""
    return {"id": meta_id, "mime_type": mime_type, "sha256": SHA256, "url": URL, **more}


def fault(code: int = 131051, details: str = "Message type is not currently supported.") -> JsonObject:
    """Return an error as messages, statuses and values hold them (3.7)."""
    title = "Unsupported message type"
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }


def text() -> JsonObject:
    return message(
        "text", {"body": "Hola 👋\n¿me mandan un plomero?"}, context=reply_to(), referral=referral()
    )


def referral() -> JsonObject:
    """Return where an advertisement led from (3.6)."""
    return {
        "source_url": "https://fb.me/1abc",
        "source_id": "120225034562840176",
        "source_type": "ad",
        "headline": "¿Aire roto?",
        "body": "Escribinos",
        "media_type": "image",
        "image_url": "https://scontent.example/a.jpg",
        "video_url": "https://scontent.example/a.mp4",
        "thumbnail_url": "https://scontent.example/t.jpg",
        "ctwa_clid": "ARA_1",
        "welcome_message": {"text": "¡Hola!"},
        "ref": "verano",
    }


def image() -> JsonObject:
    return message(
        "image", file("image/jpeg", "2754859441498128", caption="La caldera"), context={"forwarded": True}
    )


def video() -> JsonObject:
    return message(
        "video",
        file("video/mp4", "2754859441498129", caption="Gotea"),
        context={"frequently_forwarded": True},
    )


def audio() -> JsonObject:
    return message("audio", file("audio/ogg; codecs=opus", "2754859441498130", voice=True))


def document() -> JsonObject:
    return message(
        "document", file("application/pdf", "2754859441498131", filename="factura.pdf", caption="Factura")
    )


def sticker() -> JsonObject:
    return message("sticker", file("image/webp", "2754859441498132", animated=True))


def location() -> JsonObject:
    place = {"name": "Casa", "address": "Av. Rivadavia 1234", "url": "https://maps.example/1"}
    return message("location", {"latitude": -34.603722, "longitude": -58.381592, **place}, context=reply_to())


def card() -> JsonObject:
    """Return a card with everything on it (3.2)."""
    return {
        "name": {
            "formatted_name": "Dr. Juan Luis Pérez h.",
            "first_name": "Juan",
            "last_name": "Pérez",
            "middle_name": "Luis",
            "prefix": "Dr.",
            "suffix": "h.",
        },
        "phones": [{"phone": "+54 9 11 3123-4567", "wa_id": ANA, "user_id": "AR.7", "type": "CELL"}],
        "emails": [{"email": "juan@example.com", "type": "HOME"}],
        "addresses": [
            {
                "street": "Rivadavia 1234",
                "city": "CABA",
                "state": "Buenos Aires",
                "zip": "C1033",
                "country": "Argentina",
                "country_code": "AR",
                "type": "WORK",
            }
        ],
        "org": {"company": "Pérez e hijos", "department": "Obras", "title": "Gerente"},
        "urls": [{"url": "https://perez.example", "type": "WORK"}],
        "birthday": "1990-01-23",
        "vcard": "BEGIN:VCARD\nEND:VCARD",
        "origin": "contact_request",
    }


def contacts() -> JsonObject:
    return message("contacts", [card(), {"name": {"first_name": "Solo"}}], context=reply_to())


def button() -> JsonObject:
    return message("button", {"payload": "CONFIRM-7", "text": "Confirmar"}, context=reply_to())


def interactive(kind: str, reply: JsonObject) -> JsonObject:
    """Return an answer that was tapped (3.3)."""
    return message("interactive", {"type": kind, kind: reply}, context=reply_to())


def button_reply() -> JsonObject:
    return interactive("button_reply", {"id": "ok", "title": "Sí"})


def list_reply() -> JsonObject:
    return interactive("list_reply", {"id": "r1", "title": "Lunes", "description": "De 9 a 12"})


def flow_reply() -> JsonObject:
    photo = {"id": "790111", "mime_type": "image/jpeg", "sha256": SHA256, "file_name": "patio.jpg"}
    answers = {"flow_token": "t-1", "problem": "pérdida", "photos": [photo]}
    reply = {"name": "flow", "body": "Sent", "response_json": json.dumps(answers)}
    return interactive("nfm_reply", reply)


def address_reply() -> JsonObject:
    values = {"name": "Ana", "in_pin_code": "400063", "address": "Rivadavia 1234"}
    answers = {"saved_address_id": "a1", "values": values}
    reply = {"name": "address_message", "body": "Ana\nRivadavia 1234", "response_json": json.dumps(answers)}
    return interactive("nfm_reply", reply)


def call_permission_reply() -> JsonObject:
    reply = {
        "response": "accept",
        "is_permanent": False,
        "expiration_timestamp": "1765000000",
        "response_source": "user_action",
    }
    return interactive("call_permission_reply", reply)


def order() -> JsonObject:
    lines = [
        {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 99.99, "currency": "ARS"},
        {"product_retailer_id": "SKU-2", "quantity": 1, "item_price": 1500, "currency": "ARS"},
    ]
    referred = {"catalog_id": "3456", "product_retailer_id": "SKU-1"}
    return message(
        "order",
        {"catalog_id": "3456", "text": "¿Hay stock?", "product_items": lines},
        context=reply_to() | {"referred_product": referred},
    )


def reaction() -> JsonObject:
    return message("reaction", {"message_id": QUOTED, "emoji": "👍"})


def reaction_removed() -> JsonObject:
    return message("reaction", {"message_id": QUOTED})


def system() -> JsonObject:
    return message(
        "system",
        {
            "type": "user_changed_number",
            "body": f"User Ana changed from {ANA} to {BETO}",
            "wa_id": BETO,
            "user_id": "AR.NEW",
            "parent_user_id": "AR.ENT.NEW",
            "previous_user_id": ANA_USER,
            "previous_parent_user_id": ANA_PARENT,
        },
    )


def system_identity() -> JsonObject:
    return message(
        "system",
        {"type": "customer_identity_changed", "body": "Ana's identity changed", "identity": "DF2lS5v2W6x="},
        identity={"acknowledged": True, "created_timestamp": AT, "hash": "DF2lS5v2W6x="},
    )


def unsupported() -> JsonObject:
    return message("unsupported", {"type": "poll"}, errors=[fault()])


def unsupported_in_group() -> JsonObject:
    return message("unsupported", errors=[fault(130501)], group_id="GROUP-1")


def edit() -> JsonObject:
    new = {"context": {"id": "M0"}, "type": "image", "image": file("image/jpeg", "2754859441498140")}
    return message("edit", {"original_message_id": QUOTED, "message": new})


def edit_of_text() -> JsonObject:
    return message(
        "edit",
        {"original_message_id": QUOTED, "message": {"type": "text", "text": {"body": "Hola, a las 10"}}},
    )


def revoke() -> JsonObject:
    return message("revoke", {"original_message_id": QUOTED})


def media_placeholder() -> JsonObject:
    return message("media_placeholder", history_context={"status": "READ"})


def request_welcome() -> JsonObject:
    return message("request_welcome")


def unknown() -> JsonObject:
    return message("hologram", {"id": "7", "depth": 3}, from_logical_id="64244926160970")


def every_message() -> dict[str, JsonObject]:
    """Return one message for every shape that section 3 of webhooks.md tells of, by name."""
    builders = (
        text,
        image,
        video,
        audio,
        document,
        sticker,
        location,
        contacts,
        button,
        button_reply,
        list_reply,
        flow_reply,
        address_reply,
        call_permission_reply,
        order,
        reaction,
        reaction_removed,
        system,
        system_identity,
        unsupported,
        unsupported_in_group,
        edit,
        edit_of_text,
        revoke,
        media_placeholder,
        request_welcome,
        unknown,
    )
    return {build.__name__: build() for build in builders}


def contact(wa_id: str = ANA, name: str = "Ana", **more: Any) -> JsonObject:
    """Return an entry of ``contacts`` (2.1)."""
    return {"profile": {"name": name}, "wa_id": wa_id, **more}


def full_contact() -> JsonObject:
    """Return an entry of ``contacts`` with every key."""
    return {
        "profile": {"name": "Ana Gómez", "username": "@ana.gomez", "country_code": "AR"},
        "wa_id": ANA,
        "user_id": ANA_USER,
        "parent_user_id": ANA_PARENT,
        "identity_key_hash": "DF2lS5v2W6x=",
    }


def status(word: str = "delivered", wamid: str = "wamid.OUT", **more: Any) -> JsonObject:
    """Return a status of a message to Ana (4)."""
    return {"id": wamid, "status": word, "timestamp": WRITTEN_AT, "recipient_id": ANA, **more}


def change(field: str = "messages", **value: Any) -> JsonObject:
    """Return a change of the demo's number."""
    metadata = {"display_phone_number": "+54 9 11 4000-0000", "phone_number_id": BUSINESS_ID}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


def bare_change(field: str, value: JsonObject) -> JsonObject:
    """Return a change of a field that has nothing around its value (6)."""
    return {"field": field, "value": value}


def payload(*changes: JsonObject, time: Any = None) -> JsonObject:
    """Return a webhook with one entry."""
    entry: JsonObject = {"id": "200000000000001", "changes": list(changes)}
    return {
        "object": "whatsapp_business_account",
        "entry": [entry if time is None else entry | {"time": time}],
    }
