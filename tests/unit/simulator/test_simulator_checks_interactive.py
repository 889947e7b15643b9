"""The checks of interactive messages: every kind, and the limits of each."""

from typing import Any

import pytest
from bodies import BUTTONS, NOTHING, check, refused, typed

from campotech_wa.simulator.checks.outgoing import Outgoing

LINK = "https://example.test/a.png"
LINK_BUTTON = {
    "name": "cta_url",
    "parameters": {"display_text": "Pagar", "url": "https://example.test/pagar"},
}
FLOW = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Reservar turno", "flow_token": "t"}


def reply(number: int = 1, **changes: object) -> dict[str, object]:
    return {"type": "reply", "reply": {"id": f"r{number}", "title": f"Opción {number}", **changes}}


def row(number: int = 1, **changes: object) -> dict[str, object]:
    return {"id": f"r{number}", "title": f"Turno {number}", **changes}


def listed(*sections: object, button: str = "Ver turnos") -> dict[str, object]:
    return {"button": button, "sections": list(sections)}


def rows(count: int, first: int = 0) -> list[dict[str, object]]:
    return [row(first + number) for number in range(count)]


def products(count: int) -> list[dict[str, str]]:
    return [{"product_retailer_id": f"sku-{number}"} for number in range(count)]


def card(number: int, **changes: object) -> dict[str, object]:
    header = {"type": "image", "image": {"link": LINK}}
    return {"card_index": number, "type": "cta_url", "header": header, "action": LINK_BUTTON, **changes}


def replies_card(number: int, count: int = 1) -> dict[str, object]:
    buttons = [
        {"type": "quick_reply", "quick_reply": {"id": f"q{each}", "title": "Sí"}} for each in range(count)
    ]
    return card(number, action={"buttons": buttons})


def product_card(number: int, catalog: str = "1") -> dict[str, object]:
    action = {"product_retailer_id": "sku", "catalog_id": catalog}
    return {"card_index": number, "type": "product", "action": action}


def carousel(*cards: object) -> dict[str, object]:
    return {"cards": list(cards)}


def interactive(kind: str, action: object, **frame: Any) -> dict[str, object]:
    frame = {"body": {"text": "Cuerpo"}, **frame}
    parts = {"type": kind, "action": action, **frame}
    return typed("interactive", {key: value for key, value in parts.items() if value is not None})


def flow(**changes: object) -> dict[str, object]:
    parameters = {key: value for key, value in {**FLOW, **changes}.items() if value is not None}
    return {"name": "flow", "parameters": parameters}


TEXT_HEADER = {"type": "text", "text": "x" * 60}
ACCEPTED = [
    interactive("button", BUTTONS, header=TEXT_HEADER, footer={"text": "x" * 60}),
    interactive("button", {"buttons": [reply(each) for each in range(3)]}, body={"text": "x" * 1024}),
    interactive("button", {"buttons": [reply(id="x" * 256, title="x" * 20)]}),
    interactive("button", BUTTONS, header={"type": "document", "document": {"id": "1", "filename": "a.pdf"}}),
    interactive("list", listed({"rows": rows(10)}), header=TEXT_HEADER, body={"text": "x" * 4096}),
    interactive("list", listed({"rows": [row(id="x" * 200, title="x" * 24, description="x" * 72)]})),
    interactive(
        "list", listed({"title": "x" * 24, "rows": rows(5)}, {"title": "Martes", "rows": rows(5, first=5)})
    ),
    interactive("cta_url", LINK_BUTTON, header={"type": "image", "image": {"id": "1"}}),
    interactive("location_request_message", {"name": "send_location"}),
    interactive("request_contact_info", {"name": "request_contact_info"}),
    interactive("address_message", {"name": "address_message", "parameters": {"country": "IN"}}),
    interactive("catalog_message", {"name": "catalog_message"}),
    interactive(
        "catalog_message",
        {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "sku"}},
    ),
    interactive("product", {"catalog_id": "1", "product_retailer_id": "sku"}, body=None),
    interactive(
        "product_list",
        {"catalog_id": "1", "sections": [{"title": "Aires", "product_items": products(30)}]},
        header=TEXT_HEADER,
    ),
    interactive("voice_call", {"name": "voice_call"}),
    interactive(
        "voice_call",
        {
            "name": "voice_call",
            "parameters": {"display_text": "Llamar", "ttl_minutes": 43200, "payload": "x"},
        },
    ),
    interactive("call_permission_request", {"name": "call_permission_request"}),
    interactive("flow", flow()),
    interactive("flow", flow(mode="draft", flow_action="navigate", flow_action_payload={"screen": "S"})),
    interactive("flow", flow(flow_id=None, flow_name="reserva", flow_cta="x" * 30)),
    interactive("carousel", carousel(card(0), card(1, body={"text": "a\nb\nc"}))),
    interactive("carousel", carousel(*[replies_card(each, 3) for each in range(10)])),
    interactive("carousel", carousel(product_card(0), product_card(1))),
]

