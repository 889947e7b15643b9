"""What can be done with a message: react, reply, edit, delete, copy; by mouse, finger and keyboard."""

from typing import Any

import pytest
from phone_driver import Phone
from playwright.sync_api import Browser, expect
from simulator_driver import Receiver, Simulator

from tests import samples


def test_a_reaction_is_given_changed_and_taken_back(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Listo"})
    wamid = answer.get_attribute("data-message-id")
    count = phone.messages.count()

    phone.act(answer, "Reaccionar con 👍")
    expect(answer.locator(".reactions")).to_have_text("👍")
    phone.act(answer, "Reaccionar con ❤️")
    expect(answer.locator(".reactions")).to_have_text("❤️")
    phone.act(answer, "Quitar ❤️")
    expect(answer.locator(".reactions")).to_have_count(0)

    given: list[Any] = [message["reaction"] for message in phone.receiver.messages]
    assert given == [
        {"message_id": wamid, "emoji": "👍"},
        {"message_id": wamid, "emoji": "❤️"},
        {"message_id": wamid},
    ]
    expect(phone.messages).to_have_count(count)


def test_any_emoji_can_be_a_reaction(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Listo"})

    phone.act(answer, "Otra reacción")
    phone.sheet.get_by_label("Emoji").fill("🔧")
    phone.hand_in()

    assert phone.wrote("reaction")["reaction"]["emoji"] == "🔧"


def test_a_reply_names_what_it_answers_and_who_wrote_that(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "¿A qué hora?"})

    phone.act(answer, "Responder")
    bubble = phone.write("A las diez")

    context = {"from": "5491140000001", "id": answer.get_attribute("data-message-id")}
    assert phone.wrote("text")["context"] == context
    expect(bubble.locator(".quote")).to_contain_text("¿A qué hora?")


def test_a_photo_can_be_a_reply_too(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Mandame una foto"})

    phone.act(answer, "Responder")
    phone.pick("Foto", "foto.jpg", "image/jpeg", samples.picture())
    phone.hand_in()

    assert phone.wrote("image")["context"]["id"] == answer.get_attribute("data-message-id")


def test_an_edit_changes_the_bubble_and_says_so(phone: Phone) -> None:
    bubble = phone.write("A las diez")
    wamid = bubble.get_attribute("data-message-id")
    count = phone.messages.count()

    phone.act(bubble, "Editar")
    expect(phone.page.get_by_test_id("phone-composer")).to_have_value("A las diez")
    phone.page.get_by_test_id("phone-composer").fill("A las once")
    phone.page.keyboard.press("Enter")

    message = {"type": "text", "text": {"body": "A las once"}}
    assert phone.wrote("edit")["edit"] == {"original_message_id": wamid, "message": message}
    expect(bubble.locator(".words")).to_have_text("A las once")
    expect(bubble.locator(".foot")).to_contain_text("Editado")
    expect(phone.messages).to_have_count(count)


def test_the_words_under_a_photo_are_edited_with_the_photo(phone: Phone) -> None:
    phone.pick("Foto", "foto.jpg", "image/jpeg", samples.picture())
    phone.sheet.get_by_label("Comentario").fill("Antes")
    phone.hand_in()
    photo = phone.wrote("image")
    bubble = phone.message(photo["id"])

    phone.act(bubble, "Editar")
    phone.page.get_by_test_id("phone-composer").fill("Después")
    phone.page.keyboard.press("Enter")

    edited = phone.wrote("edit")["edit"]["message"]
    assert edited["type"] == "image"
    assert edited["image"]["id"] == photo["image"]["id"]
    assert edited["image"]["caption"] == "Después"
    expect(bubble.locator(".words")).to_have_text("Después")


def test_a_deleted_message_leaves_its_place_empty(phone: Phone) -> None:
    bubble = phone.write("Me equivoqué")
    wamid = bubble.get_attribute("data-message-id")

    phone.act(bubble, "Eliminar para todos")

    assert phone.wrote("revoke")["revoke"] == {"original_message_id": wamid}
    expect(bubble).to_contain_text("Eliminaste este mensaje")
    expect(bubble).not_to_contain_text("Me equivoqué")
    phone.page.reload()
    expect(bubble).to_contain_text("Eliminaste este mensaje")


def test_only_ones_own_messages_can_be_edited_or_deleted(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Listo"})

    answer.locator(".bubble").click(button="right")

    expect(phone.page.get_by_role("menuitem", name="Responder")).to_be_visible()
    expect(phone.page.get_by_role("menuitem", name="Editar")).to_have_count(0)
    expect(phone.page.get_by_role("menuitem", name="Eliminar")).to_have_count(0)


@pytest.mark.parametrize(("age", "offered"), [(14, 1), (16, 0)])
def test_an_edit_is_offered_for_fifteen_minutes(phone: Phone, age: int, offered: int) -> None:
    phone.page.clock.install()
    bubble = phone.write("Hola de nuevo")
    phone.page.clock.fast_forward(age * 60_000)

    bubble.locator(".bubble").click(button="right", position={"x": 8, "y": 8})

    expect(phone.page.get_by_role("menuitem", name="Eliminar")).to_be_visible()
    expect(phone.page.get_by_role("menuitem", name="Editar")).to_have_count(offered)


def test_an_older_change_that_comes_again_does_not_undo_a_newer_one(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Listo"})
    phone.act(answer, "Reaccionar con 👍")
    phone.act(answer, "Reaccionar con 😂")
    expect(answer.locator(".reactions")).to_have_text("😂")
    first = phone.receiver.messages[0]["id"]

    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": first}
    assert phone.simulator.post(receipt).status_code == 200

    phone.write("Sigue igual")
    expect(answer.locator(".reactions")).to_have_text("😂")


def test_the_keyboard_opens_walks_and_leaves_the_menu(phone: Phone) -> None:
    answer = phone.gets("text", {"body": "Listo"})
    more = answer.get_by_role("button", name="Qué hacer con este mensaje")

    more.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_label("Reaccionar con 👍")).to_be_focused()
    phone.page.keyboard.press("ArrowRight")
    expect(phone.page.get_by_label("Reaccionar con ❤️")).to_be_focused()
    phone.page.keyboard.press("Escape")

    expect(phone.page.get_by_role("menu")).to_have_count(0)
    expect(more).to_be_focused()


def test_a_long_press_of_a_finger_opens_the_menu(
    browser: Browser, simulator: Simulator, receiver: Receiver
) -> None:
    context = browser.new_context(base_url=str(simulator.http.base_url), has_touch=True)
    wamid = simulator.write(wait=True)
    phone = Phone(context.new_page(), simulator, receiver)
    phone.page.goto("/")
    bubble = phone.message(wamid).locator(".bubble")

    bubble.dispatch_event("pointerdown", {"pointerType": "touch"})

    expect(phone.page.get_by_role("menuitem", name="Responder")).to_be_visible()
    context.close()


def test_a_voice_note_plays_on_while_its_bubble_gets_a_reaction(phone: Phone) -> None:
    voice = {"id": phone.upload(samples.voice(20), "audio/ogg"), "voice": True}
    shown = phone.gets("audio", voice)
    shown.get_by_role("button", name="Reproducir").click()
    expect(shown.get_by_role("button", name="Pausar")).to_be_visible()

    phone.act(shown, "Reaccionar con 👍")

    expect(shown.locator(".reactions")).to_have_text("👍")
    expect(shown.get_by_role("button", name="Pausar")).to_be_visible()


def test_the_last_message_stays_in_sight_when_a_field_opens_or_a_picture_loads(phone: Phone) -> None:
    for number in range(15):
        phone.gets("text", {"body": f"Línea {number}\ny otra"})
    photo = phone.gets("image", {"id": phone.upload(samples.picture(), "image/jpeg")})
    expect(photo.locator("img")).to_be_in_viewport(ratio=1)

    phone.act(photo, "Responder")

    expect(photo.locator("img")).to_be_in_viewport(ratio=1)


def test_who_reads_further_up_is_left_there(phone: Phone) -> None:
    lines = [phone.gets("text", {"body": f"Línea {number}\ny otra"}) for number in range(15)]
    phone.page.locator("#scroll").evaluate("scroll => { scroll.scrollTop = 0 }")
    expect(lines[0]).to_be_in_viewport()

    last = phone.gets("text", {"body": "Lo último"})

    expect(lines[0]).to_be_in_viewport()
    expect(last).not_to_be_in_viewport()
