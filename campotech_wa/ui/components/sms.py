"""The form about SMS on the settings page."""

from typing import Literal

import reflex as rx

from campotech_wa.services.sms import HIGHEST_CAP, LONGEST_WAIT, MOST_PER_MINUTE
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.sms import Sms

Words = str | rx.Var[str]


def sms_settings() -> rx.Component:
    """Ask for the provider's account and its limits; show what is used of them, and let an admin try it."""
    return rx.el.section(
        rx.el.h2(say("sms")),
        rx.el.p(say("sms_hint"), class_name="faint"),
        _account(),
        rx.cond(Sms.form.callback_url != "", rx.fragment(_callback(), _test())),
        class_name="card sms-settings",
        custom_attrs={"data-testid": "sms-settings"},
    )


def _account() -> rx.Component:
    form = Sms.form
    token_hint = rx.cond(form.has_token, say("sms_token_kept"), "")
    return rx.el.form(
        _switch(),
        _text("sms_account_sid", "account_sid", form.account_sid, hint="AC…"),
        _text("sms_auth_token", "auth_token", "", kind="password", hint=token_hint),
        _text("sms_sender", "sender", form.sender, hint="+541152630000"),
        _text("sms_base_url", "base_url", form.base_url, kind="url", hint=say("sms_base_url_hint")),
        _count(
            "sms_minutes",
            "undelivered_minutes",
            form.undelivered_minutes,
            1,
            LONGEST_WAIT,
            "sms_minutes_hint",
        ),
        _count("sms_monthly_cap", "monthly_cap", form.monthly_cap.to_string(), 0, HIGHEST_CAP),
        _count("sms_per_minute", "per_minute", form.per_minute.to_string(), 1, MOST_PER_MINUTE),
        rx.el.p(
            say("sms_used"),
            ": ",
            rx.el.strong(form.used, " / ", form.monthly_cap, custom_attrs={"data-testid": "sms-used"}),
            class_name="faint wide",
        ),
        rx.el.button(say("sms_save"), type="submit"),
        on_submit=Sms.save,
        class_name="fields",
        custom_attrs={"data-testid": "sms-form"},
    )


def _switch() -> rx.Component:
    is_on = Sms.form.is_on
    box = rx.el.input(type="checkbox", name="is_on", default_checked=is_on, key=f"on{is_on}")
    return rx.el.label(box, rx.el.span(say("sms_on")), class_name="switch wide")


def _text(
    key: str, name: str, value: Words, *, kind: Literal["text", "password", "url"] = "text", hint: Words = ""
) -> rx.Component:
    field = rx.el.input(
        name=name,
        type=kind,
        default_value=value,
        key=f"{name}{value}",
        placeholder=hint,
        max_length=200,
        auto_complete="new-password" if kind == "password" else "off",
        spell_check=False,
    )
    return rx.el.label(say(key), field)


def _count(key: str, name: str, value: Words, least: int, most: int, hint: str = "") -> rx.Component:
    field = rx.el.input(
        name=name,
        type="number",
        default_value=value,
        key=f"{name}{value}",
        min=least,
        max=most,
        required=not hint,
        placeholder=say(hint) if hint else "",
    )
    return rx.el.label(say(key), field)


def _callback() -> rx.Component:
    return rx.el.div(
        rx.el.span(say("sms_callback"), class_name="faint"),
        rx.el.code(Sms.form.callback_url, custom_attrs={"data-testid": "sms-callback"}),
        rx.el.button(
            say("sms_copy"),
            type="button",
            on_click=[
                rx.set_clipboard(Sms.form.callback_url),
                rx.toast.success(say("sms_copied"), position="top-center"),
            ],
        ),
        class_name="copyable",
    )


def _test() -> rx.Component:
    return rx.el.form(
        rx.el.label(say("sms_test"), rx.el.input(name="number", type="tel", required=True, max_length=40)),
        rx.el.button(
            rx.cond(Sms.is_testing, say("sms_testing"), say("sms_send_test")),
            type="submit",
            disabled=Sms.is_testing,
        ),
        on_submit=Sms.test,
        class_name="fields sms-test",
        custom_attrs={"data-testid": "sms-test"},
    )
