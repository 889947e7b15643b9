"""The list of messages on the queue page: which kind is shown, and each message with what can be done about it."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from campotech_wa.queue_views import QueuedMessage
from campotech_wa.ui.components.browser import Ago, Sure, Until
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.queue import Queue

_COUNTED = ("waiting", "scheduled", "unconfirmed", "held")
_KINDS = (*_COUNTED, "failed")


def queued() -> rx.Component:
    """Show the messages of one kind."""
    return rx.el.section(
        rx.el.h2(say("queue_messages")),
        rx.el.div(*(_tab(kind) for kind in _KINDS), class_name="tabs", role="group"),
        rx.cond(
            Queue.is_empty,
            rx.el.p(
                rx.match(Queue.shown, *((kind, say(f"queue_list_{kind}")) for kind in _KINDS), ""),
                class_name="faint",
            ),
            rx.el.ul(rx.foreach(Queue.messages, _message), class_name="queued"),
        ),
        rx.cond(Queue.has_more, rx.el.p(say("queue_more"), class_name="faint")),
        rx.cond((Queue.shown == "failed") & ~Queue.is_empty, _retry_all()),
        class_name="card",
        custom_attrs={"data-testid": "queue-messages"},
    )


def _tab(kind: str) -> rx.Component:
    count = rx.el.span(Queue.counts[kind], class_name="count") if kind in _COUNTED else rx.fragment()
    return rx.el.button(
        say(f"queue_{kind}"),
        count,
        type="button",
        on_click=Queue.show(kind),
        custom_attrs={"aria-pressed": Queue.shown == kind, "data-shown": kind},
    )


def _retry_all() -> rx.Component:
    return rx.el.div(
        Sure.create(
            label=say("queue_retry_all"),
            ask=say("queue_retry_all_ask"),
            yes=say("queue_retry_all_yes"),
            no=say("queue_cancel_no"),
            name="retry-all",
            on_sure=Queue.retry_all,
        ),
        class_name="deeds",
    )


def _message(message: rx.Var[QueuedMessage]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            ReactRouterLink.create(
                rx.el.strong(message.customer, dir="auto"),
                to="/conversations/" + message.conversation_id.to_string(),
            ),
            rx.el.small(message.kind),
            Ago.create(since=message.since, says=say("queue_since")),
            class_name="queued-top",
        ),
        rx.el.p(message.line, dir="auto", class_name="queued-line"),
        rx.cond(message.reason != "", rx.el.p(message.reason, class_name="queued-reason")),
        rx.cond(message.due != "", Until.create(at=message.due, says=message.due_says)),
        rx.el.div(
            rx.cond(message.can_retry, rx.cond(message.is_risky, _risky(message), _retry(message))),
            rx.cond(message.can_cancel, _cancel(message)),
            class_name="deeds",
        ),
        key=message.id.to_string(),
        custom_attrs={"data-testid": "queued-message", "data-message-id": message.id},
    )


def _retry(message: rx.Var[QueuedMessage]) -> rx.Component:
    return rx.el.button(
        say("queue_retry"),
        type="button",
        on_click=Queue.retry(message.id),
        custom_attrs={"data-deed": "retry"},
    )


def _risky(message: rx.Var[QueuedMessage]) -> rx.Component:
    return Sure.create(
        label=say("queue_retry"),
        ask=say("queue_retry_risk"),
        yes=say("queue_retry_yes"),
        no=say("queue_cancel_no"),
        name="retry",
        on_sure=Queue.retry(message.id),
    )


def _cancel(message: rx.Var[QueuedMessage]) -> rx.Component:
    return rx.el.button(
        say("queue_cancel"),
        type="button",
        on_click=Queue.cancel(message.id),
        custom_attrs={"data-deed": "cancel"},
    )
