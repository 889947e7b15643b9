"""Everything that a phone can send leaves as the webhook that Meta would post."""

import io
from typing import Any

import pytest
from phone_driver import Phone
from PIL import Image
from playwright.sync_api import Page, expect
from simulator_driver import ANA, NUMBER, Receiver, Simulator, eventually

from tests import samples

FILES = {
    "image": ("Foto", "foto.jpg", "image/jpeg", samples.picture),
    "video": ("Video", "v.mp4", "video/mp4", samples.video),
    "audio": ("Audio", "a.ogg", "audio/ogg", samples.voice),
    "document": ("Documento", "factura.pdf", "application/pdf", lambda: samples.PDF),
    "sticker": ("Sticker", "s.webp", "image/webp", lambda: samples.picture("WEBP", (512, 512))),
}


def stored(phone: Phone, media_id: str) -> bytes:
    return phone.simulator.http.get(f"/_sim/media/{media_id}").content


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_looked_at_uploaded_and_sent(phone: Phone, kind: str) -> None:
    label, name, mime_type, made = FILES[kind]
    content = made()

    phone.pick(label, name, mime_type, content)
    expect(phone.sheet).to_contain_text(name)
    phone.hand_in()

    sent = phone.wrote(kind)[kind]
    assert sent["mime_type"] == mime_type
    assert stored(phone, sent["id"]) == content
    expect(phone.messages.last).to_have_attribute("data-type", kind)


def test_the_camera_takes_a_photo_too(phone: Phone) -> None:
    phone.pick("Cámara", "foto.jpg", "image/jpeg", samples.picture())
    phone.hand_in()

    assert phone.wrote("image")["image"]["mime_type"] == "image/jpeg"


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_what_can_have_words_under_it_has_a_field_for_them(phone: Phone, kind: str) -> None:
    label, name, mime_type, made = FILES[kind]

    phone.pick(label, name, mime_type, made())
    phone.sheet.get_by_label("Comentario").fill("Así está")
    phone.hand_in()

    sent = phone.wrote(kind)[kind]
    assert sent["caption"] == "Así está"
    assert sent.get("filename") == (name if kind == "document" else None)


@pytest.mark.parametrize("moving", [False, True])
def test_a_sticker_says_whether_it_moves(phone: Phone, *, moving: bool) -> None:
    still, other = (Image.new("RGBA", (64, 64), colour) for colour in ("red", "blue"))
    content = io.BytesIO()
    still.save(content, "WEBP", save_all=moving, append_images=[other] if moving else [])

    phone.pick("Sticker", "s.webp", "image/webp", content.getvalue())
    phone.hand_in()

    assert phone.wrote("sticker")["sticker"]["animated"] is moving


def test_a_file_of_another_type_is_refused_before_it_is_sent(phone: Phone) -> None:
    phone.pick("Sticker", "foto.jpg", "image/jpeg", samples.picture())

    expect(phone.page.get_by_role("alert")).to_have_text("Un sticker es un archivo .webp.")
    assert phone.receiver.messages == []


def test_a_failed_upload_is_said_in_the_sheet_which_stays(phone: Phone) -> None:
    failing = {"error": "No hay lugar."}
    phone.page.route("**/_sim/media?**", lambda route: route.fulfill(status=422, json=failing))

    phone.pick("Foto", "foto.jpg", "image/jpeg", samples.picture())
    phone.sheet.locator("footer button").click()

    expect(phone.sheet.get_by_role("alert")).to_have_text("No hay lugar.")


def test_a_voice_note_is_recorded_and_heard(phone: Phone) -> None:
    phone.page.get_by_test_id("phone-record").click()
    expect(phone.page.get_by_text("0:01")).to_be_visible()
    phone.page.get_by_test_id("phone-send-voice").click()

    note = phone.wrote("audio")["audio"]
    assert note["voice"] is True
    assert note["mime_type"].startswith("audio/")
    assert len(stored(phone, note["id"])) > 1000
    expect(phone.messages.last.locator(".length")).to_have_text("0:01")


def test_a_recording_can_be_thrown_away(phone: Phone) -> None:
    phone.page.get_by_test_id("phone-record").click()
    expect(phone.page.get_by_text("Grabando…")).to_be_visible()
    phone.page.get_by_role("button", name="Descartar la grabación").click()

    expect(phone.page.get_by_test_id("phone-composer")).to_be_focused()
    phone.write("Mejor escribo")
    assert [message["type"] for message in phone.receiver.messages] == ["text"]


def test_a_touch_too_short_records_nothing(phone: Phone) -> None:
    phone.page.get_by_test_id("phone-record").click()
    phone.page.get_by_test_id("phone-send-voice").click()

    expect(phone.page.get_by_role("alert")).to_contain_text("Muy corto")
    assert phone.receiver.messages == []


def test_a_microphone_that_is_refused_is_said(phone: Phone) -> None:
    phone.page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')) }"
    )

    phone.page.get_by_test_id("phone-record").click()

    expect(phone.page.get_by_role("alert")).to_have_text("El navegador no dejó usar el micrófono.")


