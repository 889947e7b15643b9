"""Admins set SMS up for their own organization; the token goes in and never comes out."""

import asyncio
from typing import Any

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.errors import InvalidInput, NotAllowed
from campotech_wa.services import sms
from campotech_wa.vault import unseal
from campotech_wa.views import SmsForm
from tests.integration.desk import one, rows
from tests.integration.sms_desk import SENDER, SID, TOKEN, key_of, provider, switch_on, wish


def test_before_anything_is_saved_it_is_off(admin: Actor) -> None:
    form = sms.form(admin)

    assert (form.is_on, form.has_token, form.callback_url, form.used) == (False, False, "", 0)
    assert (form.monthly_cap, form.per_minute) == (500, 20)


def test_what_is_saved_is_shown_without_the_token(admin: Actor, stranger: Actor) -> None:
    switch_on(admin, "https://sms.example.com/api", undelivered_minutes=10, monthly_cap=80, per_minute=5)

    form = sms.form(admin)

    assert form == SmsForm(
        is_on=True,
        account_sid=SID,
        has_token=True,
        sender=SENDER,
        base_url="https://sms.example.com/api",
        undelivered_minutes="10",
        monthly_cap=80,
        per_minute=5,
        callback_url=form.callback_url,
        used=0,
    )
    assert form.callback_url.endswith(f"/webhooks/sms/{key_of()}")
    assert TOKEN not in repr(form)
    assert sms.form(stranger).account_sid == ""


def test_the_token_is_sealed_and_stays_when_none_is_written(admin: Actor) -> None:
    switch_on(admin)
    key = key_of()

    switch_on(admin, auth_token="", per_minute=9)

    [row] = rows("select auth_token, per_minute from sms_account")
    assert TOKEN.encode() not in bytes(row["auth_token"])
    assert (unseal(bytes(row["auth_token"])), row["per_minute"], key_of()) == (TOKEN, 9, key)


@pytest.mark.parametrize("change", [{"base_url": "https://evil.example"}, {"account_sid": "AC2"}])
def test_the_stored_token_is_not_sent_to_another_address(admin: Actor, change: dict[str, str]) -> None:
    switch_on(admin)

    with pytest.raises(InvalidInput) as refused:
        sms.save(admin, wish(**({"url": change.pop("base_url", "")} | change | {"auth_token": ""})))

    assert refused.value.code == "sms_auth_token_again"
    assert one("select base_url || account_sid from sms_account") == SID


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_sid", ""),
        ("account_sid", "../../x"),
        ("account_sid", "AC1/Messages"),
        ("sender", ""),
        ("sender", "541152630000"),
        ("sender", "Clima Sur Servicios"),
        ("sender", "+54 11"),
        ("base_url", "http://sms.example.com"),
        ("base_url", "ftp://sms.example.com"),
        ("base_url", "https://user:word@sms.example.com"),
        ("base_url", "https://sms.example.com/?x=1"),
        ("base_url", "https://sms.example.com/#x"),
        ("base_url", "https://"),
        ("base_url", "nonsense"),
        ("auth_token", ""),
        ("auth_token", "x" * 201),
        ("auth_token", "a\nb"),
        ("per_minute", 0),
        ("per_minute", 601),
        ("monthly_cap", -1),
        ("monthly_cap", 1_000_001),
        ("undelivered_minutes", 0),
        ("undelivered_minutes", 1441),
    ],
)
def test_what_can_not_work_is_refused_and_named(admin: Actor, field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        sms.save(admin, wish(**({"url": value} if field == "base_url" else {field: value})))

    assert (refused.value.code, refused.value.field) == (f"sms_{field}", field)
    assert rows("select id from sms_account") == []


@pytest.mark.parametrize("sender", ["+541152630000", "70707", "MG" + "a" * 32, "ClimaSur"])
def test_a_sender_is_a_number_a_name_or_a_service(admin: Actor, sender: str) -> None:
    switch_on(admin, sender=sender)

    assert sms.form(admin).sender == sender


def test_what_is_off_may_be_incomplete(admin: Actor) -> None:
    switch_on(admin, is_on=False, account_sid="", sender="", auth_token="")

    assert sms.form(admin).is_on is False


def test_an_agent_neither_sees_nor_changes_nor_tries_it(agent: Actor) -> None:
    with pytest.raises(NotAllowed):
        sms.form(agent)
    with pytest.raises(NotAllowed):
        sms.save(agent, wish())
    with pytest.raises(NotAllowed):
        asyncio.run(sms.try_out(agent, "11 3123-4567"))


class TestTrying:
    def test_a_test_goes_to_a_number_in_any_spelling(self, admin: Actor) -> None:
        with provider() as script:
            switch_on(admin, script.url, is_on=False)

            assert asyncio.run(sms.try_out(admin, "011 15 3123-4567")) == ""

        assert (script.asked[0]["To"], script.asked[0]["From"]) == ("+5491131234567", SENDER)
        assert rows("select id from sms_message") == []

    def test_a_refusal_is_told_in_a_sentence(self, admin: Actor) -> None:
        with provider() as script:
            script.answers = [(401, {"code": 20003})]
            switch_on(admin, script.url)

            assert asyncio.run(sms.try_out(admin, "11 3123-4567")).startswith(
                "El proveedor de SMS rechazó el usuario o el token."
            )

    def test_a_provider_that_is_not_there_is_told_too(self, admin: Actor) -> None:
        with provider() as gone:
            switch_on(admin, gone.url)

        assert asyncio.run(sms.try_out(admin, "11 3123-4567")).startswith("El proveedor de SMS no contestó.")

    @pytest.mark.parametrize("number", ["", "hola", "0810 333 1234"])
    def test_a_number_that_takes_no_sms_is_refused(self, admin: Actor, number: str) -> None:
        switch_on(admin)

        with pytest.raises(InvalidInput) as refused:
            asyncio.run(sms.try_out(admin, number))

        assert refused.value.code == "sms_number"

    def test_before_there_is_an_account_nothing_can_be_tried(self, admin: Actor) -> None:
        with pytest.raises(InvalidInput) as refused:
            asyncio.run(sms.try_out(admin, "11 3123-4567"))

        assert refused.value.code == "sms_incomplete"
