"""One conversation: who it is, what was said, and where to answer."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.ui.components.browser import Here, Seen, Talk, WindowBadge
from campotech_wa.ui.components.frame import empty
from campotech_wa.ui.components.identity import identity
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.text import talk


def thread() -> rx.Component:
    """Show the open conversation, or say that there is none."""
    return rx.el.section(
        rx.cond(
            Conversation.is_open,
            rx.fragment(
                _open(),
                Here.create(_way_back(), conversation=Conversation.head.id, elsewhere=True),
            ),
            rx.fragment(
                _way_back(),
                rx.cond(
                    Conversation.is_missing,
                    empty(say("not_found"), say("not_found_hint"), "circle-help"),
                    rx.fragment(),
                ),
            ),
        ),
        class_name="thread",
    )


def nothing_open() -> rx.Component:
    """Invite to pick a conversation."""
    return rx.el.section(empty(say("pick"), say("pick_hint"), "messages-square"), class_name="thread")


def _open() -> rx.Component:
    head = Conversation.head
    return Here.create(
        _header(),
        identity(),
        Talk.create(
            owner=Desk.owner,
            conversation=head.id,
            name=head.name,
            expires=head.window_expires_at,
            bubbles=Conversation.bubbles,
            more=Conversation.has_more,
            accepted=Conversation.accepted,
            refused=Conversation.refused,
            entered=Conversation.entered,
            hint=Conversation.hint,
            words=rx.cond(
                Desk.english, rx.Var.create(talk.words(ENGLISH)), rx.Var.create(talk.words(SPANISH))
            ),
            on_send=Conversation.send.temporal,
            on_more=Conversation.load_older,
            on_retry=Conversation.retry,
            on_cancel=Conversation.cancel,
            on_change_message=Conversation.change,
            on_send_now=Conversation.send_now,
            on_fetch=Conversation.fetch,
            on_typing=Conversation.typing.temporal,
        ),
        Seen.create(conversation=head.id, unread=head.unread, on_seen=Conversation.seen),
        conversation=head.id,
    )


def _way_back() -> rx.Component:
    """Lead a phone back to the list while there is nothing to show: it has no other way."""
    return rx.el.header(_back(), class_name="thread-header bare")


def _back() -> rx.Component:
    return ReactRouterLink.create(
        rx.icon("arrow-left", size=22), to="/", class_name="back", aria_label=say("back")
    )


def _header() -> rx.Component:
    head = Conversation.head
    return rx.el.header(
        _back(),
        rx.el.span(head.initials, class_name="avatar", custom_attrs={"aria-hidden": "true"}),
        rx.el.div(
            rx.el.h2(head.name, dir="auto"),
            rx.el.p(rx.cond(head.number != "", head.number + " · ", ""), head.channel_name),
            class_name="who",
        ),
        WindowBadge.create(
            expires=head.window_expires_at,
            open_words=say("window_open"),
            closed_words=say("window_closed"),
        ),
        class_name="thread-header",
    )
