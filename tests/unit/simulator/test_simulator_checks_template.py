"""The checks of template messages: every component, and every parameter."""

import pytest
from bodies import NOTHING, check, refused, typed

from campotech_wa.simulator.checks.outgoing import MediaUse, Outgoing

IMAGE = {"type": "image", "image": {"id": "1"}}


def template(*components: object, **changes: object) -> dict[str, object]:
    parts = {"name": "turno", "language": {"code": "es_AR"}, "components": list(components), **changes}
    return typed("template", {key: value for key, value in parts.items() if value is not None})


def words(text: str, **more: str) -> dict[str, str]:
    return {"type": "text", "text": text, **more}


def header(*parameters: object) -> dict[str, object]:
    return {"type": "header", "parameters": list(parameters)}


def body(*parameters: object) -> dict[str, object]:
    return {"type": "body", "parameters": list(parameters)}


def button(kind: str, *parameters: object, index: object = "0") -> dict[str, object]:
    return {"type": "button", "sub_type": kind, "index": index, "parameters": list(parameters)}


def action(**fields: object) -> dict[str, object]:
    return {"type": "action", "action": fields}


def cards(*components: object, count: int = 2) -> dict[str, object]:
    listed = [{"card_index": each, "components": list(components)} for each in range(count)]
    return {"type": "carousel", "cards": listed}


SECTIONS = [{"title": "Aires", "product_items": [{"product_retailer_id": "sku"}]}]
OFFER = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1764000000000}}
TARGET = {
    "type": "tap_target_configuration",
    "tap_target_configuration": [{"url": "https://a.test", "title": "A"}],
}
ACCEPTED = [
    template(components=None),
    template({"type": "BODY"}),
    template(header(IMAGE), body(words("Ana"), words("10:30")), button("url", words("abc"), index="1")),
    template(header(words("x" * 60)), body(words("Ana", parameter_name="nombre"))),
    template(header({"type": "document", "document": {"link": "https://a.test/a.pdf", "filename": "a.pdf"}})),
    template(header({"type": "gif", "gif": {"id": "1"}})),
    template(header({"type": "location", "location": {"latitude": "1", "longitude": "2", "name": "Taller"}})),
    template(header({"type": "product", "product": {"product_retailer_id": "sku", "catalog_id": "1"}})),
    template(
        body(
            {"type": "currency", "currency": {"fallback_value": "$ 1", "code": "ARS", "amount_1000": 1000}},
            {"type": "date_time", "date_time": {"fallback_value": "lunes"}},
        )
    ),
    template(
        button("quick_reply", {"type": "payload", "payload": "x" * 128}, index=0), button("quick_reply")
    ),
    template(button("copy_code", {"type": "coupon_code", "coupon_code": "x" * 15})),
    template(button("flow", action(flow_token="t", flow_action_data={})), button("catalog", action())),
    template(button("mpm", action(thumbnail_product_retailer_id="sku", sections=SECTIONS))),
    template(
        button("voice_call", {"type": "ttl_minutes", "ttl_minutes": 100}, {"type": "payload", "payload": "x"})
    ),
    template({"type": "limited_time_offer", "parameters": [OFFER]}),
    template({"type": "tap_target_configuration", "parameters": [TARGET]}),
    template(body(words("Ana")), cards(header(IMAGE), button("quick_reply"), count=10)),
]

REFUSED = [
    (template(name=None), 131008),
    (template(name="Turno Nuevo"), 132001),
    (template(language=None), 131008),
    (template(language={}), 131008),
    (template(language="es_AR"), 100),
    (template(components={}), 100),
    (template("body"), 100),
    (template({"parameters": []}), 131008),
    (template({"type": "footer"}), 100),
    (template({"type": "body", "parameters": "Ana"}), 100),
    (template(body("Ana")), 100),
    (template(body({"text": "Ana"})), 131008),
    (template(body({"type": "image"})), 131008),
    (template(body({"type": "song", "song": {}})), 100),
    (template(body(words(""))), 131008),
    (template(body(words("Ana\nPaz"))), 132018),
    (template(body(words("Ana\tPaz"))), 132018),
    (template(body(words("Ana     Paz"))), 132018),
    (template(body(words("x" * 600), words("x" * 600))), 132005),
    (template(body(words("Ana", parameter_name="nombre"), words("lunes"))), 132012),
    (template(header(words("x" * 61))), 100),
    (template(header(IMAGE, IMAGE)), 132000),
    (template(header({"type": "image", "image": {}})), 131008),
    (template(button("wave")), 100),
    (template({"type": "button", "index": "0"}), 131008),
    (template({"type": "button", "sub_type": "url"}), 131008),
    (template(button("url", index="first")), 100),
    (template(button("url", index=10)), 131009),
    (template(button("url", {"type": "payload", "payload": "x"})), 100),
    (template(button("quick_reply", {"type": "payload", "payload": "x" * 129})), 100),
    (template(button("copy_code", {"type": "coupon_code", "coupon_code": "x" * 16})), 100),
    (template(button("mpm", action(sections=[]))), 131009),
    (template(button("phone_number", words("x"))), 132000),
    (template(cards(count=1)), 131009),
    (template(cards(count=11)), 131009),
    (template(cards(cards())), 100),
    (template({"type": "limited_time_offer", "parameters": []}), 131009),
    (template({"type": "limited_time_offer", "parameters": [{"limited_time_offer": NOTHING}]}), 131008),
]


@pytest.mark.parametrize("message", ACCEPTED)
def test_a_sound_template_message_passes(message: dict[str, object]) -> None:
    assert isinstance(check(message), Outgoing)


@pytest.mark.parametrize(("message", "code"), REFUSED)
def test_a_faulty_template_message_is_refused_with_metas_code(message: dict[str, object], code: int) -> None:
    error = refused(message)

    assert error.code == code
    assert error.details.endswith(".")


def test_the_media_of_headers_and_cards_are_found() -> None:
    outgoing = check(template(header(IMAGE), cards(header({"type": "video", "video": {"id": "2"}}))))

    assert isinstance(outgoing, Outgoing)
    assert outgoing.media == (MediaUse("image", "1", ""), *[MediaUse("video", "2", "")] * 2)
