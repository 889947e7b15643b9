"""The login page. The browser itself posts the form: the password never passes through a state."""

from typing import Literal

import reflex as rx

from campotech_wa.ui.components.browser import NativeForm
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.desk import Login


def login() -> rx.Component:
    """Ask for e-mail and password."""
    return rx.el.main(
        NativeForm.create(
            rx.el.img(src="/mark.svg", alt="", width=56, height=56),
            rx.el.h1("CampoTech WA"),
            rx.el.p(say("tagline")),
            rx.match(
                Login.error,
                ("credentials", _error("error_credentials")),
                ("throttled", _error("error_throttled")),
                rx.fragment(),
            ),
            _field("email", "email", "username", "login-email"),
            _field("password", "password", "current-password", "login-password"),
            rx.el.button(
                say("log_in"),
                type="submit",
                class_name="primary",
                custom_attrs={"data-testid": "login-submit"},
            ),
            action="/auth/login",
            method="post",
            class_name="card login",
        ),
        class_name="login-page",
    )


def _error(key: str) -> rx.Component:
    return rx.el.p(say(key), class_name="error", role="alert")


def _field(name: str, kind: Literal["email", "password"], autocomplete: str, testid: str) -> rx.Component:
    return rx.el.label(
        say(name),
        rx.el.input(
            type=kind,
            name=name,
            auto_complete=autocomplete,
            required=True,
            custom_attrs={"data-testid": testid},
        ),
    )
