"""Every type that a business sends is drawn as people know it."""

import re

import pytest
from phone_driver import Phone
from playwright.sync_api import expect
from simulator_driver import ANA, NUMBER

from tests import samples

ROW = {"id": "r1", "title": "10:00"}
TEMPLATE = {"name": "turno_recordatorio", "language": {"code": "es_AR"}}


def test_marks_become_bold_italic_struck_and_code_and_never_markup(phone: Phone) -> None:
    shown = phone.gets("text", {"body": "*fuerte* _suave_ ~no~ ```código``` <b>x</b>"})

    for tag, words in (("strong", "fuerte"), ("em", "suave"), ("s", "no"), ("code", "código")):
        expect(shown.locator(f".words {tag}")).to_have_text(words)
    expect(shown.locator(".words")).to_have_text("fuerte suave no código <b>x</b>")


@pytest.mark.parametrize(
    "body", ["2*3*4", "*a*b", "a_b_c", "dos * tres * seis", "``", "$ 5 * 2", "~", "snake_case_name"]
)
def test_marks_inside_words_and_numbers_stay_as_they_are(phone: Phone, body: str) -> None:
    shown = phone.gets("text", {"body": body})

    expect(shown.locator(".words")).to_have_text(body)
    expect(shown.locator(".words *")).to_have_count(0)


def test_lists_and_quotes_stand_on_lines_of_their_own(phone: Phone) -> None:
    shown = phone.gets("text", {"body": "Trae:\n- cinta\n- llave\n> sin costo\nGracias"})

    expect(shown.locator(".item")).to_have_text(["cinta", "llave"])
    expect(shown.locator(".cited")).to_have_text("sin costo")


def test_an_address_is_a_link_without_the_point_behind_it(phone: Phone) -> None:
    shown = phone.gets("text", {"body": "Mirá https://clima.example/a_b_c?d=1."})

    link = shown.get_by_role("link")
    expect(link).to_have_attribute("href", "https://clima.example/a_b_c?d=1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_preview_names_the_site_and_loads_nothing(phone: Phone) -> None:
    shown = phone.gets("text", {"body": "https://clima.example/hoy", "preview_url": True})

    expect(shown.locator(".linked strong")).to_have_text("clima.example")


def test_an_image_is_shown_and_opens_large(phone: Phone) -> None:
    media_id = phone.upload(samples.picture(), "image/jpeg")

    shown = phone.gets("image", {"id": media_id, "caption": "El *equipo*"})

    expect(shown.locator(".words strong")).to_have_text("equipo")
    expect(shown.locator("img")).to_have_js_property("naturalWidth", 320)
    shown.get_by_role("button", name="Ver la imagen").click()
    expect(phone.sheet.locator("img")).to_have_js_property("naturalWidth", 320)
    phone.page.keyboard.press("Escape")
    expect(phone.sheet).to_have_count(0)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "sticker"])
def test_a_medium_that_is_gone_says_so(phone: Phone, kind: str) -> None:
    phone.page.route("**/_sim/media/404", lambda route: route.fulfill(status=404))

    wamid = phone.simulator.write(message={"type": kind, kind: {"id": "404"}})

    expect(phone.message(wamid)).to_contain_text("No está disponible")


def test_a_medium_sent_by_its_address_is_a_link_and_is_not_fetched(phone: Phone) -> None:
    shown = phone.gets("image", {"link": "https://clima.example/foto.jpg", "caption": "Mirá"})

    expect(shown.get_by_role("link")).to_have_attribute("href", "https://clima.example/foto.jpg")
    expect(shown).to_contain_text("foto.jpg")
    expect(shown.locator("img")).to_have_count(0)


def test_a_video_plays_in_its_bubble(phone: Phone) -> None:
    shown = phone.gets("video", {"id": phone.upload(samples.video(), "video/mp4")})

    expect(shown.locator("video")).to_have_js_property("videoWidth", 176)
    expect(shown.locator("video")).to_have_attribute("controls", "")


