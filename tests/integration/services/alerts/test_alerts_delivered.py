"""Alerts reach the mailbox and the web address that an admin chose, also when the first tries fail."""

import json
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest

from campotech_wa import settings
from campotech_wa.courier import hook
from campotech_wa.domain.access import Actor
from campotech_wa.domain.alerts import MOST_LETTERS, Kind
from campotech_wa.domain.ids import ChannelId, OfChannel, OrganizationId
from campotech_wa.errors import InvalidInput, NotAllowed, NotFound
from campotech_wa.services import alerts
from campotech_wa.services.alerts.choosing import choose, send_to
from campotech_wa.services.alerts.showing import sent_to
from campotech_wa.services.panic.acting import resolve, trigger
from campotech_wa.store.transaction import transaction
from tests.integration.courier.post_office import Mailbox, mail_server, web_server
from tests.integration.desk import NUMBER, change, one, rows

ADDRESS = "alertas@climasur.test"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch, admin: Actor) -> Iterator[Mailbox]:
    """The operator has set a mail server."""
    with mail_server() as box:
        for name, value in (
            ("HOST", "127.0.0.1"),
            ("PORT", str(box.port)),
            ("TLS", "none"),
            ("FROM", "wa@b.test"),
        ):
            monkeypatch.setenv(f"CAMPOTECH_SMTP_{name}", value)
        settings.get.cache_clear()
        yield box
    monkeypatch.undo()
    settings.get.cache_clear()


def deliveries() -> list[tuple[str, str, str, int]]:
    found = rows("select via, event, state, attempts from alert_delivery order by id")
    return [(row["via"], row["event"], row["state"], row["attempts"]) for row in found]


def subject(letter: Message) -> str:
    return str(make_header(decode_header(str(letter["Subject"]))))


def let_time_pass() -> None:
    change("update alert_delivery set due_at = due_at - interval '3 hours'")


def test_a_panic_is_mailed_when_it_begins_and_when_it_ends(admin: Actor, mailbox: Mailbox) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    trigger(admin, NUMBER)
    alerts.deliver()
    resolve(admin, NUMBER, note="Listo")
    alerts.deliver()
    alerts.deliver()

    began, ended = mailbox.letters
    assert (began["To"], began["From"]) == (ADDRESS, "wa@b.test")
    assert subject(began) == "Clima Sur Servicios: Las plantillas están frenadas"
    assert subject(ended) == "Clima Sur Servicios: Resuelto: Las plantillas están frenadas"
    assert "Podés seguir respondiendo" in content(began)


def test_a_mail_server_that_refuses_is_tried_again_and_at_last_given_up(
    admin: Actor, mailbox: Mailbox
) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    trigger(admin, NUMBER)
    mailbox.is_refusing = True
    alerts.deliver()
    alerts.deliver()
    assert deliveries() == [("email", "raised", "queued", 1)]

    for _ in range(6):
        let_time_pass()
        alerts.deliver()

    assert deliveries() == [("email", "raised", "failed", 6)]
    assert (mailbox.letters, one("select error from alert_delivery")) == (
        [],
        "The mail server did not take it: SMTPRecipientsRefused.",
    )


def test_a_later_try_arrives(admin: Actor, mailbox: Mailbox) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    trigger(admin, NUMBER)
    mailbox.is_refusing = True
    alerts.deliver()
    mailbox.is_refusing = False
    let_time_pass()

    alerts.deliver()

    assert (deliveries(), len(mailbox.letters)) == ([("email", "raised", "sent", 2)], 1)


def raise_about(*templates: str) -> None:
    """Let Meta have refused templates."""
    whose = OfChannel(organization_id=OrganizationId(1), channel_id=ChannelId(1))
    for name in templates:
        with transaction() as tx:
            alerts.begin(tx, Kind.TEMPLATE, detail={"status": "REJECTED"}, subject=name, **whose)


def let_an_hour_pass() -> None:
    change("update alert set raised_at = raised_at - interval '61 minutes'")
    for moment in ("due_at", "ended_at"):
        change(f"update alert_delivery set {moment} = {moment} - interval '61 minutes'")  # noqa: S608  (ours)


def content(letter: Message) -> str:
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def test_what_happens_at_once_is_told_in_one_letter(admin: Actor, mailbox: Mailbox) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    raise_about("turno", "factura", "aviso")

    alerts.deliver()

    [letter] = mailbox.letters
    assert subject(letter) == "3 avisos"
    assert content(letter).count("Clima Sur Servicios: Meta no acepta una plantilla") == 3
    assert all(f"“{name}”" in content(letter) for name in ("turno", "factura", "aviso"))


def test_an_alert_that_comes_and_goes_is_mailed_about_once_an_hour(admin: Actor, mailbox: Mailbox) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    for _ in range(3):
        trigger(admin, NUMBER)
        alerts.deliver()
        resolve(admin, NUMBER, note="Listo")
        alerts.deliver()
    assert len(mailbox.letters) == 2

    let_an_hour_pass()
    alerts.deliver()
    assert len(mailbox.letters) == 2
    trigger(admin, NUMBER)
    alerts.deliver()

    assert len(mailbox.letters) == 3


