"""The words of the pages, in both languages."""

import reflex as rx

from campotech_wa.ui.text.english import ENGLISH
from campotech_wa.ui.text.spanish import SPANISH


def words(key: str, *, english: rx.Var[bool]) -> rx.Var[str]:
    """Return the words of a key in the language of the page; both are compiled in, so switching needs no build."""
    return rx.cond(english, ENGLISH[key], SPANISH[key])
