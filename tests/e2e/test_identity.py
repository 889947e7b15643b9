"""Two customers whose numbers are alike are made one by a person, in the thread, and parted again."""

from playwright.sync_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.pages import Desk
from tests.e2e.world import FIRST, Customer, World


def test_a_possible_duplicate_is_merged_and_parted_before_everybodys_eyes(
    tabs: Browsing, desk: Desk, world: World, customer: Customer
) -> None:
    office = Customer(customer.wa_id.replace("549", "54", 1), f"{customer.name} oficina")
    there = world.meets(office, "Desde el fijo")
    world.writes(customer, "Desde el celular")
    expect(desk.open().item(customer)).to_be_visible()
    desk.item(customer).click()
    expect(desk.bubble("Desde el celular")).to_be_visible()
    colleague = tabs.desk(FIRST.agent).open_conversation(there)
    line = desk.page.locator("[data-identity]")

    expect(line).to_contain_text(f"Posible duplicado de {office.name}")
    line.get_by_role("button", name="Unir").click()

    expect(desk.bubble("Desde el fijo")).to_be_visible()
    expect(desk.item(office)).to_have_count(0)
    expect(line).to_contain_text(f"Se unió con {office.name}")
    expect(colleague.bubble("Desde el celular")).to_be_visible()

    world.writes(office, "Otra vez desde el fijo")
    expect(desk.bubble("Otra vez desde el fijo")).to_be_visible()
    line.get_by_role("button", name="Deshacer").click()

    expect(line).to_have_count(0)
    expect(desk.bubble("Desde el fijo")).to_have_count(0)
    expect(desk.item(office)).to_be_visible()
    expect(colleague.bubble("Desde el celular")).to_have_count(0)
    expect(colleague.bubble("Desde el fijo")).to_be_visible()
