"""The settings page: what an agent sees, what only admins see, and a dead letter that is given another chance."""

import secrets

from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.house import House, until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, World


def test_an_agent_sees_their_account_and_nothing_of_the_channels(tabs: Browsing) -> None:
    desk = tabs.desk(FIRST.agent).open("/settings")

    expect(desk.page.get_by_text("Nicolás Ibarra")).to_be_visible()
    expect(desk.page.get_by_text("Números conectados")).to_have_count(0)
    expect(desk.page.get_by_test_id("dead-letters")).to_have_count(0)
    for hidden in ("phone_number_id", FIRST.channel["phone_number_id"], "demo-1"):
        assert hidden not in desk.page.inner_text("body")


def test_an_admin_sees_the_channels_without_their_secrets(desk: Desk) -> None:
    desk.open("/settings")

    expect(desk.page.get_by_text(FIRST.channel["phone_number_id"])).to_be_visible()
    expect(desk.page.get_by_text(f"/webhooks/whatsapp/{FIRST.webhook_key}")).to_be_visible()
    shown = desk.page.content()
    for secret in ("access_token", "app_secret", "verify_token"):
        assert FIRST.channel[secret] not in shown


def test_an_admin_has_a_number_looked_at(desk: Desk, world: World) -> None:
    desk.open("/settings")
    number = desk.page.get_by_test_id("number")

    for rating, word, tone in (("RED", "Baja", "bad"), ("GREEN", "Alta", "good")):
        order = {"phone_number_id": FIRST.channel["phone_number_id"], "fields": {"quality_rating": rating}}
        world.simulator.post("/_sim/numbers", json=order).raise_for_status()
        number.get_by_test_id("check-now").click()
        expect(number.locator("[data-fact=quality]")).to_contain_text(word)
        expect(number.locator("[data-fact=quality]")).to_have_attribute("data-tone", tone)
        expect(number.get_by_test_id("check-now")).to_be_enabled()

    expect(number.get_by_text("2.000 clientes por día")).to_be_visible()
    expect(number.locator("[data-fact=webhook]")).to_contain_text("Los mensajes llegan acá")
    expect(number.locator("[data-fact=token]")).to_contain_text("Válida")


def test_an_admin_changes_what_customers_see(desk: Desk) -> None:
    desk.open("/settings")
    desk.page.get_by_text("Perfil que ven los clientes").click()
    profile = desk.page.get_by_test_id("profile")
    profile.locator("[name=about]").fill("Aire acondicionado")
    profile.locator("[name=website_1]").fill("https://climasur.test")
    profile.get_by_role("button").click()
    expect(desk.page.get_by_text("Guardado.")).to_be_visible()

    desk.open("/settings")

    expect(desk.page.locator("[name=about]")).to_have_value("Aire acondicionado")
    expect(desk.page.locator("[name=website_1]")).to_have_value("https://climasur.test")


def test_a_link_is_made_and_deleted(desk: Desk) -> None:
    desk.open("/settings")
    desk.page.get_by_text("Enlaces y códigos QR").click()
    form = desk.page.get_by_test_id("new-link")
    form.locator("[name=prefilled_message]").fill("Hola, quiero un presupuesto")
    form.get_by_role("button").click()

    link = desk.page.get_by_test_id("link")
    expect(link).to_contain_text("Hola, quiero un presupuesto")
    expect(link).to_contain_text("https://wa.me/message/")
    link.get_by_role("button", name="Borrar").click()

    expect(link).to_have_count(0)


def test_metas_news_are_told_in_a_sentence(desk: Desk, world: World) -> None:
    desk.open("/settings")
    rejected = {"event": "REJECTED", "message_template_name": "turno", "reason": "PROMOTIONAL"}

    assert world.event(rejected, field="message_template_status_update").is_success

    notice = desk.page.get_by_test_id("notice").first
    expect(notice).to_contain_text("Plantilla “turno”: Meta la rechazó. Corregila y mandala de nuevo.")
    expect(notice).to_have_attribute("data-tone", "warn")


def test_an_admin_chooses_how_long_files_are_kept(desk: Desk) -> None:
    desk.open("/settings")
    choice = desk.page.get_by_test_id("files").get_by_label("Guardarlos")
    expect(choice).to_have_value("0")

    for days in ("90", "0"):
        choice.select_option(days)
        expect(desk.page.get_by_text("Guardado").first).to_be_visible()
        desk.open("/settings")
        expect(choice).to_have_value(days)


def test_a_dead_letter_is_listed_and_can_be_processed_again(desk: Desk, demo: House, world: World) -> None:
    senderless = {"id": f"wamid.{secrets.token_hex(8)}", "type": "text", "text": {"body": "¿De quién?"}}
    assert world.event({"messages": [senderless]}).is_success
    letter = desk.page.get_by_test_id("dead-letter").first

    def look() -> bool:
        desk.open("/settings")
        desk.page.get_by_test_id("dead-letters").wait_for()
        desk.page.wait_for_timeout(300)
        return letter.count() > 0

    until(look, what="the dead letter")
    expect(letter).to_contain_text("message without sender")
    number = letter.get_attribute("data-event-id")
    assert "¿De quién?" not in desk.page.content()
    assert _failures(demo, number) == 1
    letter.get_by_role("button", name="Procesar de nuevo").click()

    until(lambda: _failures(demo, number) == 2, what="another try, which can not succeed either")
    until(look, what="the letter, dead again")
    expect(desk.page.locator(f"[data-event-id='{number}']")).to_be_visible()


def _failures(demo: House, event_id: str | None) -> int:
    """Count how often the workers failed to process an event."""
    lines = "\n".join(demo.logs().values()).splitlines()
    return sum("event not processed" in line and f'"event_id": {event_id},' in line for line in lines)


def test_the_language_can_be_changed_and_changed_back(desk: Desk) -> None:
    desk.open("/settings")
    expect(desk.page.get_by_role("heading", name="Ajustes")).to_be_visible()

    desk.page.get_by_role("button", name="English").click()
    expect(desk.page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(desk.page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    desk.open("/")
    expect(desk.search).to_have_attribute("placeholder", "Search by name or number")

    desk.open("/settings")
    desk.page.get_by_role("button", name="Español").click()
    expect(desk.page.get_by_role("heading", name="Ajustes")).to_be_visible()
    desk.open("/")
    expect(desk.search).to_have_attribute("placeholder", "Buscar por nombre o número")
