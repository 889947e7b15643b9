"""Each type that a customer can send is drawn in the thread, and nothing of it runs."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests import samples
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World, somebody

Json = dict[str, Any]

GIVEN_UP = 90_000
"""Milliseconds after which Meta was asked often enough for a file that it does not have."""

ORDER = {
    "catalog_id": "1",
    "text": "Para el jueves",
    "product_items": [
        {"product_retailer_id": "filtro", "quantity": 2, "item_price": 12500.5, "currency": "ARS"}
    ],
}
FORM = '{"flow_token": "t", "nombre": "Ana", "equipos": ["Split", "Calefón"]}'
CARD = {
    "name": {"formatted_name": "Rubén Portero", "first_name": "Rubén"},
    "phones": [{"phone": "+54 9 11 3123-4567"}],
}
PLACE = {"latitude": -34.6, "longitude": -58.38, "name": "Obelisco", "address": "9 de Julio"}
LIST = {
    "type": "list_reply",
    "list_reply": {"id": "r", "title": "Martes 10:00", "description": "Técnica: Paz"},
}
NEW: list[tuple[str, Json, list[str]]] = [
    ("text", {"type": "text", "text": {"body": "*Hola* _qué_ ~tal~"}}, ["Hola qué tal"]),
    ("location", {"type": "location", "location": PLACE}, ["Obelisco", "9 de Julio", "Abrir en el mapa"]),
    ("contacts", {"type": "contacts", "contacts": [CARD]}, ["Rubén Portero", "+54 9 11 3123-4567"]),
    ("order", {"type": "order", "order": ORDER}, ["filtro", "ARS 25.001,00", "Para el jueves"]),
    ("button", {"type": "button", "button": {"payload": "p", "text": "Sí, confirmo"}}, ["Sí, confirmo"]),
    ("interactive", {"type": "interactive", "interactive": LIST}, ["Martes 10:00", "Técnica: Paz"]),
    (
        "interactive",
        {
            "type": "interactive",
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": {"name": "flow", "body": "Sent", "response_json": FORM},
            },
        },
        ["nombre", "Ana", "Split, Calefón"],
    ),
    (
        "unsupported",
        {"type": "unsupported", "unsupported": {"type": "poll"}, "errors": [{"code": 131051}]},
        ["WhatsApp no entrega este tipo de mensaje", "Encuesta"],
    ),
    ("hologram", {"type": "hologram", "hologram": {"x": 1}}, ["Mensaje de un tipo", "hologram"]),
    ("request_welcome", {"type": "request_welcome"}, ["Abrió el chat por primera vez"]),
    (
        "text",
        {
            "type": "text",
            "text": {"body": "Hola"},
            "referral": {"headline": "20 % menos", "source_type": "ad"},
        },
        ["Llegó desde tu anuncio", "20 % menos"],
    ),
    (
        "text",
        {"type": "text", "text": {"body": "Mirá"}, "context": {"frequently_forwarded": True}},
        ["Reenviado muchas veces"],
    ),
]


def posted(world: World, customer: Customer, *messages: Json, field: str = "messages") -> int:
    """Post messages as Meta would; returns the conversation once it holds them all."""
    known = len(world.messages(world.meets(customer)))
    ready = [
        {"from": customer.wa_id, "id": f"wamid.{customer.wa_id}.{n}", "timestamp": "1790000000"} | message
        for n, message in enumerate(messages)
    ]
    contact = {"wa_id": customer.wa_id, "profile": {"name": customer.name}}
    world.event({"contacts": [contact], field: ready}).raise_for_status()
    found = int(world.conversation(customer)["id"])
    until(lambda: len(world.messages(found)) == known + len(messages), what="what was posted")
    return found


def of_type(desk: Desk, kind: str) -> Locator:
    return desk.page.locator(f'[data-testid="message"][data-type="{kind}"]')


@pytest.mark.parametrize(("kind", "message", "words"), NEW)
def test_a_type_is_drawn_with_its_words(
    desk: Desk, world: World, customer: Customer, kind: str, message: Json, words: list[str]
) -> None:
    desk.open_conversation(posted(world, customer, message))

    bubble = of_type(desk, kind).first
    for each in words:
        expect(bubble).to_contain_text(each)


def test_marks_become_styles_and_links_can_be_clicked_safely(
    desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(
        world.meets(customer, "El *aire* _no_ ~anda~ `ya`: https://x.example/a?b=1, javascript:alert(1)")
    )

    said = desk.messages.last.locator("p")
    for tag, word in (("strong", "aire"), ("em", "no"), ("s", "anda"), ("code", "ya")):
        expect(said.locator(tag)).to_have_text(word)
    expect(said.locator("a")).to_have_count(1)
    expect(said.locator("a")).to_have_attribute("href", "https://x.example/a?b=1")
    expect(said.locator("a")).to_have_attribute("rel", "noopener noreferrer nofollow")


@pytest.mark.parametrize(
    ("kind", "file", "drawn"),
    [
        ("image", ("image/jpeg", samples.picture()), ".picture img"),
        ("video", ("video/mp4", samples.video()), ".film"),
        ("audio", ("audio/ogg; codecs=opus", samples.voice()), ".voice .wave"),
        ("document", ("application/pdf", samples.PDF), ".paper"),
        ("sticker", ("image/webp", samples.animated()), "img.sticker"),
    ],
)
def test_a_file_is_fetched_and_drawn(
    desk: Desk, world: World, customer: Customer, kind: str, file: tuple[str, bytes], drawn: str
) -> None:
    mime_type, content = file
    world.sends(customer, {"type": kind, kind: world.file(content, mime_type)})
    desk.open_conversation(int(world.conversation(customer)["id"]))

    shown = of_type(desk, kind).locator(drawn).first
    expect(shown).to_be_visible()
    if shown.evaluate("one => one.tagName") == "IMG":
        until(lambda: shown.evaluate("one => one.naturalWidth > 0"), what="the picture itself")


def test_a_recording_plays_and_its_speed_changes(desk: Desk, world: World, customer: Customer) -> None:
    note = world.file(samples.voice(6), "audio/ogg; codecs=opus") | {"voice": True}
    world.sends(customer, {"type": "audio", "audio": note})
    desk.open_conversation(int(world.conversation(customer)["id"]))
    voice = desk.page.get_by_test_id("voice")
    expect(voice).to_contain_text("0:06")

    voice.get_by_label("Velocidad").click()
    voice.get_by_label("Reproducir").click()

    expect(voice).to_have_attribute("data-playing", "true")
    expect(voice).to_contain_text("1,5")
    assert voice.locator("audio").evaluate("audio => audio.playbackRate") == 1.5
    until(lambda: voice.locator("audio").evaluate("audio => audio.currentTime > 0.3"), what="sound")


def test_a_picture_opens_as_large_as_the_screen(desk: Desk, world: World, customer: Customer) -> None:
    world.sends(customer, {"type": "image", "image": world.file(samples.picture(), "image/jpeg")})
    desk.open_conversation(int(world.conversation(customer)["id"]))

    desk.page.get_by_label("Ver la foto").click()
    expect(desk.page.locator("dialog.viewer img")).to_be_visible()
    desk.page.keyboard.press("Escape")

    expect(desk.page.locator("dialog.viewer")).to_have_count(0)


def test_a_file_that_meta_no_longer_has_says_so_and_can_be_asked_for_again(
    desk: Desk, world: World, customer: Customer
) -> None:
    desk.open_conversation(posted(world, customer, {"type": "image", "image": {"id": "404404"}}))

    gone = of_type(desk, "image")
    expect(gone).to_contain_text("WhatsApp ya no tiene este archivo.", timeout=GIVEN_UP)
    gone.get_by_role("button", name="Reintentar").click()

    expect(gone.locator(".missing")).to_be_visible()


def test_edits_deletions_and_reactions_show_on_their_message(
    desk: Desk, world: World, customer: Customer
) -> None:
    first = world.writes(customer, "a las 10")
    second = world.writes(customer, "mi clave es 1234")
    about: list[Json] = [
        {
            "type": "edit",
            "edit": {"original_message_id": first, "message": {"type": "text", "text": {"body": "a las 11"}}},
        },
        {"type": "revoke", "revoke": {"original_message_id": second}},
        {"type": "reaction", "reaction": {"message_id": first, "emoji": "👍"}},
    ]
    desk.open_conversation(posted(world, customer, *about))

    expect(desk.bubble("a las 11")).to_contain_text("editado")
    expect(desk.bubble("a las 11").get_by_test_id("reactions")).to_have_text("👍")
    expect(desk.page.get_by_text("Se eliminó este mensaje")).to_be_visible()
    expect(desk.page.get_by_text("mi clave es 1234")).to_have_count(0)


def test_an_answer_leads_to_what_it_answers(desk: Desk, world: World, customer: Customer) -> None:
    first = world.writes(customer, "¿Cuánto sale?")
    for number in range(30):
        world.writes(customer, f"relleno {number}", wait=False)
    world.sends(
        customer,
        {"type": "text", "text": {"body": "¿Y?"}, "context": {"id": first, "from": customer.wa_id}},
    )
    conversation = int(world.conversation(customer)["id"])
    until(lambda: len(world.messages(conversation)) == 32, what="all of it")
    desk.open_conversation(conversation)
    expect(desk.bubble("¿Cuánto sale?").first).not_to_be_in_viewport()

    desk.bubble("¿Y?").locator(".quote").click()

    expect(desk.bubble("¿Cuánto sale?").first).to_be_in_viewport()


def test_what_the_owner_writes_on_the_phone_says_so(desk: Desk, world: World) -> None:
    customer = somebody()
    conversation = world.meets(customer)
    echo = {"from": "5491140000001", "to": customer.wa_id, "id": f"wamid.echo.{customer.wa_id}"}
    echo |= {"timestamp": "1790000000", "type": "text", "text": {"body": "Desde el celular"}}
    world.event({"message_echoes": [echo]}, field="smb_message_echoes").raise_for_status()
    desk.open_conversation(conversation)

    expect(desk.bubble("Desde el celular")).to_contain_text("Enviado desde el teléfono")
    assert world.accepted(customer) == []


def test_a_customer_who_wants_no_promotions_has_said_so_in_the_thread(desk: Desk, world: World) -> None:
    customer = somebody()
    conversation = world.meets(customer)
    wish = {
        "wa_id": customer.wa_id,
        "category": "marketing_messages",
        "value": "stop",
        "timestamp": 1790000000,
    }
    contact = {"wa_id": customer.wa_id, "profile": {"name": customer.name}}
    world.event(
        {"contacts": [contact], "user_preferences": [wish]}, field="user_preferences"
    ).raise_for_status()
    desk.open_conversation(conversation)

    expect(desk.page.get_by_text("Pidió no recibir promociones")).to_be_visible()
