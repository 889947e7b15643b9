"""Each type that staff can send leaves the composer and arrives at Meta as its API writes it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests import samples
from tests.e2e.browsing import POCKET, Browsing
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World

Json = dict[str, Any]
Filled = dict[str, str | list[str]]


class Composer:
    """What stands around the field where staff write."""

    def __init__(self, desk: Desk) -> None:
        self.page = desk.page
        self.form = desk.page.locator("dialog.form")
        self.tray = desk.page.get_by_test_id("tray")
        self.unsent = desk.page.locator(".unsent li")

    def attach(self, name: str) -> None:
        """Choose something of the attach menu."""
        self.page.get_by_test_id("attach").click()
        self.page.locator(f'[data-attach="{name}"]').click()

    def fill(self, values: Filled) -> None:
        """Fill in the form; a list goes to fields of the same name, one after the other."""
        for name, value in values.items():
            for place, each in enumerate([value] if isinstance(value, str) else value):
                self.form.locator(f'[name="{name}"]').nth(place).fill(each)

    def send_form(self) -> None:
        """Press the button of the form, which closes it."""
        self.form.get_by_test_id("form-send").click()
        expect(self.form).to_have_count(0)

    def pick(self, *files: tuple[str, str, bytes]) -> None:
        """Pick files, each by name, type and content."""
        chosen = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
        self.page.get_by_test_id("file-input").set_input_files(chosen)  # pyright: ignore[reportArgumentType]

    def send(self) -> None:
        """Press the round button."""
        self.page.get_by_test_id("send").click()


@pytest.fixture
def composer(desk: Desk, world: World, customer: Customer) -> Composer:
    """Open the conversation of somebody who has just written."""
    desk.open_conversation(world.meets(customer))
    return Composer(desk)


@pytest.fixture
def arrived(world: World, customer: Customer) -> Callable[[], Json]:
    """Wait for the only message that Meta got."""

    def look() -> Json:
        return until(lambda: world.accepted(customer), what="the message")[0]

    return look


def sent_to(customer: Customer, world: World, count: int) -> list[Json]:
    """Wait for so many messages that Meta got."""
    until(lambda: len(world.accepted(customer)) >= count, what=f"{count} messages")
    return world.accepted(customer)


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


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (("cocina.jpg", "image/jpeg", samples.picture()), "image"),
        (("ruido.mp4", "video/mp4", samples.video()), "video"),
        (("factura.pdf", "application/pdf", samples.PDF), "document"),
        (("tema.mp3", "audio/mpeg", samples.sound("mp3", "libmp3lame")), "audio"),
    ],
)
def test_a_picked_file_is_sent_as_what_it_is(
    desk: Desk, composer: Composer, arrived: Callable[[], Json], file: tuple[str, str, bytes], kind: str
) -> None:
    composer.pick(file)
    expect(composer.tray.locator("li")).to_have_count(1)
    if kind != "audio":
        desk.composer.fill("Mirá esto")
    composer.send()

    payload = arrived()
    assert payload["type"] == kind
    assert payload[kind]["id"].isdecimal()
    assert payload[kind].get("caption") == (None if kind == "audio" else "Mirá esto")
    assert payload[kind].get("filename") == ("factura.pdf" if kind == "document" else None)
    expect(composer.tray).to_have_count(0)
    expect(desk.messages.last).to_have_attribute("data-type", kind)


def test_several_files_leave_in_order_and_the_words_go_with_the_first(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    composer.pick(
        ("a.jpg", "image/jpeg", samples.picture(size=(330, 200))), ("b.pdf", "application/pdf", samples.PDF)
    )
    desk.composer.fill("Las dos")
    composer.send()

    sent = sent_to(customer, world, 2)
    assert [each["type"] for each in sent] == ["image", "document"]
    assert sent[0]["image"]["caption"] == "Las dos"
    assert "caption" not in sent[1]["document"]


def test_a_pasted_and_a_dropped_picture_stand_in_the_tray(desk: Desk, composer: Composer) -> None:
    for event, carrier, target in (("paste", "clipboardData", "composer"), ("drop", "dataTransfer", "talk")):
        desk.page.evaluate(
            """([event, carrier, target]) => {
                const carried = new DataTransfer();
                const file = new File([new Uint8Array([255, 216, 255])], `${event}.jpg`, { type: "image/jpeg" });
                carried.items.add(file);
                const told = event === "paste"
                    ? new ClipboardEvent(event, { clipboardData: carried, bubbles: true, cancelable: true })
                    : new DragEvent(event, { dataTransfer: carried, bubbles: true, cancelable: true });
                document.querySelector(`[data-testid=${target}]`).dispatchEvent(told);
            }""",
            [event, carrier, target],
        )

    expect(composer.tray.locator("li")).to_have_count(2)


def test_a_file_that_can_not_go_up_says_why_and_can_be_let_go(
    desk: Desk, composer: Composer, tabs: Browsing
) -> None:
    tabs.complaints.expected.append("Failed to load resource")
    desk.page.route("**/media?*", lambda route: route.abort())
    composer.pick(("a.jpg", "image/jpeg", samples.picture()))

    expect(composer.tray).to_contain_text("Se cortó la conexión.")
    desk.page.unroute("**/media?*")
    composer.tray.get_by_role("button", name="Reintentar").click()
    expect(composer.tray.locator("[data-upload=done]")).to_have_count(1)
    composer.tray.get_by_label("Descartar a.jpg").click()

    expect(composer.tray).to_have_count(0)


def test_a_recording_is_sent_as_a_voice_note(
    desk: Desk, composer: Composer, arrived: Callable[[], Json]
) -> None:
    desk.page.get_by_test_id("record").click()
    recorder = desk.page.get_by_test_id("recorder")
    expect(recorder).to_contain_text("0:01")
    recorder.get_by_test_id("send-voice").click()

    payload = arrived()
    assert (payload["type"], payload["audio"]["voice"]) == ("audio", True)
    expect(desk.messages.last.get_by_test_id("voice")).to_be_visible()
    expect(desk.messages.last).to_have_attribute("data-state", "delivered")


def test_a_recording_can_be_thrown_away(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    desk.page.get_by_test_id("record").click()
    desk.page.get_by_test_id("recorder").get_by_label("Cancelar").click()

    expect(desk.composer).to_be_visible()
    assert world.accepted(customer) == []


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


def actions_of(bubble: Locator) -> Locator:
    return bubble.locator("xpath=..").locator(".actions")


def test_an_answer_quotes_and_a_reaction_comes_and_goes(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    bubble = desk.messages.first
    wamid = world.messages(int(world.conversation(customer)["id"]))[0]["wa_message_id"]

    bubble.hover()
    actions_of(bubble).get_by_label("Responder").click()
    expect(desk.page.get_by_test_id("quote-strip")).to_contain_text("Hola")
    desk.answer("¿Qué tal?")
    expect(desk.bubble("¿Qué tal?").locator(".quote")).to_contain_text("Hola")

    bubble.hover()
    actions_of(bubble).get_by_label("Reaccionar").click()
    actions_of(bubble).get_by_role("button", name="👍").click()
    expect(bubble.get_by_test_id("reactions")).to_have_text("👍")
    bubble.get_by_test_id("reactions").get_by_role("button").click()
    expect(bubble.get_by_test_id("reactions")).to_have_count(0)

    sent = sent_to(customer, world, 3)
    assert sent[0]["context"] == {"message_id": wamid}
    assert [each["reaction"] for each in sent[1:]] == [
        {"message_id": wamid, "emoji": "👍"},
        {"message_id": wamid, "emoji": ""},
    ]


def test_on_a_phone_a_long_press_opens_what_can_be_done(
    tabs: Browsing, world: World, customer: Customer
) -> None:
    desk = tabs.desk(FIRST.admin, viewport=POCKET, has_touch=True, is_mobile=True)
    desk.open_conversation(world.meets(customer))
    bubble = desk.bubble("Hola")
    expect(actions_of(bubble)).not_to_be_visible()

    bubble.dispatch_event("touchstart")
    expect(actions_of(bubble)).to_be_visible()
    actions_of(bubble).get_by_role("button", name="🙏").tap()

    expect(bubble.get_by_test_id("reactions")).to_have_text("🙏")
    assert desk.width_to_spare() == 0
