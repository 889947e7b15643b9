"""Every environment variable the product reads, once, checked before anything starts."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from campotech_wa.errors import ConfigurationError

SHORTEST_SECRET = 32
"""Characters. Anything shorter can be guessed offline from a stolen database."""


class Address(BaseSettings):
    """Where the product is reached: all that a build of its front end knows, since it has no secrets."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore", frozen=True)

    public_url: str = Field(default="", alias="CAMPOTECH_PUBLIC_URL")
    host: str = Field(default="127.0.0.1", alias="CAMPOTECH_HOST")
    port: int = Field(default=8000, alias="PORT", ge=1, le=65535)

    @property
    def origin(self) -> str:
        """The product's own origin, such as ``https://wa.example.com``, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Origins whose pages may open the websocket: the public one, or both loopback spellings."""
        if self.public_url:
            return (self.origin,)
        return (f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}")


_FEWEST_CHARACTERS = 8
"""Different ones: "aaaa…" is long and no secret."""


class SmtpTls(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    """From the first byte, as on port 465."""
    NONE = "none"


class Settings(Address):
    """What an operator can set; ``.env.example`` explains each variable."""

    secret_keys: Annotated[tuple[str, ...], NoDecode] = Field(alias="CAMPOTECH_SECRET_KEY")
    """Newest first, comma-separated: the first encrypts, all decrypt."""

    database_url: str = Field(alias="DATABASE_URL")
    redis_url: str = Field(alias="REDIS_URL")
    data_dir: Path = Field(default=Path(".data"), alias="DATA_DIR")

    media_store: str = Field(default="", alias="CAMPOTECH_MEDIA_STORE", pattern=r"^(s3://[^/]+(/.*)?)?$")
    """Where files are kept, as s3://bucket/prefix; empty: a folder below ``data_dir``."""
    s3_endpoint: str = Field(default="", alias="CAMPOTECH_S3_ENDPOINT")
    s3_region: str = Field(default="us-east-1", alias="CAMPOTECH_S3_REGION")
    s3_access_key: str = Field(default="", alias="CAMPOTECH_S3_ACCESS_KEY")
    s3_secret_key: str = Field(default="", alias="CAMPOTECH_S3_SECRET_KEY", repr=False)

    graph_url: str = Field(default="https://graph.facebook.com", alias="CAMPOTECH_GRAPH_URL")
    sms_url: str = Field(default="https://api.twilio.com", alias="CAMPOTECH_SMS_URL")
    """The SMS provider of organizations that name no other."""
    graph_version: str = Field(default="v25.0", alias="CAMPOTECH_GRAPH_VERSION", pattern=r"^v\d+\.\d+$")

    smtp_host: str = Field(default="", alias="CAMPOTECH_SMTP_HOST")
    """The server that takes alerts by e-mail; empty: none are sent."""
    smtp_port: int = Field(default=587, alias="CAMPOTECH_SMTP_PORT", ge=1, le=65535)
    smtp_tls: SmtpTls = Field(default=SmtpTls.STARTTLS, alias="CAMPOTECH_SMTP_TLS")
    smtp_user: str = Field(default="", alias="CAMPOTECH_SMTP_USER")
    smtp_password: str = Field(default="", alias="CAMPOTECH_SMTP_PASSWORD", repr=False)
    smtp_from: str = Field(default="", alias="CAMPOTECH_SMTP_FROM", validate_default=True)

    session_hours: int = Field(default=12, alias="CAMPOTECH_SESSION_HOURS", ge=1, le=24 * 30)
    web_processes: int = Field(default=2, alias="CAMPOTECH_WEB_PROCESSES", ge=1, le=64)
    log_level: str = Field(default="INFO", alias="CAMPOTECH_LOG_LEVEL")

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        return tuple(key.strip() for key in value.split(",")) if isinstance(value, str) else value

    @field_validator("secret_keys")
    @classmethod
    def _refuse_weak_keys(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        if not keys or any(len(key) < SHORTEST_SECRET or len(set(key)) < _FEWEST_CHARACTERS for key in keys):
            raise ValueError(f"needs at least {SHORTEST_SECRET} characters, not all alike")
        return keys

    @field_validator("smtp_from")
    @classmethod
    def _ask_for_a_sender(cls, sender: str, info: ValidationInfo) -> str:
        if info.data.get("smtp_host") and "@" not in sender:
            raise ValueError("must be the address that alerts come from, since CAMPOTECH_SMTP_HOST is set")
        return sender

    @property
    def is_development(self) -> bool:
        """Whether this is a trial on one machine: nobody else reaches it."""
        return not self.public_url

    @property
    def cookie_secure(self) -> bool:
        """Whether cookies may only travel over HTTPS."""
        return self.origin.startswith("https://")


def load() -> Settings:
    """Read the environment.

    Raises:
        ConfigurationError: a variable is missing or weak; the text names each one.
    """
    try:
        return Settings()  # pyright: ignore[reportCallIssue]  (the fields come from the environment)
    except ValidationError as invalid:
        raise ConfigurationError("\n".join(_sentences(invalid))) from None


def _sentences(invalid: ValidationError) -> Iterator[str]:
    for error in invalid.errors():
        fault = "is not set" if error["type"] == "missing" else f"is not usable: {error['msg']}"
        yield f"{_variable(str(error['loc'][0]))} {fault}. See .env.example."


def _variable(name: str) -> str:
    """Name the variable; where a default is at fault, pydantic names the field."""
    field = Settings.model_fields.get(name)
    return field.alias or name if field else name


get = cache(load)
"""The settings of this process, read at first use."""
