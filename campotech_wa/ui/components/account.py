"""A number's card: how it stands at Meta, the profile that customers see, its short links."""

from typing import Literal

import reflex as rx

from campotech_wa.account_views import AccountCard, Fact, LinkView, Notice, Obstacle, ProfileView
from campotech_wa.services.account.links import LONGEST_WORDS
from campotech_wa.services.account.profile import LONGEST, LONGEST_WEBSITE, VERTICALS
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.settings import Settings

_FACTS = ("status", "name", "quality", "limit", "throughput", "phone_app", "pin", "webhook", "token")


def number_card(card: rx.Var[AccountCard]) -> rx.Component:
    """Show one number."""
    return rx.el.article(
        _head(card),
        rx.cond(card.checked == "", rx.el.p(say("never_checked"), class_name="faint")),
        rx.el.ul(rx.foreach(card.faults, _fault), class_name="faults"),
        rx.el.ul(rx.foreach(card.obstacles, _obstacle), class_name="obstacles"),
        rx.el.dl(rx.foreach(card.facts, _fact), class_name="facts"),
        rx.cond(card.can_subscribe, _connect(card)),
        _profile(card),
        _links(card),
        _pin(card),
        _technical(card),
        class_name="card number",
        custom_attrs={"data-testid": "number", "data-tone": card.tone},
    )


def notice(told: rx.Var[Notice]) -> rx.Component:
    """Show a piece of Meta's news."""
    return rx.el.li(
        rx.el.span(class_name="dot"),
        rx.el.div(rx.el.p(told.sentence), rx.el.small(told.time, " · ", told.channel)),
        custom_attrs={"data-testid": "notice", "data-tone": told.tone},
    )


def _head(card: rx.Var[AccountCard]) -> rx.Component:
    is_busy = Settings.checking == card.phone_number_id
    return rx.el.header(
        rx.el.div(rx.el.h3(card.name), rx.el.p(card.number), class_name="whose"),
        rx.el.span(
            card.verdict,
            class_name="verdict",
            custom_attrs={"data-testid": "verdict", "data-tone": card.tone},
        ),
        rx.el.div(
            rx.cond(card.checked != "", rx.el.small(say("checked"), ": ", card.checked)),
            rx.el.button(
                rx.cond(is_busy, say("checking"), say("check_now")),
                type="button",
                disabled=is_busy,
                on_click=Settings.check(card.phone_number_id),
                custom_attrs={"data-testid": "check-now"},
            ),
            class_name="check",
        ),
    )


def _fault(sentence: rx.Var[str]) -> rx.Component:
    return rx.el.li(sentence, custom_attrs={"data-tone": "warn"})


def _obstacle(obstacle: rx.Var[Obstacle]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(obstacle.who, ": ", obstacle.state),
        rx.foreach(obstacle.reasons, rx.el.p),
        custom_attrs={"data-tone": obstacle.tone, "data-testid": "obstacle"},
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(rx.match(fact.key, *((key, say(f"fact_{key}")) for key in _FACTS), fact.key)),
        rx.el.dd(rx.el.span(class_name="dot"), fact.value),
        rx.cond(fact.hint != "", rx.el.dd(fact.hint, class_name="hint")),
        custom_attrs={"data-tone": fact.tone, "data-fact": fact.key},
    )


def _connect(card: rx.Var[AccountCard]) -> rx.Component:
    return rx.el.button(
        say("connect_messages"),
        type="button",
        class_name="primary",
        on_click=Settings.connect(card.phone_number_id),
        custom_attrs={"data-testid": "connect-messages"},
    )


