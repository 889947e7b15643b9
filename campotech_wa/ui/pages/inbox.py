"""The inbox: the list, and beside it the open conversation."""

import reflex as rx

from campotech_wa.ui.components.frame import frame
from campotech_wa.ui.components.listing import listing
from campotech_wa.ui.components.thread import nothing_open, thread


def inbox() -> rx.Component:
    """Show the list alone."""
    return frame(listing(), nothing_open(), place="inbox", pane="list")


def conversation() -> rx.Component:
    """Show the list and one conversation; a phone shows the conversation alone."""
    return frame(listing(), thread(), place="inbox", pane="thread")
