"""A person plays the customer in a real browser."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from simulator_driver import ANA, NUMBER, OTHER_NUMBER, Receiver, Simulator, eventually

CHROMIUM = shutil.which("chromium")
"""Where it is missing these tests fail: ``make test`` says what to install."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, simulator: Simulator) -> Iterator[Page]:
    context = browser.new_context(base_url=str(simulator.http.base_url))
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def write(page: Page, body: str) -> None:
    page.get_by_test_id("phone-composer").fill(body)
    page.keyboard.press("Enter")


def test_the_page_opens_on_a_sensible_customer(page: Page) -> None:
    page.goto("/")

    expect(page.get_by_test_id("phone-name")).to_have_value("Ana Gómez")
    expect(page.get_by_test_id("phone-from")).to_have_value("+54 9 11 3123-4567")
    expect(page.get_by_test_id("phone-channel")).to_have_value(NUMBER)
    expect(page.get_by_role("button", name="Cambiar de cliente o de empresa")).to_be_hidden()


def test_what_the_customer_writes_reaches_the_business_and_gets_its_ticks(
    page: Page, receiver: Receiver
) -> None:
    page.goto("/")

    write(page, "Hola <b>&amp;")

    message = page.get_by_test_id("phone-message")
    expect(message).to_have_attribute("data-direction", "out")
    expect(message).to_have_attribute("data-state", "delivered")
    expect(message).to_contain_text("Hola <b>&amp;")
    assert receiver.messages[0]["text"]["body"] == "Hola <b>&amp;"
    assert receiver.messages[0]["id"] == message.get_attribute("data-message-id")


def test_what_is_written_before_the_page_is_ready_is_sent_when_it_is(page: Page, receiver: Receiver) -> None:
    held: list[Route] = []
    page.route("**/_phone/channels", lambda route: held.append(route))  # noqa: PLW0108 - it marks what it is given
    page.goto("/")

    write(page, "Hola")
    held[0].continue_()

    expect(page.get_by_test_id("phone-message")).to_have_count(1)
    assert [message["text"]["body"] for message in eventually(lambda: receiver.messages)] == ["Hola"]


def test_the_send_button_sends_too(page: Page, receiver: Receiver) -> None:
    page.goto("/")

    page.get_by_test_id("phone-composer").fill("Hola")
    page.get_by_test_id("phone-send").click()

    expect(page.get_by_test_id("phone-message")).to_have_count(1)
    eventually(lambda: receiver.messages)


def test_an_answer_appears_by_itself_and_is_read(
    page: Page, simulator: Simulator, receiver: Receiver
) -> None:
    page.goto("/")
    write(page, "Hola")
    expect(page.get_by_test_id("phone-message")).to_have_count(1)

    wamid = simulator.send(body="Buenas")

    answer = page.locator(f'[data-message-id="{wamid}"]')
    expect(answer).to_have_attribute("data-direction", "in")
    expect(answer).to_have_attribute("data-state", "read")
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered", "read"])


def test_an_answer_in_another_chat_is_counted_and_not_read(
    page: Page, simulator: Simulator, receiver: Receiver
) -> None:
    page.goto(f"/?phone_number_id={NUMBER}&from=5493515123456&name=Bruno")
    page.get_by_role("button", name="Agregar").click()
    page.get_by_test_id("phone-name").fill("Ana")
    page.get_by_test_id("phone-from").fill(ANA)
    page.get_by_test_id("phone-composer").focus()
    simulator.write("5493515123456")

    wamid = simulator.send("5493515123456", "¿Seguís ahí?")

    bruno = page.get_by_role("button", name=re.compile("Bruno.*1"))
    expect(bruno).to_be_visible()
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered"])
    expect(page.locator(f'[data-message-id="{wamid}"]')).to_have_count(0)
    bruno.click()
    eventually(lambda: receiver.statuses(wamid) == ["sent", "delivered", "read"])


