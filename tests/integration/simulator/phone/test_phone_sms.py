"""SMS arrive on the phone apart from the chat."""

from phone_driver import Phone
from playwright.sync_api import expect


def test_an_sms_is_announced_and_read_apart_from_the_chat(phone: Phone) -> None:
    tabs = phone.page.get_by_role("tablist")
    expect(tabs).to_be_hidden()

    phone.simulator.send_sms(Body="Su turno es mañana a las 10.")

    expect(tabs.get_by_role("tab", name="SMS")).to_contain_text("1")
    tabs.get_by_role("tab", name="SMS").click()
    expect(phone.page.get_by_test_id("phone-sms")).to_contain_text("Su turno es mañana a las 10.")
    expect(phone.page.get_by_test_id("phone-sms")).to_contain_text("+54 11 4000-0001")
    expect(tabs.get_by_role("tab", name="SMS")).to_have_text("SMS")
    expect(phone.page.get_by_test_id("phone-composer")).to_be_hidden()

    tabs.get_by_role("tab", name="WhatsApp").click()
    expect(phone.page.get_by_test_id("phone-composer")).to_be_visible()


def test_an_sms_for_somebody_else_does_not_show(phone: Phone) -> None:
    phone.simulator.send_sms(To="+5493515123456")
    phone.simulator.send_sms(To="+541131234567", Body="Sin el 9 también es Ana.")

    phone.page.get_by_role("tab", name="SMS").click()

    expect(phone.page.get_by_test_id("phone-sms")).to_have_count(1)
    expect(phone.page.get_by_test_id("phone-sms")).to_contain_text("Sin el 9")


def test_a_message_is_not_read_while_the_sms_are_shown(phone: Phone) -> None:
    phone.simulator.write()
    phone.simulator.send_sms()
    phone.page.get_by_role("tab", name="SMS").click()

    wamid = phone.simulator.send()
    delivered = phone.page.locator(f'[data-message-id="{wamid}"]')
    expect(delivered).to_be_attached()
    expect(delivered).to_have_attribute("data-state", "delivered")

    phone.page.get_by_role("tab", name="WhatsApp").click()
    expect(delivered).to_have_attribute("data-state", "read")


def test_what_arrived_before_the_page_is_there_when_it_opens(phone: Phone) -> None:
    phone.simulator.send_sms()
    expect(phone.page.get_by_role("tab", name="SMS")).to_be_visible()

    phone.page.reload()
    phone.page.get_by_role("tab", name="SMS").click()

    expect(phone.page.get_by_test_id("phone-sms")).to_have_count(1)