def test_a_voice_note_shows_its_length_and_tells_the_business_once_that_it_was_played(phone: Phone) -> None:
    voice = {"id": phone.upload(samples.voice(), "audio/ogg"), "voice": True}

    shown = phone.gets("audio", voice)
    wamid = str(shown.get_attribute("data-message-id"))
    expect(shown.locator(".length")).to_have_text("0:02")
    shown.get_by_role("button", name="Reproducir").click()

    expect(shown).to_have_attribute("data-state", "played")
    expect(shown.locator(".wave .past").first).to_be_attached()
    assert phone.receiver.statuses(wamid) == ["sent", "delivered", "read", "played"]


def test_an_audio_that_is_no_voice_note_reports_nothing_when_it_is_played(phone: Phone) -> None:
    shown = phone.gets("audio", {"id": phone.upload(samples.voice(), "audio/ogg")})
    shown.get_by_role("button", name="Reproducir").click()

    expect(shown.get_by_role("button", name="Pausar")).to_be_visible()
    expect(shown).to_have_attribute("data-state", "read")


def test_a_document_has_its_name_type_and_size(phone: Phone) -> None:
    media_id = phone.upload(samples.PDF + bytes(9000), "application/pdf")

    shown = phone.gets("document", {"id": media_id, "filename": "presupuesto.pdf", "caption": "Va"})

    expect(shown.locator("strong")).to_have_text("presupuesto.pdf")
    expect(shown.locator(".facts")).to_have_text("PDF · 9,1 kB")
    expect(shown.get_by_role("link")).to_have_attribute("download", "presupuesto.pdf")


def test_a_sticker_stands_without_a_bubble(phone: Phone) -> None:
    media_id = phone.upload(samples.picture("WEBP", (512, 512)), "image/webp")

    shown = phone.gets("sticker", {"id": media_id})

    expect(shown.locator(".bare img")).to_have_js_property("naturalWidth", 512)


def test_a_location_is_a_drawn_map_with_its_words_and_a_link(phone: Phone) -> None:
    place = {"latitude": "-34.6", "longitude": "-58.38", "name": "Local", "address": "Corrientes 1000"}

    shown = phone.gets("location", place)

    expect(shown.locator("svg.map .pin")).to_be_visible()
    expect(shown).to_contain_text("Corrientes 1000")
    expect(shown.get_by_role("link")).to_have_attribute("href", re.compile(r"mlat=-34\.6&mlon=-58\.38"))


def test_contacts_show_the_first_and_open_all(phone: Phone) -> None:
    marta = {
        "name": {"formatted_name": "Marta Ruiz", "first_name": "Marta"},
        "phones": [{"phone": "+54 9 11 4444-1111", "type": "CELL"}],
        "org": {"company": "Clima Sur"},
    }
    pablo = {"name": {"formatted_name": "Pablo Sosa", "first_name": "Pablo"}}

    shown = phone.gets("contacts", [marta, pablo])

    expect(shown).to_contain_text("Marta Ruiz y 1 contacto más")
    shown.get_by_role("button", name="Ver contacto").click()
    expect(phone.sheet).to_contain_text("+54 9 11 4444-1111")
    expect(phone.sheet).to_contain_text("Clima Sur")
    expect(phone.sheet).to_contain_text("Pablo Sosa")


def test_a_quote_shows_what_is_answered_and_who_wrote_it(phone: Phone) -> None:
    mine = phone.write("¿Vienen *hoy*?")

    shown = phone.gets("text", {"body": "Sí"}, context={"message_id": mine.get_attribute("data-message-id")})

    expect(shown.locator(".quote")).to_contain_text("Vos")
    expect(shown.locator(".quote")).to_contain_text("¿Vienen hoy?")


