"""On the phone page a person tries each fault with one click, sees it strike, and lifts it."""

from typing import Any

import pytest
from phone_driver import Phone
from playwright.sync_api import Locator, expect
from simulator_driver import ANA, NUMBER, OTHER_NUMBER, Simulator, eventually, template


def panel(phone: Phone) -> Locator:
    phone.page.get_by_test_id("faults-open").click()
    return phone.page.get_by_role("complementary", name="Fallas", exact=True)


def switch(phone: Phone, fault: str) -> Locator:
    return phone.page.get_by_test_id(f"fault-{fault}")


def in_force(simulator: Simulator) -> dict[str, Any]:
    adversity = simulator.look("/adversity")
    condition = {name: value for name, value in adversity["conditions"][0].items() if value}
    return {**adversity, "condition": condition}


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        ("drop", [{"drop_response": True}]),
        ("http500", [{"http_status": 500}]),
        ("throttle", [{"error_code": 130429}]),
        ("slow", [{"latency_ms": 3000}]),
        ("bad-day", [{"drop_response": True}, {"http_status": 500}, {"error_code": 130429}]),
        ("no-whatsapp", [{"status_failed_code": 131026, "match": {"phone_number_id": NUMBER, "to": ANA}}]),
        ("paused", [{"error_code": 132015, "match": {"phone_number_id": NUMBER, "type": "template"}}]),
        ("sms-lost", [{"status_failed_code": 30003, "match": {"route": "sms"}}]),
    ],
)
def test_one_click_puts_the_rules_of_a_fault_in_force_and_another_lifts_them(
    phone: Phone, simulator: Simulator, fault: str, rules: list[dict[str, Any]]
) -> None:
    panel(phone)

    switch(phone, fault).click()

    expect(switch(phone, fault)).to_have_attribute("aria-checked", "true")
    found = in_force(simulator)["faults"]
    usual = {"match": {"phone_number_id": NUMBER}}
    for rule, wanted in zip(found, rules, strict=True):
        assert {**rule, **usual, **wanted} == {**usual, **rule}

    switch(phone, fault).click()

    expect(switch(phone, fault)).to_have_attribute("aria-checked", "false")
    assert in_force(simulator)["faults"] == []


@pytest.mark.parametrize(
    ("fault", "condition"),
    [
        ("pair", {"pair_limit": True, "account": "active", "outage": "none"}),
        ("token", {"token_revoked": True, "account": "active", "outage": "none"}),
        ("locked", {"account": "locked", "outage": "none"}),
        ("outage", {"account": "active", "outage": "dropped"}),
    ],
)
def test_one_click_changes_the_condition_of_this_number_and_another_restores_it(
    phone: Phone, simulator: Simulator, fault: str, condition: dict[str, Any]
) -> None:
    panel(phone)

    switch(phone, fault).click()

    expect(switch(phone, fault)).to_have_attribute("aria-checked", "true")
    usual = {"phone_number_id": OTHER_NUMBER, "account": "active", "outage": "none"}
    assert in_force(simulator)["condition"] == {"phone_number_id": NUMBER, **condition}
    other = {name: value for name, value in simulator.look("/conditions")[1].items() if value}
    assert other == usual

    switch(phone, fault).click()

    expect(switch(phone, fault)).to_have_attribute("aria-checked", "false")
    assert in_force(simulator)["condition"] == {**usual, "phone_number_id": NUMBER}


def test_statuses_are_disturbed_for_the_share_that_was_chosen(phone: Phone, simulator: Simulator) -> None:
    panel(phone).get_by_text("25 %", exact=True).click()

    switch(phone, "lost").click()
    expect(switch(phone, "lost")).to_contain_text("25 %")
    switch(phone, "reordered").click()
    expect(switch(phone, "reordered")).to_have_attribute("aria-checked", "true")
    switch(phone, "lost").click()
    expect(switch(phone, "lost")).to_have_attribute("aria-checked", "false")

    disorder = simulator.look("/disorder")
    assert (disorder["lose_share"], disorder["reorder_share"]) == (0.0, 0.25)


def test_the_panel_tells_how_often_a_fault_struck(phone: Phone, simulator: Simulator) -> None:
    panel(phone)
    switch(phone, "http500").click()
    expect(switch(phone, "http500")).to_contain_text("Todavía no actuó")

    for _ in range(2):
        simulator.post(template())

    expect(switch(phone, "http500")).to_contain_text("Actuó 2 veces")


def test_what_others_put_in_force_is_told_and_lifted_too(phone: Phone, simulator: Simulator) -> None:
    simulator.control("/faults", {"error_code": 131016, "match": {"type": "audio"}, "times": 3})
    shown = panel(phone)

    expect(shown).to_contain_text("error_code 131016 · type audio · quedan 3")
    shown.get_by_role("button", name="Levantar esta regla").click()

    eventually(lambda: simulator.look("/faults") == [])


def test_everything_is_lifted_at_once(phone: Phone, simulator: Simulator) -> None:
    shown = panel(phone)
    for fault in ("drop", "locked", "doubled"):
        switch(phone, fault).click()
        expect(switch(phone, fault)).to_have_attribute("aria-checked", "true")

    shown.get_by_role("button", name="Levantar todo").click()

    expect(shown.get_by_role("switch", checked=True)).to_have_count(0)
    assert simulator.post(template()).status_code == 200


def test_a_closed_panel_still_tells_how_many_faults_are_in_force(phone: Phone) -> None:
    shown = panel(phone)
    switch(phone, "token").click()
    expect(switch(phone, "token")).to_have_attribute("aria-checked", "true")

    shown.get_by_role("button", name="Cerrar las fallas").click()

    expect(shown).to_be_hidden()
    expect(phone.page.get_by_test_id("faults-open")).to_have_accessible_name("Fallas: 1 en vigor")


def test_on_a_small_screen_the_panel_covers_the_chat(phone: Phone) -> None:
    phone.page.set_viewport_size({"width": 390, "height": 844})

    phone.page.get_by_role("button", name="Fallas").click()

    expect(switch(phone, "drop")).to_be_visible()
    expect(phone.page.get_by_test_id("phone-composer")).to_be_hidden()
