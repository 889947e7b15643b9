"""The customer service window, as staff see it."""

import time

from playwright.sync_api import expect

from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World

HOUR = 3600.0


def test_a_closed_window_offers_no_composer_until_the_customer_writes_again(
    desk: Desk, world: World, customer: Customer
) -> None:
    world.writes(customer, "Los llamé ayer", at=time.time() - 25 * HOUR)
    desk.open_conversation(int(world.conversation(customer)["id"]))

    expect(desk.window).to_have_attribute("data-window", "closed")
    expect(desk.window).to_have_text("Ventana cerrada")
    expect(desk.composer).to_have_count(0)
    expect(
        desk.page.get_by_text("WhatsApp no permite texto libre hasta que vuelva a escribir.")
    ).to_be_visible()

    world.writes(customer, "¿Y?")

    expect(desk.window).to_have_attribute("data-window", "open")
    expect(desk.composer).to_be_visible()
    desk.answer("Acá estamos")
    expect(desk.bubble("Acá estamos")).to_have_attribute("data-state", "delivered")


def test_the_window_closes_before_the_eyes_of_who_writes_and_keeps_what_they_wrote(
    desk: Desk, world: World, customer: Customer
) -> None:
    world.writes(customer, "Casi un día", at=time.time() - 24 * HOUR + 8)
    desk.open_conversation(int(world.conversation(customer)["id"]))
    expect(desk.window).to_have_attribute("data-window", "soon")
    desk.composer.fill("Una respuesta larga")

    expect(desk.window).to_have_attribute("data-window", "closed")
    expect(desk.composer).to_have_count(0)
    world.writes(customer, "¿Hola?")

    expect(desk.composer).to_have_value("Una respuesta larga")
    assert world.reached(customer) == []


def test_an_hour_before_its_end_the_window_warns(desk: Desk, world: World, customer: Customer) -> None:
    world.writes(customer, "Hace rato", at=time.time() - 23 * HOUR)

    desk.open_conversation(int(world.conversation(customer)["id"]))

    expect(desk.window).to_have_attribute("data-window", "soon")
    expect(desk.window).to_contain_text("59 min")