def test_the_business_reacts_on_the_customers_bubble_and_takes_it_back(phone: Phone) -> None:
    mine = phone.write("Gracias")
    target = mine.get_attribute("data-message-id")
    reaction = {"messaging_product": "whatsapp", "to": f"+{ANA}", "type": "reaction"}
    count = phone.messages.count()

    phone.simulator.post({**reaction, "reaction": {"message_id": target, "emoji": "🙏"}})
    expect(mine.locator(".reactions")).to_have_text("🙏")
    expect(phone.messages).to_have_count(count)

    phone.simulator.post({**reaction, "reaction": {"message_id": target, "emoji": ""}})
    expect(mine.locator(".reactions")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "action", "button"),
    [
        ("list", {"button": "Ver turnos", "sections": [{"rows": [ROW]}]}, "Ver turnos"),
        ("location_request_message", {"name": "send_location"}, "Enviar ubicación"),
        ("request_contact_info", {"name": "request_contact_info"}, "Compartir mi número"),
        ("call_permission_request", {"name": "call_permission_request"}, "Permitir llamadas"),
        ("product", {"catalog_id": "7", "product_retailer_id": "split"}, "Pedir"),
    ],
)
def test_every_interactive_message_has_its_words_and_what_to_press(
    phone: Phone, kind: str, action: object, button: str
) -> None:
    shown = phone.asked(kind, action)

    expect(shown).to_contain_text("¿Qué decís?")
    expect(shown.get_by_role("button", name=button)).to_be_visible()


def test_a_heading_and_small_words_stand_around_the_body(phone: Phone) -> None:
    media_id = phone.upload(samples.picture(), "image/jpeg")
    header = {"type": "image", "image": {"id": media_id}}
    action = {"buttons": [{"type": "reply", "reply": {"id": "ok", "title": "Confirmar"}}]}

    shown = phone.asked("button", action, header=header, footer={"text": "Hasta el lunes"})

    expect(shown.locator("img")).to_have_js_property("naturalWidth", 320)
    expect(shown.locator(".small-words")).to_have_text("Hasta el lunes")


def test_a_web_button_is_a_link(phone: Phone) -> None:
    parameters = {"display_text": "Pagar", "url": "https://pagos.example/1"}

    shown = phone.asked("cta_url", {"name": "cta_url", "parameters": parameters})

    expect(shown.get_by_role("link", name="Pagar")).to_have_attribute("href", "https://pagos.example/1")


def test_an_address_that_a_browser_would_run_is_no_link(phone: Phone) -> None:
    place = {"latitude": 1, "longitude": 2, "url": "javascript:alert(1)"}

    shown = phone.message(phone.simulator.write(message={"type": "location", "location": place}))

    expect(shown).to_contain_text("1, 2")
    expect(shown.get_by_role("link")).to_have_count(0)


def test_a_carousel_shows_every_card_with_its_button(phone: Phone) -> None:
    media_id = phone.upload(samples.picture(), "image/jpeg")
    cards = [
        {
            "card_index": index,
            "type": "cta_url",
            "header": {"type": "image", "image": {"id": media_id}},
            "body": {"text": f"Equipo {index}"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Ver", "url": "https://clima.example/"},
            },
        }
        for index in range(3)
    ]

    shown = phone.asked("carousel", {"cards": cards})

    expect(shown.locator(".slide")).to_have_count(3)
    expect(shown.locator(".slide").last).to_contain_text("Equipo 2")
    expect(shown.get_by_role("link", name="Ver")).to_have_count(3)


def test_a_template_nobody_spelled_out_shows_its_name_and_parameters(phone: Phone) -> None:
    body = {
        "type": "body",
        "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "10:30"}],
    }
    code = {
        "type": "button",
        "sub_type": "copy_code",
        "index": "0",
        "parameters": [{"type": "coupon_code", "coupon_code": "25OFF"}],
    }

    shown = phone.gets("template", {**TEMPLATE, "components": [body, code]})

    expect(shown).to_contain_text("turno recordatorio")
    expect(shown.locator(".words")).to_have_text(re.compile(r"Ana\s10:30"))
    shown.get_by_role("button", name="Copiar código").click()
    expect(phone.page.get_by_role("alert")).to_have_text("Código copiado: 25OFF")


def approve(phone: Phone, category: str, *components: object, name: str = "turno_recordatorio") -> None:
    template = {"name": name, "language": "es_AR", "category": category, "components": components}
    answer = phone.simulator.control("/templates", {"phone_number_id": NUMBER, "template": template})
    assert answer.is_success, answer.text


