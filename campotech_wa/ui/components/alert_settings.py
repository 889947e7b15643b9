"""The forms about alerts and panic on the settings page."""

from typing import Literal

import reflex as rx

from campotech_wa.panic_views import ChannelThresholds
from campotech_wa.services.alerts.choosing import RANGES
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.alert_settings import Alerting


def alert_settings() -> rx.Component:
    """Ask where alerts go, and for each number when it stops and when it alerts."""
    return rx.el.section(
        rx.el.h2(say("alerts_settings")),
        rx.el.p(say("alerts_hint"), class_name="faint"),
        _places(),
        rx.cond(Alerting.signing_key != "", _secret()),
        rx.el.h3(say("panic_settings")),
        rx.foreach(Alerting.thresholds, _thresholds),
        class_name="card alerting",
        custom_attrs={"data-testid": "alert-settings"},
    )


def _places() -> rx.Component:
    return rx.el.form(
        _place("alerts_email", "email", "email", Alerting.email),
        _place("alerts_webhook", "webhook_url", "url", Alerting.webhook_url),
        rx.cond(Alerting.lacks_mail, rx.el.p(say("alerts_no_mail"), class_name="faint wide")),
        rx.el.button(say("alerts_save"), type="submit"),
        on_submit=Alerting.send_to,
        class_name="fields",
        custom_attrs={"data-testid": "alert-places"},
    )


def _place(key: str, name: str, kind: Literal["email", "url"], value: str | rx.Var[str]) -> rx.Component:
    field = rx.el.input(name=name, type=kind, default_value=value, key=f"{name}{value}", max_length=500)
    return rx.el.label(say(key), field)


def _secret() -> rx.Component:
    return rx.el.p(
        say("alerts_secret"),
        rx.el.code(Alerting.signing_key, custom_attrs={"data-testid": "signing-key"}),
        class_name="secret",
        role="status",
    )


def _thresholds(chosen: rx.Var[ChannelThresholds]) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="phone_number_id", value=chosen.phone_number_id, read_only=True),
        rx.cond(Alerting.thresholds.length() > 1, rx.el.strong(chosen.name, class_name="wide")),
        *(_threshold(name, chosen) for name in RANGES),
        rx.el.button(say("panic_save"), type="submit"),
        on_submit=Alerting.choose,
        key=chosen.phone_number_id,
        class_name="fields",
        custom_attrs={"data-testid": "thresholds"},
    )


def _threshold(name: str, chosen: rx.Var[ChannelThresholds]) -> rx.Component:
    value = getattr(chosen, name)
    return rx.el.label(
        say(f"panic_{name}"),
        rx.el.input(
            name=name,
            type="number",
            default_value=value.to_string(),
            min=RANGES[name].least,
            max=RANGES[name].most,
            required=True,
        ),
    )