def test_the_address_opens_straight_on_a_chat(page: Page, receiver: Receiver) -> None:
    page.goto(f"/?phone_number_id={OTHER_NUMBER}&from=5493515123456&name=Bruno%20D%C3%ADaz")

    write(page, "Hola")

    expect(page.get_by_test_id("phone-channel")).to_have_value(OTHER_NUMBER)
    value = eventually(lambda: receiver.values)[0]
    assert value["metadata"]["phone_number_id"] == OTHER_NUMBER
    assert value["contacts"][0]["wa_id"] == "5493515123456"
    assert value["contacts"][0]["profile"] == {"name": "Bruno Díaz"}


def test_another_number_makes_another_customer_who_is_kept(page: Page) -> None:
    page.goto("/")

    page.get_by_test_id("phone-name").fill("Bruno")
    page.get_by_test_id("phone-from").fill("+54 9 351 512-3456")
    page.get_by_test_id("phone-composer").focus()
    page.goto("/")

    expect(page.locator(".person strong")).to_have_text(["Ana Gómez", "Bruno"])


def test_one_click_chooses_a_customer_even_while_a_field_is_edited(page: Page) -> None:
    page.goto(f"/?phone_number_id={NUMBER}&from=5493515123456&name=Bruno")

    page.get_by_test_id("phone-name").fill("Bruno Díaz")
    page.get_by_role("button", name="Ana Gómez", exact=False).first.click()

    expect(page.get_by_test_id("phone-name")).to_have_value("Ana Gómez")
    expect(page.locator(".person strong")).to_have_text(["Ana Gómez", "Bruno Díaz"])


def test_what_the_start_would_overwrite_or_close_can_not_be_used_before_it(page: Page) -> None:
    held: list[Route] = []
    page.route("**/_phone/channels", lambda route: held.append(route))  # noqa: PLW0108  (not a bound method)
    page.goto(f"/?phone_number_id={NUMBER}&from=5493515123456&name=Bruno")
    ids = "phone-name", "phone-from", "phone-attach", "phone-record", "faults-open"
    waiting = [page.get_by_test_id(each) for each in ids]
    waiting.append(page.get_by_role("button", name="Agregar"))

    for control in waiting:
        expect(control).to_be_disabled()
    held[0].continue_()

    for control in waiting:
        expect(control).to_be_enabled()


def test_a_customer_can_be_removed_but_never_the_last(page: Page) -> None:
    page.goto(f"/?phone_number_id={NUMBER}&from=5493515123456&name=Bruno")

    page.get_by_role("button", name="Quitar a Bruno").click()

    expect(page.get_by_test_id("phone-name")).to_have_value("Ana Gómez")
    expect(page.locator(".forget")).to_be_hidden()


def test_choosing_another_business_shows_its_own_chat(page: Page) -> None:
    page.goto("/")
    write(page, "Hola")
    expect(page.get_by_test_id("phone-message")).to_have_count(1)

    page.get_by_test_id("phone-channel").select_option(OTHER_NUMBER)

    expect(page.get_by_text("Todavía no hay mensajes")).to_be_visible()
    expect(page.get_by_test_id("phone-message")).to_have_count(0)


def test_the_business_is_seen_typing_and_reading(
    page: Page, simulator: Simulator, receiver: Receiver
) -> None:
    page.goto("/")
    write(page, "Hola")
    wamid = eventually(lambda: receiver.messages)[0]["id"]
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}

    simulator.post({**receipt, "typing_indicator": {"type": "text"}})

    expect(page.get_by_text("escribiendo…")).to_be_visible()
    expect(page.get_by_test_id("phone-message")).to_have_attribute("data-state", "read")


def test_a_reset_empties_the_page(page: Page, simulator: Simulator) -> None:
    page.goto("/")
    write(page, "Hola")
    expect(page.get_by_test_id("phone-message")).to_have_count(1)

    simulator.control("/reset", {})

    expect(page.get_by_test_id("phone-message")).to_have_count(0)


def test_on_a_small_screen_the_chat_fills_it_and_the_rest_is_one_tap_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")

    expect(page.get_by_test_id("phone-composer")).to_be_visible()
    expect(page.get_by_test_id("phone-name")).to_be_hidden()
    page.get_by_role("button", name="Cambiar de cliente o de empresa").click()
    expect(page.get_by_test_id("phone-name")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
