"""The list of conversations."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.ui.components.browser import ScrollPane
from campotech_wa.ui.components.frame import empty
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.states.inbox import Inbox
from campotech_wa.views import ConversationRow

_MOST_SHOWN = 99

_STANDINGS = {
    "failed": "circle-alert",
    "held": "circle-minus",
    "unconfirmed": "circle-help",
    "cancelled": "ban",
    "queued": "clock",
    "sending": "clock",
}


def listing() -> rx.Component:
    """Show the search and the conversations, newest first."""
    return rx.el.section(
        rx.el.header(
            rx.el.h1(say("inbox")),
            rx.el.p(Desk.organization),
            rx.el.input(
                type="search",
                placeholder=say("search"),
                aria_label=say("search"),
                default_value=Inbox.search,
                on_change=Inbox.look_for.debounce(150),
                custom_attrs={"data-testid": "search"},
            ),
            class_name="list-header",
        ),
        rx.cond(
            Inbox.is_loaded,
            rx.cond(Inbox.is_empty, _nothing(), _rows()),
            _loading(),
        ),
        class_name="list",
    )


def _rows() -> rx.Component:
    return ScrollPane.create(
        rx.foreach(Inbox.rows, _row),
        side="top",
        count=Inbox.rows.length(),
        more=Inbox.has_more,
        on_more=Inbox.load_more,
        testid="conversation-list",
        label=say("inbox"),
        class_name="rows",
    )


def _row(row: rx.Var[ConversationRow]) -> rx.Component:
    return ReactRouterLink.create(
        rx.el.span(row.initials, class_name="avatar", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(
            rx.el.span(
                rx.el.strong(row.name, dir="auto"),
                rx.el.time(row.time),
                class_name="row-top",
            ),
            rx.el.span(
                rx.el.span(
                    rx.match(row.standing, *((kind, _standing(kind)) for kind in _STANDINGS), rx.fragment()),
                    rx.cond(row.is_outbound, say("you"), ""),
                    rx.el.span(row.preview, dir="auto"),
                    class_name="preview",
                ),
                rx.cond(
                    row.unread > 0,
                    rx.el.span(
                        rx.cond(row.unread > _MOST_SHOWN, "99+", row.unread.to_string()),
                        class_name="count",
                        custom_attrs={"data-testid": "unread-badge"},
                    ),
                ),
                class_name="row-bottom",
            ),
            class_name="row-text",
        ),
        to="/conversations/" + row.id.to_string(),
        key=row.id.to_string(),
        class_name="row",
        custom_attrs={
            "data-testid": "conversation-item",
            "data-conversation-id": row.id,
            "data-unread": row.unread > 0,
            "aria-current": rx.cond(Conversation.head.id == row.id, "true", "false"),
        },
    )


def _standing(kind: str) -> rx.Component:
    """Mark a row whose newest message did not simply leave."""
    words = say(f"state_{kind}")
    return rx.el.span(
        rx.icon(_STANDINGS[kind], size=15),
        class_name="row-standing",
        role="img",
        title=words,
        aria_label=words,
        custom_attrs={"data-testid": f"row-{kind}", "data-standing": kind},
    )


def _nothing() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Inbox.is_searching,
            empty(say("no_match"), say("no_match_hint"), "search-x"),
            empty(say("no_conversations"), say("no_conversations_hint"), "message-circle-dashed"),
        ),
        custom_attrs={"data-testid": "conversation-list"},
    )


def _loading() -> rx.Component:
    rows = [rx.el.div(class_name="row skeleton") for _ in range(8)]
    return rx.el.div(*rows, class_name="rows", custom_attrs={"aria-busy": "true"})
