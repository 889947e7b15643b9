"""Short notices over the page: a key of the texts or an error goes in, the event that shows it comes out."""

import reflex as rx

from campotech_wa.domain.locale import ENGLISH
from campotech_wa.ui.text import english, spanish


def done(key: str, *, locale: str, **values: int) -> rx.event.EventSpec:
    """Say that something is done."""
    words = english.ENGLISH if locale == ENGLISH else spanish.SPANISH
    return rx.toast.success(words[key].format(**values), position="top-center")


def failed(sentence: str) -> rx.event.EventSpec:
    """Say why something is not."""
    return rx.toast.error(sentence, position="top-center")
