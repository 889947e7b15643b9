"""The configuration file."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from campotech_wa.simulator.settings import (
    Behaviour,
    Channel,
    ClosedWindow,
    Configuration,
    ConfigurationError,
    SmsAccount,
    load,
    parse,
)


def test_a_file_with_channels_is_enough(channel: Channel, tmp_path: Path) -> None:
    file = tmp_path / "simulator.json"
    file.write_text(json.dumps({"channels": [asdict(channel)]}), encoding="utf-8")

    assert load(file) == Configuration((channel,), Behaviour())


def test_the_behaviour_can_be_chosen(channel: Channel) -> None:
    behaviour = {
        "closed_window": "refuse",
        "sent_after": 0,
        "delivered_after": 1.5,
        "allowed_recipients": ["+54 11 15 3123-4567"],
    }

    configuration = parse({"channels": [asdict(channel)], "behaviour": behaviour})

    assert configuration.behaviour == Behaviour(ClosedWindow.REFUSE, 0.0, 1.5, ("+54 11 15 3123-4567",))


def test_accounts_of_the_sms_provider_come_with_their_numbers(channel: Channel) -> None:
    account = {"account_sid": "ACdemo1", "auth_token": "secret", "numbers": ["+541140000001"]}

    configuration = parse({"channels": [asdict(channel)], "sms_accounts": [account]})

    assert configuration.sms_accounts == (SmsAccount("ACdemo1", "secret", ("+541140000001",)),)


@pytest.mark.parametrize(
    "accounts",
    [
        {},
        [1],
        [{"account_sid": "ACdemo1", "auth_token": "secret"}],
        [{"account_sid": "ACdemo1", "auth_token": "secret", "numbers": []}],
        [{"account_sid": "ACdemo1", "auth_token": "secret", "numbers": ["541140000001"]}],
        [{"account_sid": "demo1", "auth_token": "secret", "numbers": ["+541140000001"]}],
        [{"account_sid": "ACdemo1", "auth_token": "", "numbers": ["+541140000001"]}],
        [{"account_sid": "ACdemo1", "auth_token": "secret", "numbers": ["+541140000001"]}] * 2,
    ],
)
def test_an_account_that_can_not_be_used_is_refused(channel: Channel, accounts: object) -> None:
    with pytest.raises(ConfigurationError, match=r"\.$"):
        parse({"channels": [asdict(channel)], "sms_accounts": accounts})


@pytest.mark.parametrize("document", [None, [], {}, {"channels": []}, {"channels": {}}, {"channels": [1]}])
def test_a_configuration_without_channels_is_refused(document: object) -> None:
    with pytest.raises(ConfigurationError, match="hannel"):
        parse(document)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"app_secret": ""}, "app_secret"),
        ({"waba_id": 200}, "waba_id"),
        ({"secret": "x"}, "unknown keys: secret"),
        ({"webhook_url": "localhost"}, "webhook_url"),
        ({"webhook_url": "http://127.0.0.1:99999/"}, "webhook_url"),
    ],
)
def test_a_channel_that_is_not_sound_is_named(
    channel: Channel, change: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint):
        parse({"channels": [{**asdict(channel), **change}]})


def test_a_number_may_not_stand_twice(channel: Channel) -> None:
    with pytest.raises(ConfigurationError, match="twice"):
        parse({"channels": [asdict(channel), asdict(channel)]})


@pytest.mark.parametrize(
    "behaviour",
    [
        [],
        {"closed_window": "never"},
        {"sent_after": -1},
        {"sent_after": "1"},
        {"speed": 1},
        {"allowed_recipients": "5491131234567"},
        {"allowed_recipients": [5491131234567]},
    ],
)
def test_a_behaviour_that_makes_no_sense_is_refused(channel: Channel, behaviour: object) -> None:
    with pytest.raises(ConfigurationError):
        parse({"channels": [asdict(channel)], "behaviour": behaviour})


def test_a_file_that_is_missing_or_no_json_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="can not be read"):
        load(tmp_path / "missing.json")
    with pytest.raises(ConfigurationError, match="not JSON"):
        load(broken)
