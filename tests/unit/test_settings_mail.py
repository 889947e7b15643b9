"""A mail server that could never send is refused when the product starts."""

import pytest

from campotech_wa import settings
from campotech_wa.errors import ConfigurationError


@pytest.fixture(autouse=True)
def needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else is in order."""
    monkeypatch.setenv("CAMPOTECH_SECRET_KEY", "a-secret-key-for-tests-0123456789-abcdef")
    monkeypatch.setenv("DATABASE_URL", "postgresql://")
    monkeypatch.setenv("REDIS_URL", "redis://")


def test_without_a_mail_server_nothing_is_asked_for() -> None:
    assert (settings.load().smtp_host, settings.load().smtp_from) == ("", "")


def test_a_mail_server_needs_an_address_that_alerts_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPOTECH_SMTP_HOST", "mail.b.test")

    with pytest.raises(ConfigurationError, match="CAMPOTECH_SMTP_FROM"):
        settings.load()

    monkeypatch.setenv("CAMPOTECH_SMTP_FROM", "wa@b.test")
    assert settings.load().smtp_from == "wa@b.test"


def test_tls_is_one_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPOTECH_SMTP_TLS", "maybe")

    with pytest.raises(ConfigurationError, match="CAMPOTECH_SMTP_TLS"):
        settings.load()


def test_the_password_is_never_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPOTECH_SMTP_PASSWORD", "hunter2-hunter2")

    assert "hunter2" not in repr(settings.load())
