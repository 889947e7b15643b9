"""What a business asks can be answered with a tap, and the answer is the webhook that Meta would post."""

import json

from phone_driver import Phone
from playwright.sync_api import Locator, expect
from simulator_driver import ANA

BUSINESS = "5491140000001"


def quoted(shown: Locator) -> dict[str, object]:
    return {"from": BUSINESS, "id": shown.get_attribute("data-message-id")}


def test_a_reply_button_answers_with_its_id_and_title(phone: Phone) -> None:
    buttons = [{"type": "reply", "reply": {"id": "ok", "title": "Confirmar"}}]
    shown = phone.asked("button", {"buttons": buttons})

    shown.get_by_role("button", name="Confirmar").click()

    assert phone.replied("button_reply") == {"id": "ok", "title": "Confirmar"}
    assert phone.wrote("interactive")["context"] == quoted(shown)
    expect(phone.messages.last.locator(".words")).to_have_text("Confirmar")
    expect(phone.messages.last.locator(".quote")).to_contain_text("¿Qué decís?")


def test_a_row_is_picked_in_a_sheet(phone: Phone) -> None:
    rows = [{"id": "r1", "title": "10:00"}, {"id": "r2", "title": "11:00", "description": "Dra. Paz"}]
    sections = [{"title": "Lunes", "rows": rows[:1]}, {"title": "Martes", "rows": rows[1:]}]
    shown = phone.asked("list", {"button": "Ver turnos", "sections": sections})

    shown.get_by_role("button", name="Ver turnos").click()
    phone.page.get_by_test_id("phone-composer").focus()
    expect(phone.page.get_by_test_id("phone-composer")).not_to_be_focused()
    phone.sheet.get_by_label("11:00").check()
    phone.hand_in()

    assert phone.replied("list_reply") == {"id": "r2", "title": "11:00", "description": "Dra. Paz"}


def test_a_sheet_without_a_choice_sends_nothing_and_escape_leads_back(phone: Phone) -> None:
    sections = [{"rows": [{"id": "r1", "title": "10:00"}]}]
    shown = phone.asked("list", {"button": "Ver turnos", "sections": sections})
    shown.get_by_role("button", name="Ver turnos").click()

    phone.sheet.locator("footer button").click()
    expect(phone.sheet).to_be_visible()
    phone.page.keyboard.press("Escape")

    expect(phone.sheet).to_have_count(0)
    expect(shown.get_by_role("button", name="Ver turnos")).to_be_focused()
    assert phone.receiver.messages == []


def test_a_flow_is_filled_and_answers_json_with_its_token(phone: Phone) -> None:
    start = {"screen": "FIRST", "data": {"nombre": "Ana"}}
    parameters = {
        "flow_message_version": "3",
        "flow_id": "123",
        "flow_cta": "Reservar",
        "flow_token": "tok",
        "flow_action": "navigate",
        "flow_action_payload": start,
    }
    shown = phone.asked("flow", {"name": "flow", "parameters": parameters})

    shown.get_by_role("button", name="Reservar").click()
    phone.sheet.get_by_label("nombre").fill("Ana Gómez")
    phone.sheet.get_by_label("Campo").first.fill("turno")
    phone.sheet.get_by_label("Valor").first.fill("lunes")
    phone.hand_in()

    reply = phone.replied("nfm_reply")
    assert (reply["name"], reply["body"]) == ("flow", "Sent")
    answers = {"nombre": "Ana Gómez", "turno": "lunes", "flow_token": "tok"}
    assert json.loads(reply["response_json"]) == answers
    expect(phone.messages.last).to_contain_text("lunes")
    expect(phone.messages.last).not_to_contain_text("tok")


def test_an_address_is_typed_or_chosen(phone: Phone) -> None:
    saved = [{"id": "a1", "value": {"name": "Casa", "address": "Belgrano 100"}}]
    parameters = {"country": "IN", "values": {"name": "Ana"}, "saved_addresses": saved}
    action = {"name": "address_message", "parameters": parameters}
    shown = phone.asked("address_message", action)

    shown.get_by_role("button", name="Completar dirección").click()
    phone.sheet.get_by_label("Calle y número").fill("Rivadavia 5000")
    phone.hand_in()
    typed = phone.replied("nfm_reply")
    assert typed["name"] == "address_message"
    assert json.loads(typed["response_json"]) == {"values": {"name": "Ana", "address": "Rivadavia 5000"}}

    phone.receiver.reset()
    shown.get_by_role("button", name="Completar dirección").click()
    phone.sheet.get_by_label("Casa, Belgrano 100").check()
    phone.hand_in()
    chosen = json.loads(phone.replied("nfm_reply")["response_json"])
    assert chosen == {"saved_address_id": "a1", "values": saved[0]["value"]}


