"""A notice that WhatsApp does not deliver goes by SMS, and the thread says so; an admin sets it up and tries it."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.e2e.composing import Json
from tests.e2e.house import until
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World


@pytest.fixture
def template(world: World) -> str:
    """The name of a template that Meta has approved and the product has read."""
    name = f"aviso_{secrets.token_hex(4)}"
    body: Json = {"type": "BODY", "text": "El técnico llega a las 9."}
    order = {"name": name, "language": "es_AR", "category": "UTILITY", "components": [body]}
    token = {"Authorization": f"Bearer {FIRST.channel['access_token']}"}
    path = f"/v25.0/{FIRST.channel['waba_id']}/message_templates"
    world.simulator.post(path, json=order, headers=token).raise_for_status()
    key = {"Authorization": f"Bearer {FIRST.api_key}"}
    world.web.post("/api/v1/templates/sync", headers=key).raise_for_status()
    return name


def notify(world: World, customer: Customer, template: str) -> int:
    """Send the template as another product does."""
    order = {
        "to": customer.wa_id,
        "type": "template",
        "template": {"name": template, "language": {"code": "es_AR"}},
    }
    key = {"Authorization": f"Bearer {FIRST.api_key}"}
    return int(world.web.post("/api/v1/messages", json=order, headers=key).raise_for_status().json()["id"])


def taken(world: World, customer: Customer) -> list[Json]:
    """Return the SMS that the provider took for a customer."""
    return [sms for sms in world.simulator.get("/_sim/sms").json() if sms["to"] == f"+{customer.wa_id}"]


def test_an_undeliverable_notice_arrives_by_sms(
    desk: Desk, world: World, customer: Customer, template: str
) -> None:
    desk.open_conversation(world.meets(customer))
    world.fault(customer, status_failed_code=131026)

    message_id = notify(world, customer, template)

    shown = desk.page.locator(f"[data-message-id='{message_id}']").get_by_test_id("sms")
    expect(shown).to_have_attribute("data-state", "delivered")
    expect(shown).to_contain_text("Entregado")
    expect(shown).to_contain_text("WhatsApp no pudo entregarlo")
    assert [sms["body"] for sms in taken(world, customer)] == ["El técnico llega a las 9."]


def test_an_sms_that_does_not_arrive_says_why(
    desk: Desk, world: World, customer: Customer, template: str
) -> None:
    desk.open_conversation(world.meets(customer))
    world.fault(customer, status_failed_code=131026)
    order = {"status_failed_code": 30005, "match": {"to": customer.wa_id, "route": "sms"}}
    world.simulator.post("/_sim/faults", json=order).raise_for_status()

    message_id = notify(world, customer, template)

    shown = desk.page.locator(f"[data-message-id='{message_id}']").get_by_test_id("sms")
    expect(shown).to_have_attribute("data-state", "failed")
    expect(shown.get_by_role("alert")).to_contain_text("Ese número no recibe SMS")


def test_an_admin_sets_it_up_and_tries_it(desk: Desk, world: World, customer: Customer) -> None:
    desk.open("/settings")
    settings = desk.page.get_by_test_id("sms-settings")
    form, trial = settings.get_by_test_id("sms-form"), settings.get_by_test_id("sms-test")
    expect(settings.get_by_test_id("sms-callback")).to_contain_text("/webhooks/sms/")
    assert FIRST.sms["auth_token"] not in desk.page.content()

    form.locator("[name=sender]").fill("!!")
    form.get_by_role("button", name="Guardar SMS").click()
    expect(desk.page.get_by_text("El remitente no sirve")).to_be_visible()
    form.locator("[name=sender]").fill(FIRST.sms["sender"])
    form.locator("[name=per_minute]").fill("60")
    form.get_by_role("button", name="Guardar SMS").click()
    expect(desk.page.get_by_text("Guardado.")).to_be_visible()
    trial.locator("[name=number]").fill(f"+{customer.wa_id}")
    trial.get_by_role("button").click()

    expect(desk.page.get_by_text("El proveedor lo tomó.")).to_be_visible()
    until(lambda: taken(world, customer), what="the test SMS")
    desk.open("/settings")
    expect(form.locator("[name=per_minute]")).to_have_value("60")