def test_one_that_is_back_within_the_hour_and_stays_is_mailed_when_it_is_over(
    admin: Actor, mailbox: Mailbox
) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    trigger(admin, NUMBER)
    alerts.deliver()
    resolve(admin, NUMBER, note="Listo")
    trigger(admin, NUMBER)
    alerts.deliver()
    assert len(mailbox.letters) == 2

    let_an_hour_pass()
    alerts.deliver()

    assert subject(mailbox.letters[2]) == "Clima Sur Servicios: Las plantillas están frenadas"


def test_many_letters_in_an_hour_are_followed_by_one_that_tells_the_rest(
    admin: Actor, mailbox: Mailbox
) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    for number in range(MOST_LETTERS + 2):
        raise_about(f"plantilla_{number}")
        alerts.deliver()
    assert len(mailbox.letters) == MOST_LETTERS

    let_an_hour_pass()
    alerts.deliver()

    assert [subject(letter) for letter in mailbox.letters[MOST_LETTERS:]] == ["2 avisos"]
    assert {state for _, _, state, _ in deliveries()} == {"sent"}
    assert {attempts for _, _, _, attempts in deliveries()} == {1}


def test_a_number_that_stops_is_told_about_however_many_letters_there_were(
    admin: Actor, mailbox: Mailbox
) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")
    for number in range(MOST_LETTERS):
        raise_about(f"plantilla_{number}")
        alerts.deliver()

    trigger(admin, NUMBER)
    alerts.deliver()

    assert subject(mailbox.letters[-1]) == "Clima Sur Servicios: Las plantillas están frenadas"


def test_every_event_is_posted_however_many_there_are(admin: Actor) -> None:
    with web_server() as box:
        send_to(admin, email="", webhook_url=box.url)
        for number in range(MOST_LETTERS + 2):
            raise_about(f"plantilla_{number}")
        alerts.deliver()

    assert len(box.parcels) == MOST_LETTERS + 2


def test_without_a_mail_server_nothing_waits_for_one(admin: Actor) -> None:
    send_to(admin, email=ADDRESS, webhook_url="")

    trigger(admin, NUMBER)

    assert (deliveries(), sent_to(admin).can_mail) == ([], False)


def test_a_panic_is_posted_with_a_signature_that_the_secret_explains(admin: Actor) -> None:
    with web_server() as box:
        secret = send_to(admin, email="", webhook_url=box.url)
        trigger(admin, NUMBER, note="Revisión")
        alerts.deliver()

    assert secret is not None
    [parcel] = box.parcels
    said: dict[str, Any] = json.loads(parcel.body)
    moment = int(parcel.headers[hook.SIGNATURE].split(",")[0].removeprefix("t="))
    assert parcel.headers[hook.SIGNATURE] == hook.sign(parcel.body, secret=secret, at=moment)
    assert (said["event"], said["kind"], said["phone_number_id"]) == ("alert.raised", "panic", NUMBER)
    assert said["detail"]["note"] == "Revisión"
    assert deliveries() == [("webhook", "raised", "sent", 1)]


def test_the_secret_is_sealed_and_stays_while_the_address_does(admin: Actor) -> None:
    url = "https://1.1.1.1/alerts"
    secret = send_to(admin, email="", webhook_url=url)
    sealed = one("select webhook_secret from alert_address")

    assert secret is not None
    assert secret.encode() not in bytes(sealed)
    assert send_to(admin, email=ADDRESS, webhook_url=url) is None
    assert one("select webhook_secret from alert_address") == sealed
    assert send_to(admin, email=ADDRESS, webhook_url=f"{url}/2") not in (None, secret)


@pytest.mark.parametrize(
    ("email", "url", "field"),
    [
        ("nobody", "", "email"),
        ("a@b.test\r\nBcc: c@d.test", "", "email"),
        ("a@b.test, c@d.test", "", "email"),
        ("", "http://example.com/", "webhook_url"),
        ("", "https://u:p@example.com/", "webhook_url"),
        ("", "https://alertas.invalid/", "webhook_url"),
        ("", "https://10.0.0.8/", "webhook_url"),
    ],
)
def test_what_is_no_address_is_refused(admin: Actor, email: str, url: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        send_to(admin, email=email, webhook_url=url)

    assert (refusal.value.field, rows("select from alert_address")) == (field, [])


def test_an_admin_chooses_when_a_number_panics(admin: Actor) -> None:
    choose(admin, NUMBER, {"panic_minutes": 15, "alert_percent": 10})
    choose(admin, NUMBER, {"panic_percent": 50})

    [chosen] = sent_to(admin).thresholds
    assert (chosen.panic_minutes, chosen.panic_percent, chosen.alert_percent) == (15, 50, 10)
    assert (chosen.alert_waiting, chosen.alert_minutes) == (100, 5)


@pytest.mark.parametrize(("name", "value"), [("panic_minutes", 0), ("panic_percent", 96), ("colour", 1)])
def test_no_threshold_can_be_absurd(admin: Actor, name: str, value: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        choose(admin, NUMBER, {name: value})

    assert (refusal.value.field, rows("select from channel_flow")) == (name, [])


def test_agents_choose_nothing_and_strangers_find_nothing(agent: Actor, stranger: Actor) -> None:
    for act in (lambda: send_to(agent, email="", webhook_url=""), lambda: sent_to(agent)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        choose(agent, NUMBER, {"panic_minutes": 5})
    with pytest.raises(NotFound):
        choose(stranger, NUMBER, {"panic_minutes": 5})