def parameters(kind: str, *given: object, **more: object) -> dict[str, object]:
    return {"type": kind, "parameters": given, **more}


def test_a_template_reads_as_its_definition_says(phone: Phone) -> None:
    buttons = [
        {"type": "QUICK_REPLY", "text": "Confirmar"},
        {"type": "URL", "text": "Ver", "url": "https://clima.example/{{1}}"},
        {"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "+541140000001"},
    ]
    approve(
        phone,
        "UTILITY",
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Hola {{1}}, te *esperamos* {{2}}."},
        {"type": "FOOTER", "text": "Clima Sur"},
        {"type": "BUTTONS", "buttons": buttons},
    )
    media_id = phone.upload(samples.picture(), "image/jpeg")
    header = parameters("header", {"type": "image", "image": {"id": media_id}})
    body = parameters("body", {"type": "text", "text": "Ana"}, {"type": "text", "text": "el lunes"})
    url = parameters("button", {"type": "text", "text": "abc"}, sub_type="url", index="1")

    shown = phone.gets("template", {**TEMPLATE, "components": [header, body, url]})

    expect(shown.locator(".words")).to_have_text("Hola Ana, te esperamos el lunes.")
    expect(shown.locator("img")).to_have_js_property("naturalWidth", 320)
    expect(shown.locator(".small-words")).to_have_text("Clima Sur")
    expect(shown.get_by_role("button", name="Confirmar")).to_be_visible()
    link = shown.get_by_role("link", name="Ver", exact=True)
    expect(link).to_have_attribute("href", "https://clima.example/abc")
    expect(shown.get_by_role("link", name="Llamar")).to_have_attribute("href", "tel:+541140000001")


def test_a_code_says_how_long_it_lives_and_can_be_copied(phone: Phone) -> None:
    approve(
        phone,
        "AUTHENTICATION",
        {"type": "BODY", "text": "*{{1}}* es tu código de verificación."},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copiar"}]},
        name="codigo",
    )
    code = {"type": "text", "text": "481516"}
    components = [parameters("body", code), parameters("button", code, sub_type="url", index="0")]

    shown = phone.gets("template", {**TEMPLATE, "name": "codigo", "components": components})

    expect(shown.locator(".words")).to_have_text("481516 es tu código de verificación.")
    expect(shown.locator(".small-words")).to_have_text("Este código vence en 10 minutos.")
    shown.get_by_role("button", name="Copiar").click()
    expect(phone.page.get_by_role("alert")).to_have_text("Código copiado: 481516")


def test_a_templates_offer_says_when_it_ends_and_its_cards_are_drawn(phone: Phone) -> None:
    offer = {"type": "limited_time_offer", "limited_time_offer": {"expiration_time_ms": 1796000000000}}
    cards = [
        {
            "card_index": index,
            "components": [{"type": "body", "parameters": [{"type": "text", "text": f"Equipo {index}"}]}],
        }
        for index in range(2)
    ]
    components = [
        {"type": "limited_time_offer", "parameters": [offer]},
        {"type": "carousel", "cards": cards},
    ]

    shown = phone.gets("template", {**TEMPLATE, "name": "oferta", "components": components})

    expect(shown.locator(".offer")).to_contain_text(re.compile(r"Vence el 30.*2026, \d\d:\d\d"))
    expect(shown.locator(".slide")).to_have_text(["Equipo 0", "Equipo 1"])


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "hologram", "hologram": {}}, "hologram"),
        ({"type": "interactive"}, "Mensaje con opciones"),
        ({"type": "text", "text": {"body": 7}}, "text"),
        ({"type": "contacts", "contacts": []}, "Contacto"),
        ({"type": "request_welcome"}, "Abriste el chat por primera vez"),
    ],
)
def test_a_shape_that_nobody_knows_is_named_and_breaks_nothing(
    phone: Phone, message: dict[str, object], words: str
) -> None:
    wamid = phone.simulator.write(message=message)

    expect(phone.message(wamid)).to_contain_text(words)
    phone.write("Sigue andando")
