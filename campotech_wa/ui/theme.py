"""The look in one place: the style sheet with the design tokens, and what the browser is told of the page."""

import reflex as rx

STYLESHEETS = [
    "/desk.css",
    "/bubbles.css",
    "/composer.css",
    "/settings.css",
    "/queue.css",
    "/alarms.css",
    "/sms.css",
]

HEAD: list[rx.Component] = [
    rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
    rx.el.meta(name="theme-color", content="#f4f6f6", media="(prefers-color-scheme: light)"),
    rx.el.meta(name="theme-color", content="#0e1514", media="(prefers-color-scheme: dark)"),
    rx.el.meta(name="robots", content="noindex"),
    rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
]