def _profile(card: rx.Var[AccountCard]) -> rx.Component:
    shown: rx.Var[ProfileView] = card.profile
    return rx.el.details(
        rx.el.summary(say("profile")),
        rx.el.form(
            _whose(card),
            _text("about", shown.about, LONGEST["about"]),
            _text("email", shown.email, LONGEST["email"], kind="email"),
            _long("description", shown.description, LONGEST["description"]),
            _text("address", shown.address, LONGEST["address"]),
            _vertical(shown.vertical),
            _text("website_1", shown.website_1, LONGEST_WEBSITE, kind="url"),
            _text("website_2", shown.website_2, LONGEST_WEBSITE, kind="url"),
            rx.el.button(say("profile_save"), type="submit", class_name="primary"),
            on_submit=Settings.save_profile,
            class_name="fields",
            custom_attrs={"data-testid": "profile"},
        ),
    )


def _whose(card: rx.Var[AccountCard]) -> rx.Component:
    return rx.el.input(type="hidden", name="phone_number_id", value=card.phone_number_id, read_only=True)


def _text(
    name: str, value: rx.Var[str], longest: int, *, kind: Literal["text", "email", "url"] = "text"
) -> rx.Component:
    return rx.el.label(
        say(f"profile_{name}"),
        rx.el.input(name=name, type=kind, default_value=value, max_length=longest),
    )


def _long(name: str, value: rx.Var[str], longest: int) -> rx.Component:
    return rx.el.label(
        say(f"profile_{name}"),
        rx.el.textarea(name=name, default_value=value, max_length=longest, rows="3"),
        class_name="wide",
    )


def _vertical(value: rx.Var[str]) -> rx.Component:
    choices = [rx.el.option(say(f"vertical_{name}"), value=name) for name in ("", *VERTICALS)]
    return rx.el.label(say("profile_vertical"), rx.el.select(*choices, name="vertical", default_value=value))


def _links(card: rx.Var[AccountCard]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(say("links")),
        rx.el.p(say("links_hint"), class_name="faint"),
        rx.cond(
            card.links.length() > 0,
            rx.el.ul(rx.foreach(card.links, lambda link: _link(card, link)), class_name="links"),
            rx.el.p(say("no_links"), class_name="faint"),
        ),
        rx.el.form(
            _whose(card),
            rx.el.label(
                say("link_words"),
                rx.el.input(
                    name="prefilled_message",
                    placeholder=say("link_words_example"),
                    required=True,
                    max_length=LONGEST_WORDS,
                ),
                class_name="wide",
            ),
            rx.el.button(say("link_create"), type="submit"),
            on_submit=Settings.create_link,
            reset_on_submit=True,
            class_name="fields",
            custom_attrs={"data-testid": "new-link"},
        ),
    )


def _link(card: rx.Var[AccountCard], link: rx.Var[LinkView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.strong(link.words, dir="auto"), rx.el.code(link.url)),
        rx.cond(
            link.qr_url != "",
            rx.el.a(say("link_qr"), href=link.qr_url, target="_blank", rel="noopener noreferrer"),
        ),
        rx.el.button(
            say("link_delete"),
            type="button",
            on_click=Settings.delete_link(card.phone_number_id, link.code),
        ),
        key=link.code,
        custom_attrs={"data-testid": "link"},
    )


def _pin(card: rx.Var[AccountCard]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(say("pin")),
        rx.el.p(say("pin_hint"), class_name="faint"),
        rx.el.form(
            _whose(card),
            rx.el.label(
                say("pin_new"),
                rx.el.input(
                    name="pin",
                    input_mode="numeric",
                    pattern="[0-9]{6}",
                    max_length=6,
                    required=True,
                    auto_complete="off",
                ),
            ),
            rx.el.button(say("pin_save"), type="submit"),
            on_submit=Settings.save_pin,
            reset_on_submit=True,
            class_name="fields",
            custom_attrs={"data-testid": "pin"},
        ),
    )


def _technical(card: rx.Var[AccountCard]) -> rx.Component:
    return rx.el.dl(
        rx.el.dt("phone_number_id"),
        rx.el.dd(rx.el.code(card.phone_number_id)),
        rx.el.dt("waba_id"),
        rx.el.dd(rx.el.code(card.waba_id)),
        rx.el.dt(say("callback_url")),
        rx.el.dd(rx.el.code(card.callback_url)),
        class_name="technical",
        aria_label=say("technical"),
    )