REFUSED = [
    (interactive("poll", {}), 100),
    (interactive("button", BUTTONS, body=None), 131008),
    (interactive("button", BUTTONS, body={"text": "x" * 1025}), 100),
    (interactive("button", BUTTONS, header={"type": "text", "text": "x" * 61}), 100),
    (interactive("button", BUTTONS, header={"type": "location"}), 100),
    (interactive("button", BUTTONS, header={"type": "image", "image": {"id": "1", "caption": "x"}}), 100),
    (interactive("button", BUTTONS, footer={"text": "x" * 61}), 100),
    (interactive("button", BUTTONS, colour="red"), 100),
    (interactive("button", None), 131008),
    (interactive("button", {"buttons": []}), 131009),
    (interactive("button", {"buttons": [reply(each) for each in range(4)]}), 131009),
    (interactive("button", {"buttons": [{"type": "url", "reply": NOTHING}]}), 100),
    (interactive("button", {"buttons": [reply(title="x" * 21)]}), 100),
    (interactive("button", {"buttons": [reply(id="x" * 257)]}), 100),
    (interactive("button", {"buttons": [reply(id=" a")]}), 131009),
    (interactive("button", {"buttons": [reply(1), reply(2, id="r1")]}), 131009),
    (interactive("button", {"buttons": [reply(1), reply(2, title="Opción 1")]}), 131009),
    (interactive("list", listed({"rows": rows(11)})), 131009),
    (interactive("list", listed({"rows": rows(6)}, {"title": "B", "rows": rows(1, first=9)})), 131008),
    (
        interactive(
            "list", listed({"title": "A", "rows": rows(6)}, {"title": "B", "rows": rows(5, first=6)})
        ),
        131009,
    ),
    (interactive("list", listed({"rows": []})), 131009),
    (interactive("list", listed()), 131009),
    (interactive("list", listed({"rows": rows(1)}, button="x" * 21)), 100),
    (interactive("list", listed({"rows": [row(), row()]})), 131009),
    (interactive("list", listed({"rows": [row(id="x" * 201)]})), 100),
    (interactive("list", listed({"rows": [row(title="x" * 25)]})), 100),
    (interactive("list", listed({"rows": [row(description="x" * 73)]})), 100),
    (interactive("list", listed({"title": "x" * 25, "rows": rows(1)})), 100),
    (interactive("list", listed({"rows": rows(1)}), header={"type": "image", "image": {"id": "1"}}), 100),
    (interactive("list", listed({"rows": rows(1)}), body={"text": "x" * 4097}), 100),
    (interactive("cta_url", {"name": "cta", "parameters": {}}), 100),
    (interactive("cta_url", {"name": "cta_url"}), 131008),
    (interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "x" * 21}}), 100),
    (interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "a", "url": "a"}}), 131009),
    (interactive("location_request_message", {"name": "send_location"}, header=TEXT_HEADER), 100),
    (interactive("location_request_message", {"name": "send_location"}, footer={"text": "x"}), 100),
    (interactive("location_request_message", {}), 131008),
    (interactive("address_message", {"name": "address_message", "parameters": {"country": "India"}}), 131009),
    (interactive("product", {"catalog_id": "1"}), 131008),
    (interactive("product", {"catalog_id": "1", "product_retailer_id": "s"}, header=TEXT_HEADER), 100),
    (interactive("product_list", {"catalog_id": "1", "sections": [{"product_items": products(1)}]}), 131008),
    (
        interactive(
            "product_list",
            {"catalog_id": "1", "sections": [{"product_items": products(31)}]},
            header=TEXT_HEADER,
        ),
        131009,
    ),
    (interactive("voice_call", {"name": "voice_call", "parameters": {"ttl_minutes": 0}}), 131009),
    (interactive("voice_call", {"name": "voice_call", "parameters": {"ttl_minutes": "soon"}}), 100),
    (interactive("flow", flow(flow_id=None)), 131008),
    (interactive("flow", flow(flow_name="reserva")), 131008),
    (interactive("flow", flow(flow_cta="x" * 31)), 100),
    (interactive("flow", flow(flow_message_version="2")), 100),
    (interactive("flow", flow(mode="live")), 100),
    (interactive("flow", flow(flow_action_payload={"screen": "S", "data": {}})), 131009),
    (interactive("carousel", carousel(card(0))), 131009),
    (interactive("carousel", carousel(*[card(each) for each in range(11)])), 131009),
    (interactive("carousel", carousel(card(0), card(2))), 131009),
    (interactive("carousel", carousel(card(0), replies_card(1))), 131009),
    (interactive("carousel", carousel(replies_card(0, 1), replies_card(1, 2))), 131009),
    (
        interactive("carousel", carousel(card(0), card(1, header={"type": "video", "video": {"id": "1"}}))),
        131009,
    ),
    (interactive("carousel", carousel(product_card(0), product_card(1, catalog="2"))), 131009),
    (interactive("carousel", carousel(card(0), card(1, body={"text": "x" * 161}))), 100),
    (interactive("carousel", carousel(card(0), card(1, body={"text": "a\nb\nc\nd"}))), 131009),
    (interactive("carousel", carousel(card(0), card(1)), footer={"text": "x"}), 100),
    (interactive("carousel", carousel(card(0), card(1)), header=TEXT_HEADER), 100),
]


@pytest.mark.parametrize("body", ACCEPTED)
def test_a_sound_interactive_message_passes(body: dict[str, object]) -> None:
    assert isinstance(check(body), Outgoing)


@pytest.mark.parametrize(("body", "code"), REFUSED)
def test_a_faulty_interactive_message_is_refused_with_metas_code(body: dict[str, object], code: int) -> None:
    error = refused(body)

    assert error.code == code
    assert error.details.endswith(".")


def test_the_error_names_the_button() -> None:
    error = refused(interactive("button", {"buttons": [reply(1), reply(2, title="x" * 21)]}))

    assert error.details.startswith("Param interactive['action']['buttons'][1]['reply']['title'] ")
