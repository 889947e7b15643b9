"""Where Meta's OpenAPI file and the reference differ, and the reference is followed: each by name, with its reason.

The file (v23, November 2025) is older than sending.md (November 2026), and contradicts its own examples.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.meta import outbound
from tests.openapi import Schema

Schemas = dict[str, Schema]


def body(kind: str, value: object, *, context: dict[str, Any] | None = None) -> dict[str, Any]:
    """Build the body of a message to Ana."""
    checked = outbound.check(kind, value)
    return outbound.body(kind, checked, to=WaId("5491131234567"), context=context, callback_data="m1.1")


def _template(*components: dict[str, Any]) -> dict[str, Any]:
    language = {"code": "es_AR", "policy": "deterministic"}
    return body("template", {"name": "turno", "language": language, "components": list(components)})


def _button(sub_type: str, *parameters: dict[str, Any], index: int = 2) -> dict[str, Any]:
    return _template({"type": "button", "sub_type": sub_type, "index": index, "parameters": list(parameters)})


def _interactive(kind: str, action: dict[str, Any]) -> dict[str, Any]:
    return body("interactive", {"type": kind, "body": {"text": "Hola"}, "action": action})


def _type(schemas: Schemas, name: str, kind: str) -> None:
    schemas[name]["properties"]["type"]["enum"].append(kind)


def _action(schemas: Schemas, kind: str, name: str, *, needs_parameters: bool) -> None:
    """Add a type of interactive message whose action has a name."""
    _type(schemas, "InteractiveObject", kind)
    needed = ["name", "parameters"] if needs_parameters else ["name"]
    schemas["ActionObject"]["oneOf"].append(
        {"required": needed, "properties": {"name": {"enum": [name]}, "parameters": {"type": "object"}}}
    )


def _parameter(schemas: Schemas, kind: str, *, of: str) -> None:
    """Add a type of parameter, which carries an object or a value of the same name."""
    _type(schemas, of, kind)
    extra = {"type": "object", "required": [kind], "properties": {"type": {"enum": [kind]}}}
    schemas[f"Extra{of}{kind}"] = extra
    schemas[of]["discriminator"]["mapping"][kind] = f"#/components/schemas/Extra{of}{kind}"


def _sub_type(schemas: Schemas, kind: str) -> None:
    for place in (schemas["TemplateComponent"], schemas["ButtonComponent"]["allOf"][1]):
        place["properties"]["sub_type"]["enum"].append(kind)


def _component(schemas: Schemas, kind: str, holds: str) -> None:
    _type(schemas, "TemplateComponent", kind)
    schemas[f"Extra{kind}"] = {
        "type": "object",
        "required": [holds],
        "properties": {holds: {"type": "array"}},
    }
    schemas["TemplateComponent"]["discriminator"]["mapping"][kind] = f"#/components/schemas/Extra{kind}"


def _close_whole_messages(schemas: Schemas) -> None:
    for schema in schemas.values():
        for part in schema.get("allOf", []):
            if part.pop("additionalProperties", True) is False:
                schema["unevaluatedProperties"] = False


def _recipient(schemas: Schemas) -> None:
    base = schemas["BaseMessageProperties"]
    base["required"].remove("to")
    base["properties"]["recipient"] = {"type": "string"}
    base["anyOf"] = [{"required": ["to"]}, {"required": ["recipient"]}]


def _callback_data(schemas: Schemas) -> None:
    schemas["BaseMessageProperties"]["properties"]["biz_opaque_callback_data"] = {
        "type": "string",
        "maxLength": 512,
    }


def _many_contacts(schemas: Schemas) -> None:
    schemas["ContactsMessage"]["allOf"][1]["properties"]["contacts"]["maxItems"] = 257


def _any_kind_of_phone(schemas: Schemas) -> None:
    del schemas["PhoneObject"]["properties"]["type"]["enum"]


def _long_list_bodies(schemas: Schemas) -> None:
    schemas["BodyObject"]["properties"]["text"]["maxLength"] = 4096


def _no_policy(schemas: Schemas) -> None:
    schemas["LanguageObject"]["required"].remove("policy")


def _every_index(schemas: Schemas) -> None:
    for place in (schemas["TemplateComponent"], schemas["ButtonComponent"]["allOf"][1]):
        place["properties"]["index"]["pattern"] = "^[0-9]$"


def _button_without_parameters(schemas: Schemas) -> None:
    schemas["ButtonComponent"]["allOf"][1]["required"].remove("parameters")


def _carousel(schemas: Schemas) -> None:
    _type(schemas, "InteractiveObject", "carousel")
    cards = {"type": "array", "minItems": 2, "maxItems": 10}
    schemas["ActionObject"]["oneOf"].append({"required": ["cards"], "properties": {"cards": cards}})


@dataclass(frozen=True, slots=True)
class Amendment:
    """How the file is amended, why, and a body that would not conform without it."""

    reason: str
    amend: Callable[[Schemas], None]
    witness: dict[str, Any]


HOLA = {"body": "Hola"}
CARD = {"name": {"formatted_name": "Ana Gómez", "first_name": "Ana"}}
PRODUCTS = {
    "thumbnail_product_retailer_id": "sku",
    "sections": [{"title": "S", "product_items": [{"product_retailer_id": "sku"}]}],
}

_ACTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("cta_url", {"name": "cta_url", "parameters": {"display_text": "Ver", "url": "https://x.ar"}}),
    ("location_request_message", {"name": "send_location"}),
    ("request_contact_info", {"name": "request_contact_info"}),
    ("address_message", {"name": "address_message", "parameters": {"country": "IN"}}),
    ("voice_call", {"name": "voice_call"}),
)

ENVELOPE = {
    "whole messages are closed, not their halves": Amendment(
        "Both halves of an allOf forbid what the other one needs: no message at all would conform.",
        _close_whole_messages,
        body("text", HOLA),
    ),
    "a recipient instead of a number": Amendment(
        "Business-scoped user ids can be written to since May 2026 (sending.md 1.1).",
        _recipient,
        outbound.body("text", HOLA, to=None, recipient=BusinessScopedUserId("AR.1"), callback_data="m1.1"),
    ),
    "our own id of the message": Amendment(
        "biz_opaque_callback_data is documented and comes back in statuses (sending.md 1.1).",
        _callback_data,
        body("text", HOLA),
    ),
}
CONTENT = {
    "up to 257 contacts": Amendment(
        "The file says five (sending.md 1.4 says 257).", _many_contacts, body("contacts", [CARD] * 6)
    ),
    "other kinds of phones": Amendment(
        "Cards that customers share say CELL, and may be passed on (webhooks.md 3.2).",
        _any_kind_of_phone,
        body("contacts", [CARD | {"phones": [{"phone": "+54 11 3123-4567", "type": "CELL"}]}]),
    ),
    "a list's body is as long as a text": Amendment(
        "1024 for all but lists, which take 4096 (sending.md 1.5).",
        _long_list_bodies,
        body(
            "interactive",
            {
                "type": "list",
                "body": {"text": "x" * 4096},
                "action": {"button": "Ver", "sections": [{"rows": [{"id": "1", "title": "10:00"}]}]},
            },
        ),
    ),
    "a carousel": Amendment(
        "Newer than the file (sending.md 1.5).",
        _carousel,
        _interactive(
            "carousel",
            {
                "cards": [
                    {
                        "card_index": index,
                        "type": "product",
                        "action": {"catalog_id": "1", "product_retailer_id": "sku"},
                    }
                    for index in range(2)
                ]
            },
        ),
    ),
    **{
        f"interactive {kind}": Amendment(
            "Missing from the file (sending.md 1.5).",
            partial(_action, kind=kind, name=action["name"], needs_parameters="parameters" in action),
            _interactive(kind, action),
        )
        for kind, action in _ACTIONS
    },
}
TEMPLATE = {
    "no language policy": Amendment(
        "Required in the file and in none of its own examples, nor in sending.md 3.1.",
        _no_policy,
        body("template", {"name": "turno", "language": {"code": "es_AR"}}),
    ),
    "buttons at every position": Amendment(
        "The pattern takes 2 to 6, a comma, a blank, 1 and 4; positions are 0 to 9 (sending.md 3.1).",
        _every_index,
        _button("quick_reply", {"type": "payload", "payload": "si"}, index=0),
    ),
    "a flow button that is told nothing": Amendment(
        "The component is needed even if it is empty (sending.md 3.1).",
        _button_without_parameters,
        _template({"type": "button", "sub_type": "flow", "index": "2"}),
    ),
    **{
        f"button {kind}": Amendment(
            "Missing from the file (sending.md 3.1).", partial(_sub_type, kind=kind), _button(kind, parameter)
        )
        for kind, parameter in (
            ("copy_code", {"type": "coupon_code", "coupon_code": "25OFF"}),
            ("flow", {"type": "action", "action": {"flow_token": "t"}}),
            ("mpm", {"type": "action", "action": PRODUCTS}),
            ("voice_call", {"type": "ttl_minutes", "ttl_minutes": 100}),
        )
    },
    **{
        f"button parameter {kind}": Amendment(
            "Missing from the file (sending.md 3.1).",
            partial(_parameter, kind=kind, of="ButtonParameterObject"),
            _button(sub_type, {"type": kind, kind: value}),
        )
        for sub_type, kind, value in (
            ("copy_code", "coupon_code", "25OFF"),
            ("catalog", "action", {"thumbnail_product_retailer_id": "sku"}),
            ("voice_call", "ttl_minutes", 100),
        )
    },
    **{
        f"header {kind}": Amendment(
            "Missing from the file (sending.md 3.1).",
            partial(_parameter, kind=kind, of="ParameterObject"),
            _template({"type": "header", "parameters": [{"type": kind, kind: value}]}),
        )
        for kind, value in (
            ("gif", {"id": "1"}),
            ("location", {"latitude": "-34.6", "longitude": "-58.38"}),
            ("product", {"product_retailer_id": "sku", "catalog_id": "1"}),
        )
    },
    **{
        f"component {component['type']}": Amendment(
            "Missing from the file (sending.md 3.1).",
            partial(_component, kind=str(component["type"]), holds=holds),
            _template(component),
        )
        for holds, component in (
            (
                "parameters",
                {
                    "type": "limited_time_offer",
                    "parameters": [
                        {
                            "type": "limited_time_offer",
                            "limited_time_offer": {"expiration_time_ms": 1764000000000},
                        }
                    ],
                },
            ),
            (
                "parameters",
                {
                    "type": "tap_target_configuration",
                    "parameters": [
                        {
                            "type": "tap_target_configuration",
                            "tap_target_configuration": [{"url": "https://x.ar", "title": "Turnos"}],
                        }
                    ],
                },
            ),
            (
                "cards",
                {
                    "type": "carousel",
                    "cards": [
                        {
                            "card_index": index,
                            "components": [
                                {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}
                            ],
                        }
                        for index in range(2)
                    ],
                },
            ),
        )
    },
}
AMENDMENTS = ENVELOPE | CONTENT | TEMPLATE
