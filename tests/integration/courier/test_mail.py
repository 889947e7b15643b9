"""An e-mail is handed over as the operator's server wants it, or it is told why not."""

import pytest

from campotech_wa.courier import Undelivered, mail
from campotech_wa.settings import Settings, SmtpTls
from tests.conftest import SECRET_KEY, free_port
from tests.integration.courier.post_office import mail_server


def settings(port: int, **more: object) -> Settings:
    """Describe a mail server as the environment would."""
    described: dict[str, object] = {
        "secret_keys": SECRET_KEY,
        "database_url": "postgresql://",
        "redis_url": "redis://",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_from": "wa@b.test",
        "smtp_tls": SmtpTls.NONE,
    }
    return Settings.model_validate(described | more)


def send(chosen: Settings) -> None:
    mail.send(chosen, to="ana@b.test", subject="Envíos frenados", body="Ñandú\nDos líneas")


def test_the_server_gets_the_whole_message() -> None:
    with mail_server() as box:
        send(settings(box.port))

    [letter] = box.letters
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert (letter["From"], letter["To"], body.decode().split()) == (
        "wa@b.test",
        "ana@b.test",
        ["Ñandú", "Dos", "líneas"],
    )
    assert letter["Date"]
    assert letter["Message-ID"]


def test_nothing_is_said_in_the_clear_where_the_operator_wants_tls() -> None:
    with mail_server() as box, pytest.raises(Undelivered, match="SMTPNotSupportedError"):
        send(settings(box.port, smtp_tls=SmtpTls.STARTTLS))

    assert box.letters == []


def test_nobody_there_is_told_by_its_kind_and_nothing_else() -> None:
    with pytest.raises(Undelivered, match=r"did not take it: ConnectionRefusedError\.$"):
        send(settings(free_port()))


def test_without_a_server_nothing_is_sent() -> None:
    with pytest.raises(Undelivered, match="No SMTP server"):
        send(settings(1, smtp_host=""))
