"""One conversation: who it is, what was said, and where to answer."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.ui.components.browser import Composer, Here, ScrollPane, Seen, WindowBadge
from campotech_wa.ui.components.frame import empty
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.conversation import Conversation
from campotech_wa.ui.states.desk import Desk
from campotech_wa.ui.text.english import ENGLISH
from campotech_wa.ui.text.spanish import SPANISH
from campotech_wa.views import Bubble


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
    return Here.create(
        _header(),
        ScrollPane.create(
            rx.foreach(Conversation.bubbles, _bubble),
            side="bottom",
            count=Conversation.bubbles.length(),
            more=Conversation.has_more,
            on_more=Conversation.load_older,
            testid="thread",
            label=Conversation.head.name,
            class_name="bubbles",
            key=Conversation.head.id.to_string(),
        ),
        Seen.create(
            conversation=Conversation.head.id, unread=Conversation.head.unread, on_seen=Conversation.seen
        ),
        _composer(),
        conversation=Conversation.head.id,
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
            rx.el.p(head.number, " · ", head.channel_name),
            class_name="who",
        ),
        WindowBadge.create(
            expires=head.window_expires_at,
            open_words=say("window_open"),
            closed_words=say("window_closed"),
        ),
        class_name="thread-header",
    )


def _bubble(bubble: rx.Var[Bubble]) -> rx.Component:
    return rx.fragment(
        rx.cond(bubble.day != "", rx.el.div(rx.el.span(bubble.day), class_name="day")),
        rx.el.article(
            rx.cond(bubble.kind != "", _other(bubble)),
            rx.cond(bubble.text != "", rx.el.p(bubble.text, dir="auto")),
            rx.el.footer(rx.el.time(bubble.time), rx.cond(bubble.direction == "outbound", _ticks(bubble))),
            rx.cond(bubble.error != "", _failure(bubble)),
            class_name="bubble",
            custom_attrs={
                "data-testid": "message",
                "data-message-id": bubble.id,
                "data-direction": bubble.direction,
                "data-type": bubble.type,
                "data-state": bubble.state,
            },
        ),
        key=bubble.id.to_string(),
    )


def _other(bubble: rx.Var[Bubble]) -> rx.Component:
    return rx.el.div(
        rx.el.strong(bubble.kind),
        rx.cond(bubble.text == "", rx.el.small(say("not_shown"))),
        class_name="other",
    )


def _ticks(bubble: rx.Var[Bubble]) -> rx.Component:
    def tick(icon: str, key: str) -> rx.Component:
        return rx.el.span(
            rx.icon(icon, size=15),
            class_name="tick",
            title=say(key),
            role="img",
            aria_label=say(key),
        )

    ticks = rx.match(
        bubble.state,
        ("queued", tick("clock", "state_queued")),
        ("sent", tick("check", "state_sent")),
        ("delivered", tick("check-check", "state_delivered")),
        ("read", tick("check-check", "state_read")),
        ("played", tick("check-check", "state_played")),
        tick("circle-alert", "state_failed"),
    )
    return rx.fragment(ticks)


def _failure(bubble: rx.Var[Bubble]) -> rx.Component:
    return rx.el.div(
        rx.el.span(bubble.error),
        rx.el.button(
            rx.icon("rotate-cw", size=14), say("retry"), type="button", on_click=Conversation.retry(bubble.id)
        ),
        class_name="failure",
        role="alert",
    )


def _composer() -> rx.Component:
    return Composer.create(
        owner=Desk.owner,
        conversation=Conversation.head.id,
        expires=Conversation.head.window_expires_at,
        ever_wrote=Conversation.head.window_expires_at != "",
        accepted=Conversation.accepted,
        refused=Conversation.refused,
        entered=Conversation.entered,
        words=rx.cond(Desk.english, _words(ENGLISH), _words(SPANISH)),
        on_send=Conversation.send.temporal,
    )


def _words(all_words: dict[str, str]) -> rx.Var[dict[str, object]]:
    keys = ("compose", "send", "sending", "discard", "edit")
    reasons = ("window_closed", "too_long", "empty")
    return rx.Var.create(
        {
            **{key: all_words[key] for key in keys},
            "closed": all_words["window_closed_hint"],
            "never": all_words["window_never"],
            "refused": {key: all_words[f"refused_{key}"] for key in reasons}
            | {"gone": all_words["gone"], "other": all_words["refused"]},
        }
    )