def test_a_location_begins_in_buenos_aires_and_goes_anywhere(phone: Phone) -> None:
    phone.attach("Ubicación")
    phone.sheet.get_by_label("Nombre").fill("Casa")
    phone.sheet.get_by_label("Latitud").fill("-31,42")
    phone.hand_in()

    place = {
        "latitude": -31.42,
        "longitude": -58.3816,
        "name": "Casa",
        "address": "Av. 9 de Julio, Buenos Aires",
    }
    assert phone.wrote("location")["location"] == place


@pytest.mark.parametrize("latitude", ["aquí", "91"])
def test_a_place_that_is_nowhere_is_not_sent(phone: Phone, latitude: str) -> None:
    phone.attach("Ubicación")
    phone.sheet.get_by_label("Latitud").fill(latitude)
    phone.sheet.locator("footer button").click()

    expect(phone.sheet.get_by_role("alert")).to_contain_text("La latitud")


def test_a_contact_is_a_card_with_its_number(phone: Phone) -> None:
    phone.attach("Contacto")
    phone.sheet.get_by_label("Nombre").fill("Marta Ruiz")
    phone.hand_in()

    [card] = phone.wrote("contacts")["contacts"]
    assert card["name"] == {"formatted_name": "Marta Ruiz", "first_name": "Marta", "last_name": "Ruiz"}
    number = {"phone": "+54 9 11 5555-0101", "wa_id": "5491155550101", "type": "CELL"}
    assert card["phones"] == [number]


def test_an_ad_stands_over_the_next_message_only(phone: Phone) -> None:
    phone.attach("Viene de un anuncio")
    phone.sheet.get_by_label("Título del anuncio").fill("Aires en cuotas")
    phone.hand_in()
    first = phone.write("Vi el aviso")
    phone.write("¿Siguen?")

    heard = eventually(lambda: len(phone.receiver.messages) > 1 and phone.receiver.messages)
    referrals = [message.get("referral") for message in heard]
    assert referrals[1] is None
    assert (referrals[0]["headline"], referrals[0]["source_type"]) == ("Aires en cuotas", "ad")
    expect(first.locator(".ad")).to_contain_text("Aires en cuotas")


@pytest.mark.parametrize(
    ("label", "mark", "shown"),
    [
        ("Marcar como reenviado", "forwarded", "Reenviado"),
        ("Marcar como reenviado muchas veces", "frequently_forwarded", "Reenviado muchas veces"),
    ],
)
def test_a_forwarded_message_says_so(phone: Phone, label: str, mark: str, shown: str) -> None:
    phone.attach(label)
    bubble = phone.write("Cadena")

    assert phone.wrote("text")["context"] == {mark: True}
    expect(bubble.locator(".label")).to_have_text(shown)


def test_what_the_next_message_carries_can_be_taken_off(phone: Phone) -> None:
    phone.attach("Marcar como reenviado")
    phone.page.get_by_role("button", name="Quitar", exact=True).click()
    phone.write("Nada")

    assert "context" not in phone.wrote("text")


@pytest.mark.parametrize(
    ("label", "kind"),
    [("Mandar una encuesta", {"type": "poll"}), ("Mandar algo para ver una vez", None)],
)
def test_what_the_api_does_not_deliver_arrives_with_its_error(phone: Phone, label: str, kind: object) -> None:
    phone.attach(label)

    sent = phone.wrote("unsupported")
    assert sent["errors"][0]["code"] == 131051
    assert sent.get("unsupported") == kind


def test_a_new_number_is_announced_from_the_old_and_used_from_then_on(phone: Phone) -> None:
    phone.attach("Cambiar de número")
    phone.sheet.get_by_label("Número nuevo").fill("+54 9 351 512-3456")
    phone.hand_in()
    phone.write("Soy yo")

    notice = phone.wrote("system")
    assert notice["from"] == ANA
    assert notice["system"]["type"] == "user_changed_number"
    assert notice["system"]["wa_id"] == "5493515123456"
    assert phone.wrote("text")["from"] == "5493515123456"


def test_a_file_that_is_dropped_on_the_phone_is_offered(phone: Phone) -> None:
    phone.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["hola"], "nota.txt", { type: "text/plain" }));
            document.getElementById("phone").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
        }"""
    )
    phone.hand_in()

    assert phone.wrote("document")["document"]["filename"] == "nota.txt"


def test_a_customer_who_hides_the_number_writes_under_a_user_id(
    page: Page, simulator: Simulator, receiver: Receiver
) -> None:
    page.goto(f"/?phone_number_id={NUMBER}&from=AR.13491208655302741918&name=Eva")
    phone = Phone(page, simulator, receiver)

    phone.write("Hola")

    sent: Any = eventually(lambda: receiver.messages)[0]
    assert sent["from_user_id"] == "AR.13491208655302741918"
    assert "from" not in sent


def test_words_that_could_not_be_sent_come_back_with_all_they_carried(phone: Phone) -> None:
    phone.page.route("**/_sim/inbound", lambda route: route.fulfill(status=503, body="{}"))
    phone.attach("Marcar como reenviado")
    composer = phone.page.get_by_test_id("phone-composer")
    composer.fill("Cadena")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_role("alert")).to_contain_text("No se pudo enviar. El simulador respondió 503.")
    expect(composer).to_have_value("Cadena")

    phone.page.unroute("**/_sim/inbound")
    phone.page.keyboard.press("Enter")

    assert phone.wrote("text")["context"] == {"forwarded": True}
