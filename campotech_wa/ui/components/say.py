"""Words on the page, in the language of whoever looks at it."""

import reflex as rx

from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.text import words


def say(key: str) -> rx.Var[str]:
    """Return the words of a key."""
    return words(key, english=Desk.english)
