"""Settings: the own account; for admins, the numbers, Meta's notices and what of Meta's could not be processed."""

import reflex as rx

from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.ui.components.account import notice, number_card
from campotech_wa.ui.components.alert_settings import alert_settings
from campotech_wa.ui.components.browser import NativeForm
from campotech_wa.ui.components.frame import frame
from campotech_wa.ui.components.say import say
from campotech_wa.ui.components.sms import sms_settings
from campotech_wa.ui.states.settings import FOR_EVER, Settings
from campotech_wa.views import DeadLetter


def settings() -> rx.Component:
    """Show the account, then what only admins have."""
    return frame(
        rx.el.main(
            rx.el.h1(say("settings")),
            _account(),
            rx.cond(Settings.is_admin, _for_admins()),
            class_name="settings",
        ),
        place="settings",
    )


def _for_admins() -> rx.Component:
    return rx.fragment(_numbers(), _notices(), alert_settings(), sms_settings(), _files(), _dead_letters())


def _account() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("account")),
        rx.el.p(
            rx.el.strong(Settings.person),
            " · ",
            Settings.organization,
            " · ",
            rx.cond(Settings.is_admin, say("admin"), say("agent")),
        ),
        rx.el.div(
            _post("/auth/locale", "Español", locale=SPANISH),
            _post("/auth/locale", "English", locale=ENGLISH),
            class_name="buttons",
            role="group",
            aria_label=say("language"),
        ),
        rx.el.div(
            _post("/auth/logout", say("log_out")),
            _post("/auth/logout-everywhere", say("log_out_everywhere")),
            class_name="buttons",
        ),
        class_name="card",
    )


def _post(action: str, label: str | rx.Var[str], *, locale: str = "") -> rx.Component:
    chosen = {"aria-pressed": Settings.locale == locale} if locale else {}
    return NativeForm.create(
        rx.el.input(type="hidden", name="locale", value=locale, read_only=True) if locale else rx.fragment(),
        rx.el.button(label, type="submit", custom_attrs=chosen),
        action=action,
        method="post",
    )


def _numbers() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("channels")), rx.foreach(Settings.cards, number_card), class_name="numbers"
    )


def _notices() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("notices")),
        rx.cond(
            Settings.has_notices,
            rx.el.ul(rx.foreach(Settings.notices, notice), class_name="notices"),
            rx.el.p(say("no_notices"), class_name="faint"),
        ),
        class_name="card",
        custom_attrs={"data-testid": "notices"},
    )


def _files() -> rx.Component:
    choices = [rx.el.option(say("files_for_ever"), value=FOR_EVER)]
    choices += [rx.el.option(say(f"files_{days}"), value=str(days)) for days in (30, 90, 180, 365, 730)]
    return rx.el.section(
        rx.el.h2(say("files")),
        rx.el.p(say("files_hint"), class_name="faint"),
        rx.el.label(
            say("files_kept"),
            rx.el.select(*choices, value=Settings.kept_days, on_change=Settings.keep_files),
        ),
        class_name="card",
        custom_attrs={"data-testid": "files"},
    )


def _dead_letters() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("dead_letters")),
        rx.cond(
            Settings.has_dead,
            rx.fragment(
                rx.el.p(say("dead_letters_hint")),
                rx.el.ul(rx.foreach(Settings.dead, _dead_letter), class_name="letters"),
            ),
            rx.el.p(say("no_dead_letters")),
        ),
        class_name="card",
        custom_attrs={"data-testid": "dead-letters"},
    )


def _dead_letter(letter: rx.Var[DeadLetter]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(letter.channel_name),
            rx.el.small(letter.received, " · ", say("attempts"), " ", letter.attempts, " · ", letter.error),
        ),
        rx.el.button(say("replay"), type="button", on_click=Settings.replay(letter.id)),
        custom_attrs={"data-testid": "dead-letter", "data-event-id": letter.id},
    )
