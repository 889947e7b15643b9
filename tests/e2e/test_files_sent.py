"""Files and recordings go up, stand in the tray, and arrive at Meta as what they are."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import samples
from tests.e2e.browsing import Browsing
from tests.e2e.composing import Composer, Json, sent_to
from tests.e2e.pages import Desk
from tests.e2e.world import Customer, World


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


def test_words_beside_a_recording_leave_on_their_own(
    desk: Desk, composer: Composer, world: World, customer: Customer
) -> None:
    composer.pick(("tema.mp3", "audio/mpeg", samples.sound("mp3", "libmp3lame")))
    desk.composer.fill("Así suena")
    composer.send()

    sent = sent_to(customer, world, 2)
    assert [each["type"] for each in sent] == ["audio", "text"]
    assert sent[1]["text"]["body"] == "Así suena"


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


def test_files_picked_in_a_hurry_all_stand_in_the_tray(desk: Desk, composer: Composer) -> None:
    composer.pick(("0.txt", "text/plain", b"a file"))
    desk.page.get_by_test_id("file-input").evaluate(
        """(input) => {
            for (const name of ["1.txt", "2.txt", "3.txt"]) {
                const picked = new DataTransfer();
                picked.items.add(new File(["a file"], name, { type: "text/plain" }));
                input.files = picked.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }"""
    )

    expect(composer.tray.locator("li")).to_have_count(4)


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
