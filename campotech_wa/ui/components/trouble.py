"""What a person sees when the connection is lost, or when a page breaks: one calm sentence, in their language."""

from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from campotech_wa.ui.components.say import say
from campotech_wa.ui.text.english import ENGLISH
from campotech_wa.ui.text.spanish import SPANISH


def connection_lost() -> rx.Component:
    """Say that the connection is being restored; what was written is kept meanwhile."""
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            rx.icon("cloud-off", size=16), rx.el.span(say("offline")), class_name="offline", role="status"
        ),
    )


def wraps() -> dict[tuple[int, str], Any]:
    """Return what stands around every page, in place of Reflex's own English overlays."""
    return {
        (55, "ErrorBoundary"): lambda _: ErrorBoundary.create(fallback_render=_broken()),
        (5, "Overlay"): lambda stateful: connection_lost() if stateful else None,
    }


def _broken() -> rx.Component:
    """Say that the page broke, in both languages: the state that knows the language may be what broke."""
    return rx.el.main(
        rx.el.div(
            rx.el.h1(SPANISH["broken"]),
            rx.el.p(f"{SPANISH['broken_hint']} · {ENGLISH['broken_hint']}"),
            rx.el.a(f"{SPANISH['reload']} · {ENGLISH['reload']}", href="/", class_name="primary"),
            class_name="card login",
        ),
        class_name="login-page",
    )