def test_a_place_that_was_asked_for_names_the_question(phone: Phone) -> None:
    shown = phone.asked("location_request_message", {"name": "send_location"})

    shown.get_by_role("button", name="Enviar ubicación").click()
    phone.hand_in()

    answer = phone.wrote("location")
    assert answer["context"] == quoted(shown)
    assert answer["location"]["latitude"] == -34.6037


def test_ones_own_number_is_a_card_that_says_why_it_came(phone: Phone) -> None:
    shown = phone.asked("request_contact_info", {"name": "request_contact_info"})

    shown.get_by_role("button", name="Compartir mi número").click()

    [card] = phone.wrote("contacts")["contacts"]
    assert card["origin"] == "contact_request"
    assert card["phones"][0]["wa_id"] == ANA


def test_calls_are_permitted_for_a_week_or_not_at_all(phone: Phone) -> None:
    shown = phone.asked("call_permission_request", {"name": "call_permission_request"})

    shown.get_by_role("button", name="Permitir llamadas").click()
    accepted = phone.replied("call_permission_reply")
    assert (accepted["response"], accepted["response_source"]) == ("accept", "user_action")
    assert accepted["expiration_timestamp"].isdigit()

    phone.receiver.reset()
    shown.get_by_role("button", name="No permitir").click()
    rejected = phone.replied("call_permission_reply")
    assert rejected == {"response": "reject", "response_source": "user_action"}


def test_products_are_ordered_with_quantity_and_price(phone: Phone) -> None:
    items = [{"product_retailer_id": "split"}, {"product_retailer_id": "cinta"}]
    action = {"catalog_id": "7", "sections": [{"title": "Equipos", "product_items": items}]}
    header = {"type": "text", "text": "Equipos"}
    shown = phone.asked("product_list", action, header=header)

    shown.get_by_role("button", name="Ver productos").click()
    phone.sheet.get_by_label("Cantidad").last.fill("3")
    phone.sheet.get_by_label("Precio").last.fill("99,90")
    phone.sheet.get_by_label("Comentario").fill("Para hoy")
    phone.hand_in()

    order = phone.wrote("order")["order"]
    assert (order["catalog_id"], order["text"]) == ("7", "Para hoy")
    split, cinta = order["product_items"]
    assert split["quantity"] == 1
    assert cinta == {"product_retailer_id": "cinta", "quantity": 3, "item_price": 99.9, "currency": "ARS"}
    expect(phone.messages.last.locator(".total")).to_contain_text("$ 1.299,70")


def test_an_order_of_nothing_says_so_in_the_sheet(phone: Phone) -> None:
    shown = phone.asked("product", {"catalog_id": "7", "product_retailer_id": "split"})
    shown.get_by_role("button", name="Pedir").click()

    phone.sheet.get_by_label("Cantidad").fill("0")
    phone.sheet.locator("footer button").click()

    expect(phone.sheet.get_by_role("alert")).to_have_text("Elegí al menos un producto.")


def test_a_question_about_a_product_names_it(phone: Phone) -> None:
    shown = phone.asked("product", {"catalog_id": "7", "product_retailer_id": "split"})

    shown.get_by_role("button", name="Preguntar por este producto").click()
    phone.write("¿Viene con soporte?")

    product = {"catalog_id": "7", "product_retailer_id": "split"}
    assert phone.wrote("text")["context"] == {**quoted(shown), "referred_product": product}


def test_a_cards_quick_reply_answers_like_a_button(phone: Phone) -> None:
    action = {"buttons": [{"type": "quick_reply", "quick_reply": {"id": "c1", "title": "Quiero este"}}]}
    header = {"type": "image", "image": {"link": "https://clima.example/a.jpg"}}
    card = {"type": "button", "header": header, "body": {"text": "Uno"}, "action": action}
    cards = [{"card_index": index, **card} for index in range(2)]
    shown = phone.asked("carousel", {"cards": cards})

    shown.get_by_role("button", name="Quiero este").first.click()

    assert phone.replied("button_reply") == {"id": "c1", "title": "Quiero este"}


def test_a_templates_quick_reply_answers_with_its_payload(phone: Phone) -> None:
    button = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": "ok-1"}],
    }
    content = {"name": "turno", "language": {"code": "es_AR"}, "components": [button]}
    shown = phone.gets("template", content)

    shown.get_by_role("button", name="Respuesta 1").click()

    answer = phone.wrote("button")
    assert answer["button"] == {"payload": "ok-1", "text": "Respuesta 1"}
    assert answer["context"] == quoted(shown)
