"""An independent client sends every type it knows to the simulator."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pywa import types as pywa_types
from pywa.errors import MediaUploadError, ReEngagementMessage, WhatsAppError
from pywa.types import templates as pywa_templates
from simulator_driver import ANA, Receiver, Simulator, eventually

# pywa types what it re-exports, and the parameters of templates, too loosely for strict.
types: Any = pywa_types
templates: Any = pywa_templates

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
LINK = "https://example.test/foto.png"
HIDDEN = "AR.13491208655302741918"


def buttons() -> list[Any]:
    return [types.Button("Confirmar", "si"), types.Button("Cancelar", "no")]


SENDINGS: dict[str, Callable[[Any], Any]] = {
    "text": lambda wa: wa.send_message(ANA, "https://example.test", preview_url=True, tracker="m:1"),
    "button": lambda wa: wa.send_message(ANA, "¿Venís?", header="Turno", footer="Pie", buttons=buttons()),
    "cta_url": lambda wa: wa.send_message(ANA, "Pagá", buttons=types.URLButton("Pagar", LINK)),
    "list": lambda wa: wa.send_message(
        ANA,
        "Elegí",
        buttons=types.SectionList(
            "Turnos", [types.Section("Lunes", [types.SectionRow("10:00", "r1", "Ana Paz")])]
        ),
    ),
    "voice_call": lambda wa: wa.send_message(ANA, "Llamá", buttons=types.VoiceCallButton("Llamar", 100)),
    "call_permission": lambda wa: wa.send_message(
        ANA, "¿Te llamamos?", buttons=types.CallPermissionRequestButton()
    ),
    "request_contact_info": lambda wa: wa.request_contact_info(ANA, "Tu número"),
    "flow": lambda wa: wa.send_message(
        ANA,
        "Reservá",
        buttons=types.FlowButton(
            "Reservar",
            flow_id="1",
            flow_token="t",
            flow_action_type=types.FlowActionType.NAVIGATE,
            flow_action_screen="INICIO",
        ),
    ),
    "image": lambda wa: wa.send_image(ANA, PNG, "Foto", mime_type="image/png"),
    "image link": lambda wa: wa.send_image(ANA, LINK),
    "image buttons": lambda wa: wa.send_image(ANA, LINK, "Foto", buttons=buttons()),
    "video": lambda wa: wa.send_video(ANA, b"video", mime_type="video/mp4"),
    "document": lambda wa: wa.send_document(
        ANA, b"%PDF", "factura.pdf", "Factura", mime_type="application/pdf"
    ),
    "audio": lambda wa: wa.send_audio(ANA, b"audio", mime_type="audio/mpeg"),
    "voice": lambda wa: wa.send_voice(ANA, b"OggS", mime_type="audio/ogg"),
    "sticker": lambda wa: wa.send_sticker(ANA, b"RIFF", mime_type="image/webp"),
    "location": lambda wa: wa.send_location(ANA, -34.6, -58.4, "Taller", "Rivadavia 1"),
    "request_location": lambda wa: wa.request_location(ANA, "¿Dónde estás?"),
    "contact": lambda wa: wa.send_contact(
        ANA,
        types.Contact(
            types.Contact.Name("Ana Paz", first_name="Ana"),
            birthday="1990-11-23",
            phones=[types.Contact.Phone("+54 9 11 3123-4567", type="CELL", wa_id=ANA)],
            emails=[types.Contact.Email("ana@example.test", type="HOME")],
            addresses=[types.Contact.Address(city="Buenos Aires", country_code="AR")],
            org=types.Contact.Org(company="Clima Sur"),
        ),
    ),
    "catalog": lambda wa: wa.send_catalog(ANA, "Catálogo", thumbnail_product_sku="sku"),
    "product": lambda wa: wa.send_product(ANA, "1", "sku", "Split"),
    "products": lambda wa: wa.send_products(
        ANA, "1", [types.ProductsSection("Aires", ["sku"])], "Aires", "Ver"
    ),
    "carousel": lambda wa: wa.send_carousel(
        ANA,
        body="Mirá",
        cards=[types.ImageCarouselCard(image=LINK, body="Uno", buttons=types.URLButton("Ver", LINK))] * 2,
    ),
    "carousel replies": lambda wa: wa.send_carousel(
        ANA, body="Mirá", cards=[types.VideoCarouselCard(video=LINK, buttons=buttons())] * 2
    ),
    "template": lambda wa: wa.send_template(ANA, "turno", templates.TemplateLanguage.SPANISH_ARG, []),
    "template parameters": lambda wa: wa.send_template(
        ANA,
        "turno",
        templates.TemplateLanguage.SPANISH_ARG,
        [
            templates.HeaderImage.params(image=LINK),
            templates.BodyText.params("Ana", "10:30"),
            templates.URLButton.params(url_variable="abc", index=0),
            templates.QuickReplyButton.params(callback_data="si", index=1),
            templates.CopyCodeButton.params(coupon_code="25OFF", index=2),
        ],
    ),
    "template flow": lambda wa: wa.send_template(
        ANA,
        "turno",
        templates.TemplateLanguage.SPANISH_ARG,
        [
            templates.HeaderLocation.params(lat=-34.6, lon=-58.4, name="Taller", address="Rivadavia 1"),
            templates.BodyText.params(nombre="Ana"),
            templates.FlowButton.params(flow_token="t", index=0),
            templates.LimitedTimeOffer.params(expiration_time=datetime(2026, 12, 24, tzinfo=UTC)),
        ],
    ),
    "marketing template": lambda wa: wa.send_template(
        ANA, "oferta", templates.TemplateLanguage.SPANISH_ARG, [], use_mm_lite_api=True
    ),
    "user id": lambda wa: wa.send_template(HIDDEN, "turno", templates.TemplateLanguage.SPANISH_ARG, []),
}


@pytest.mark.parametrize("name", SENDINGS)
def test_what_pywa_sends_is_accepted_and_delivered(
    name: str, client: Any, simulator: Simulator, receiver: Receiver
) -> None:
    simulator.write()

    sent = SENDINGS[name](client)

    (accepted,) = simulator.look("/messages")
    assert accepted["id"] == sent.id
    eventually(lambda: receiver.statuses(sent.id) == ["sent", "delivered"])


def test_pywa_reacts_and_takes_it_back(client: Any, simulator: Simulator, receiver: Receiver) -> None:
    written = simulator.write(wait=True)

    ids = [client.send_reaction(ANA, "👍", written).id, client.remove_reaction(ANA, written).id]

    eventually(lambda: [receiver.statuses(each) for each in ids] == [["sent"], ["sent"]])


def test_pywa_marks_as_read_and_types(client: Any, simulator: Simulator) -> None:
    written = simulator.write(wait=True)

    assert client.mark_message_as_read(written).success
    assert client.indicate_typing(written).success


def test_pywa_understands_what_is_refused(client: Any, simulator: Simulator) -> None:
    simulator.control("/behaviour", {"closed_window": "refuse"})

    with pytest.raises(ReEngagementMessage):
        client.send_message(ANA, "Hola")
    with pytest.raises(MediaUploadError):
        client.upload_media(b"", mime_type="image/png", filename="foto.png")
    with pytest.raises(WhatsAppError) as caught:
        client.send_message(ANA, "x" * 4097)
    assert caught.value.code == 100
    assert "text['body']" in str(caught.value.details)


def test_pywa_uploads_downloads_and_deletes(client: Any, tmp_path: Path) -> None:
    media = client.upload_media(PNG, mime_type="image/png", filename="foto.png")

    told = client.get_media_url(media.id)
    saved = client.download_media(url=told.url, path=tmp_path, filename="foto.png")

    assert (told.mime_type, told.file_size) == ("image/png", len(PNG))
    assert client.get_media_bytes(told.url) == Path(saved).read_bytes() == PNG
    assert client.delete_media(media.id).success
    with pytest.raises(WhatsAppError):
        client.get_media_url(media.id)
