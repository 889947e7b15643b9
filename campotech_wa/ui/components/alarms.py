"""The banner of a number that stands still, and the bell with what else admins should know."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.panic_views import AlertLine, PanicBanner
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.alarms import Alarms
from campotech_wa.ui.states.desk import Desk


def banners() -> rx.Component:
    """Show a banner for each number that stands still, above whatever page is open."""
    return rx.el.div(
        rx.foreach(Alarms.banners, _banner), class_name="banners", role="status", aria_live="polite"
    )


def bell() -> rx.Component:
    """Show admins how many alerts there are, and which once they ask; nothing while there are none."""
    return rx.cond(
        Desk.is_admin & (Alarms.alert_count > 0),
        rx.el.details(
            rx.el.summary(
                rx.icon("bell", size=22),
                rx.el.span(say("alerts"), class_name="label"),
                rx.el.span(Alarms.alert_count, class_name="count"),
                class_name="rail-link",
                title=say("alerts"),
                custom_attrs={"data-testid": "bell"},
            ),
            rx.el.div(
                rx.el.h2(say("alerts")),
                rx.el.ul(rx.foreach(Alarms.alerts, _alert)),
                class_name="alerts",
                custom_attrs={"data-testid": "alerts"},
            ),
            class_name="bell",
        ),
    )


def _banner(banner: rx.Var[PanicBanner]) -> rx.Component:
    return rx.el.section(
        rx.cond(
            banner.phase == "probing",
            rx.icon("activity", size=20),
            rx.icon("octagon-alert", size=20),
        ),
        rx.el.div(
            rx.el.p(rx.el.strong(banner.title), " ", banner.why, dir="auto"),
            rx.el.p(banner.works, " ", banner.outlook, class_name="rest"),
        ),
        rx.cond(
            Desk.is_admin,
            ReactRouterLink.create(say("panic_look"), to="/queue", class_name="look"),
        ),
        class_name="banner",
        custom_attrs={
            "data-testid": "panic-banner",
            "data-tone": banner.tone,
            "data-reason": banner.reason,
            "data-phase": banner.phase,
            "data-phone-number-id": banner.phone_number_id,
        },
    )


def _alert(alert: rx.Var[AlertLine]) -> rx.Component:
    return rx.el.li(
        ReactRouterLink.create(
            rx.el.strong(alert.headline),
            rx.el.span(alert.body, dir="auto"),
            rx.el.small(alert.channel, " · ", alert.since),
            to=alert.href,
        ),
        key=alert.id.to_string(),
        custom_attrs={"data-testid": "alert", "data-kind": alert.kind},
    )
