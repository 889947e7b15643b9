"""Compose the web process: the app, its routes, its lifespan tasks and its pages."""

import reflex as rx


def index() -> rx.Component:
    return rx.el.div("CampoTech WA")


app = rx.App()
app.add_page(index, route="/")
