"""A quiet line below the head of a thread: who may be the same person, and who has been made one."""

import reflex as rx

from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.identity import Identity
from campotech_wa.views import Namesake


def identity() -> rx.Component:
    """Show a line for everybody who may be the same person, and one for the last merge."""
    return rx.cond(
        Identity.conversation == Conversation.head.id,
        rx.fragment(
            rx.foreach(Identity.duplicates, _duplicate),
            rx.foreach(Identity.merged, _merged),
        ),
    )


def _duplicate(who: rx.Var[Namesake]) -> rx.Component:
    return _line(who, "possible_duplicate", "merge", Identity.merge(who.key), "duplicate")


def _merged(who: rx.Var[Namesake]) -> rx.Component:
    return _line(who, "merged_with", "undo", Identity.undo(who.key), "merged")


def _line(
    who: rx.Var[Namesake], words: str, deed: str, on_click: rx.event.EventCallback[()], kind: str
) -> rx.Component:
    return rx.el.p(
        say(words),
        " ",
        rx.el.strong(who.name, dir="auto"),
        rx.cond((who.number != "") & (who.number != who.name), " · " + who.number, ""),
        rx.el.button(say(deed), type="button", on_click=on_click),
        class_name="identity",
        key=who.key.to_string(),
        custom_attrs={"data-identity": kind},
    )
