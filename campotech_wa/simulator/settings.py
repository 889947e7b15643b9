"""Turn a configuration file into the channels that the simulator plays and the way it behaves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from campotech_wa.simulator.shapes import JsonObject, as_array, as_object, as_text


class ConfigurationError(ValueError):
    """The configuration can not be used; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One WhatsApp business number with its credentials, as Meta's dashboard would show them."""

    phone_number_id: str
    waba_id: str
    display_phone_number: str
    verified_name: str
    access_token: str
    app_secret: str
    verify_token: str
    webhook_url: str


class ClosedWindow(StrEnum):
    """What becomes of a free message to a customer who has not written for 24 hours."""

    FAIL = "fail"
    """Accepted, then reported `failed` with 131047: what Meta mostly does (sending.md, 1.3)."""
    REFUSE = "refuse"
    """Refused at once with 131047."""
    ALLOW = "allow"
    """Delivered as if the window were open."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the simulated Meta behaves where the real one varies; times are in seconds."""

    closed_window: ClosedWindow = ClosedWindow.FAIL
    sent_after: float = 0.03
    delivered_after: float = 0.12
    allowed_recipients: tuple[str, ...] | None = None
    """With a list every number is a test number: it reaches only these, spelled exactly so (phones-ar.md, 2)."""


DEFAULT_BEHAVIOUR = Behaviour()


@dataclass(frozen=True, slots=True)
class SmsAccount:
    """An account at the SMS provider with the numbers that it may send from, in E.164."""

    account_sid: str
    auth_token: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that the configuration file says."""

    channels: tuple[Channel, ...]
    behaviour: Behaviour = DEFAULT_BEHAVIOUR
    sms_accounts: tuple[SmsAccount, ...] = ()


def load(path: Path) -> Configuration:
    """Read the file; raise ConfigurationError if it is missing, malformed or incomplete."""
    try:
        return parse(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} can not be read: {error.strerror}.") from error
    except ValueError as error:
        if isinstance(error, ConfigurationError):
            raise
        raise ConfigurationError(f"The configuration {path} is not JSON: {error}.") from error


def parse(document: object) -> Configuration:
    """Check a decoded `{"channels": […], "behaviour": {…}, "sms_accounts": […]}`, of which the first is required."""
    root = as_object(document)
    listed = as_array(root.get("channels")) if root else None
    if root is None or not listed:
        raise ConfigurationError('The configuration needs {"channels": [...]} with at least one channel.')
    channels = tuple(_channel(entry, position) for position, entry in enumerate(listed))
    _refuse_twins(channels)
    return Configuration(channels, behaviour(root.get("behaviour", {})), _sms_accounts(root))


def _channel(entry: object, position: int) -> Channel:
    values = as_object(entry) or {}
    names = [field.name for field in fields(Channel)]
    for name in names:
        if not isinstance(values.get(name), str) or not values[name]:
            raise ConfigurationError(f"Channel {position} of the configuration needs a text in {name!r}.")
    _refuse_unknown(values, names, f"Channel {position}")
    if not _is_web_address(str(values["webhook_url"])):
        raise ConfigurationError(f"The webhook_url of channel {position} must be an http or https address.")
    return Channel(**{name: str(values[name]) for name in names})


def _sms_accounts(root: JsonObject) -> tuple[SmsAccount, ...]:
    listed = as_array(root.get("sms_accounts", []))
    if listed is None:
        raise ConfigurationError("The configuration's sms_accounts must be a list.")
    accounts = tuple(_sms_account(entry, position) for position, entry in enumerate(listed))
    if len({account.account_sid for account in accounts}) < len(accounts):
        raise ConfigurationError("Two of the configuration's sms_accounts have the same account_sid.")
    return accounts


def _sms_account(entry: object, position: int) -> SmsAccount:
    values = as_object(entry) or {}
    _refuse_unknown(values, [field.name for field in fields(SmsAccount)], f"SMS account {position}")
    sid, token = (as_text(values.get(name)) or "" for name in ("account_sid", "auth_token"))
    if not sid.startswith("AC") or not token:
        raise ConfigurationError(f"SMS account {position} needs an account_sid of AC… and an auth_token.")
    numbers = _numbers(values.get("numbers"), owner=f"The numbers of SMS account {position}")
    if not numbers or not all(each.startswith("+") for each in numbers):
        raise ConfigurationError(f"SMS account {position} needs numbers, each with its plus.")
    return SmsAccount(sid, token, numbers)


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def _refuse_twins(channels: tuple[Channel, ...]) -> None:
    ids = [channel.phone_number_id for channel in channels]
    for phone_number_id in ids:
        if ids.count(phone_number_id) > 1:
            raise ConfigurationError(
                f"The phone_number_id {phone_number_id} stands twice in the configuration."
            )


def behaviour(value: object) -> Behaviour:
    """Check a decoded behaviour; what it leaves out is as usual."""
    values = as_object(value)
    if values is None:
        raise ConfigurationError("The configuration's behaviour must be an object.")
    _refuse_unknown(values, [field.name for field in fields(Behaviour)], "The behaviour")
    return Behaviour(
        closed_window=_closed_window(values),
        sent_after=_seconds(values, "sent_after", DEFAULT_BEHAVIOUR.sent_after),
        delivered_after=_seconds(values, "delivered_after", DEFAULT_BEHAVIOUR.delivered_after),
        allowed_recipients=_numbers(values.get("allowed_recipients"), owner="allowed_recipients"),
    )


def _numbers(value: object, *, owner: str) -> tuple[str, ...] | None:
    listed = None if value is None else as_array(value)
    if (value is None) != (listed is None) or not all(isinstance(each, str) for each in listed or ()):
        raise ConfigurationError(f"{owner} must be a list of numbers, each a text.")
    return None if listed is None else tuple(map(str, listed))


def _closed_window(values: JsonObject) -> ClosedWindow:
    try:
        return ClosedWindow(str(values.get("closed_window", DEFAULT_BEHAVIOUR.closed_window)))
    except ValueError as error:
        raise ConfigurationError(f"closed_window must be one of {', '.join(ClosedWindow)}.") from error


def _seconds(values: JsonObject, name: str, default: float) -> float:
    value = values.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ConfigurationError(f"{name} must be a number of seconds, zero or more.")
    return float(value)


def _refuse_unknown(values: Mapping[str, object], known: list[str], owner: str) -> None:
    if unknown := sorted(set(values) - set(known)):
        raise ConfigurationError(f"{owner} has unknown keys: {', '.join(unknown)}.")
