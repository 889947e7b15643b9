"""Each type that staff can write in a form leaves the composer and arrives at Meta as its API writes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import samples
from tests.e2e.composing import Composer, Filled, Json
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World


def reply(title: str, place: int) -> Json:
    return {"type": "reply", "reply": {"id": str(place), "title": title}}


FORMS: list[tuple[str, Filled, Json]] = [
    (
        "location",
        {"point": "-34.6037, -58.3816", "name": "Taller", "address": "Mitre 1200"},
        {"latitude": "-34.6037", "longitude": "-58.3816", "name": "Taller", "address": "Mitre 1200"},
    ),
    (
        "button",
        {"header": "Turno", "body": "¿Mañana?", "footer": "Clima Sur", "title": "Sí"},
        {
            "type": "button",
            "header": {"type": "text", "text": "Turno"},
            "body": {"text": "¿Mañana?"},
            "footer": {"text": "Clima Sur"},
            "action": {"buttons": [reply("Sí", 1)]},
        },
    ),
    (
        "list",
        {"body": "Elegí", "button": "Ver", "title": "10:00", "description": "Paz", "section": "Lunes"},
        {
            "type": "list",
            "body": {"text": "Elegí"},
            "action": {
                "button": "Ver",
                "sections": [
                    {"title": "Lunes", "rows": [{"id": "1", "title": "10:00", "description": "Paz"}]}
                ],
            },
        },
    ),
    (
        "cta_url",
        {"body": "Pagá acá", "display_text": "Pagar", "url": "https://x.example/1"},
        {
            "type": "cta_url",
            "body": {"text": "Pagá acá"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Pagar", "url": "https://x.example/1"},
            },
        },
    ),
    (
        "location_request_message",
        {"body": "¿Dónde es?"},
        {
            "type": "location_request_message",
            "body": {"text": "¿Dónde es?"},
            "action": {"name": "send_location"},
        },
    ),
    (
        "product",
        {"body": "Este", "catalog_id": "1", "product": "filtro"},
        {
            "type": "product",
            "body": {"text": "Este"},
            "action": {"catalog_id": "1", "product_retailer_id": "filtro"},
        },
    ),
    (
        "product_list",
        {"header": "Repuestos", "body": "Estos", "catalog_id": "1", "product": "filtro"},
        {
            "type": "product_list",
            "header": {"type": "text", "text": "Repuestos"},
            "body": {"text": "Estos"},
            "action": {
                "catalog_id": "1",
                "sections": [{"product_items": [{"product_retailer_id": "filtro"}]}],
            },
        },
    ),
    (
        "catalog_message",
        {"body": "Todo", "product": "filtro"},
        {
            "type": "catalog_message",
            "body": {"text": "Todo"},
            "action": {
                "name": "catalog_message",
                "parameters": {"thumbnail_product_retailer_id": "filtro"},
            },
        },
    ),
]


@pytest.mark.parametrize(("kind", "values", "content"), FORMS)
def test_a_form_becomes_metas_own_object(
    desk: Desk, composer: Composer, arrived: Callable[[], Json], kind: str, values: Filled, content: Json
) -> None:
    composer.attach(kind)
    composer.fill(values)
    composer.send_form()

    payload = arrived()
    assert payload[payload["type"]] == content
    expect(desk.messages.last).to_have_attribute("data-state", "delivered")
    expect(composer.unsent).to_have_count(0)


def test_a_card_is_sent(composer: Composer, arrived: Callable[[], Json]) -> None:
    composer.attach("contacts")
    composer.fill({"name": "Diego Paz", "phone": "+54 9 11 3123-0000", "email": "d@x.ar"})
    composer.send_form()

    [card] = arrived()["contacts"]
    assert card["name"] == {"formatted_name": "Diego Paz", "first_name": "Diego"}
    assert (card["phones"][0]["phone"], card["emails"][0]["email"]) == ("+54 9 11 3123-0000", "d@x.ar")


def test_a_flow_is_sent_with_a_token_of_its_own(composer: Composer, arrived: Callable[[], Json]) -> None:
    composer.attach("flow")
    composer.fill({"body": "Completá", "flow_cta": "Completar", "flow_id": "123", "screen": "FIRST"})
    composer.send_form()

    parameters = arrived()["interactive"]["action"]["parameters"]
    assert parameters.pop("flow_token")
    assert parameters == {
        "flow_message_version": "3",
        "flow_id": "123",
        "flow_cta": "Completar",
        "mode": "published",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": "FIRST"},
    }


def test_a_carousel_is_sent_with_its_pictures(
    desk: Desk, composer: Composer, arrived: Callable[[], Json]
) -> None:
    composer.attach("carousel")
    composer.form.locator("[name=body]").fill("Equipos")
    for place in range(2):
        picture = samples.picture(size=(320 + place, 200))
        composer.form.locator("input[type=file]").nth(place).set_input_files(
            {"name": f"{place}.jpg", "mimeType": "image/jpeg", "buffer": picture}
        )
        composer.form.locator("[name=text]").nth(place).fill(f"Split {place}")
    composer.fill({"display_text": ["Ver", "Ver"], "url": ["https://x.example"] * 2})
    expect(composer.form.get_by_text("1.jpg")).to_be_visible()
    expect(composer.form.get_by_text("0.jpg")).to_be_visible()
    composer.send_form()

    cards = arrived()["interactive"]["action"]["cards"]
    assert [card["body"]["text"] for card in cards] == ["Split 0", "Split 1"]
    assert all(card["header"]["image"]["id"].isdecimal() for card in cards)
    expect(desk.messages.last.locator(".slide img")).to_have_count(2)


def test_a_form_checks_while_one_types(composer: Composer) -> None:
    composer.attach("button")
    composer.fill({"body": "¿Mañana?", "title": "x" * 21})

    expect(composer.form).to_contain_text("21/20")
    expect(composer.form).to_contain_text("Hasta 20 caracteres.")
    composer.form.get_by_test_id("form-send").click()

    expect(composer.form).to_be_visible()


def test_what_the_server_refuses_says_why_and_comes_back_as_it_was_filled_in(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    composer.attach("cta_url")
    composer.fill({"body": "Pagá", "display_text": "Pagar", "url": "https://x.example/ñandú"})
    composer.send_form()

    expect(composer.unsent).to_contain_text("Dirección del botón")
    composer.unsent.get_by_role("button", name="Editar").click()
    expect(composer.form.locator("[name=url]")).to_have_value("https://x.example/ñandú")
    composer.fill({"url": "https://x.example/nandu"})
    composer.send_form()

    until(lambda: world.accepted(customer), what="the mended one")
    expect(composer.unsent).to_have_count(0)
