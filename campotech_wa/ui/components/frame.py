"""The frame around every page behind the login: where one can go, and what is shown there."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.ui.components.alarms import banners, bell
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.states.inbox import Inbox


def frame(*content: rx.Component, place: str, pane: str = "list") -> rx.Component:
    """Put the rail beside a page. ``pane`` is what a phone shows, which has room for one."""
    return rx.el.div(
        banners(),
        rx.el.div(
            rail(place),
            *content,
            class_name="frame",
            custom_attrs={"data-place": place, "data-pane": pane},
        ),
        class_name="desk",
    )


def rail(place: str) -> rx.Component:
    """Show where one can go."""
    return rx.el.nav(
        rx.el.img(src="/mark.svg", alt="CampoTech WA", class_name="mark", width=32, height=32),
        _link("/", "message-circle", "inbox", place, badge=Inbox.unread_conversations),
        rx.cond(Desk.is_admin, _link("/queue", "list-ordered", "queue", place)),
        _link("/settings", "settings", "settings", place),
        bell(),
        class_name="rail",
        aria_label="CampoTech WA",
    )


def _link(href: str, icon: str, key: str, place: str, *, badge: Any = None) -> rx.Component:
    here = key == place
    count = (
        rx.cond(badge > 0, rx.el.span(badge, class_name="count"), rx.fragment())
        if badge is not None
        else rx.fragment()
    )
    return ReactRouterLink.create(
        rx.icon(icon, size=22),
        rx.el.span(say(f"rail_{key}"), class_name="label"),
        count,
        to=href,
        class_name="rail-link",
        title=say(key),
        custom_attrs={"aria-current": "page"} if here else {},
    )


def empty(title: rx.Var[str], hint: rx.Var[str], icon: str) -> rx.Component:
    """Say that there is nothing, and what to expect or to do."""
    return rx.el.div(
        rx.icon(icon, size=40, stroke_width=1.5),
        rx.el.h2(title),
        rx.el.p(hint),
        class_name="empty",
    )
