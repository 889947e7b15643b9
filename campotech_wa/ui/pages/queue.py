"""The queue page, for admins: each number's outbox, the messages in it, and what of Meta's was not understood."""

import reflex as rx

from campotech_wa.panic_views import AlertLine
from campotech_wa.ui.components.browser import ServerClock
from campotech_wa.ui.components.frame import empty, frame
from campotech_wa.ui.components.queue import channel_card
from campotech_wa.ui.components.queued import queued
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.alarms import Alarms
from campotech_wa.ui.states.queue import Queue
from campotech_wa.views import DeadLetter


def queue() -> rx.Component:
    """Show the queue, or say who may see it."""
    return frame(
        rx.el.main(
            rx.cond(
                Queue.is_known,
                rx.cond(
                    Queue.is_admin,
                    _whole(),
                    empty(say("admins_only"), say("admins_only_hint"), "lock"),
                ),
            ),
            class_name="settings queue-page",
            custom_attrs={"data-testid": "queue-page"},
        ),
        place="queue",
    )


def _whole() -> rx.Component:
    return rx.fragment(
        ServerClock.create(now=Queue.now),
        rx.el.header(rx.el.h1(say("queue")), rx.el.p(say("queue_hint"), class_name="faint")),
        rx.cond(Alarms.has_other_alerts, _alerts()),
        rx.foreach(Queue.channels, channel_card),
        queued(),
        _dead_letters(),
    )


def _alerts() -> rx.Component:
    return rx.el.ul(
        rx.foreach(Alarms.other_alerts, _alert),
        class_name="queue-alerts",
        aria_label=say("queue_alerts"),
        custom_attrs={"data-testid": "queue-alerts"},
    )


def _alert(alert: rx.Var[AlertLine]) -> rx.Component:
    return rx.el.li(
        rx.icon("triangle-alert", size=17),
        rx.el.span(rx.el.strong(alert.headline), " ", alert.body),
        rx.el.small(alert.channel, " · ", alert.since),
        key=alert.id.to_string(),
        class_name="strip",
        custom_attrs={"data-tone": "warn"},
    )


def _dead_letters() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("dead_letters")),
        rx.cond(
            Queue.has_dead,
            rx.el.ul(rx.foreach(Queue.dead, _dead_letter), class_name="letters"),
            rx.el.p(say("queue_dead_none"), class_name="faint"),
        ),
        class_name="card",
    )


def _dead_letter(letter: rx.Var[DeadLetter]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(letter.channel_name),
            rx.el.small(letter.received, " · ", say("attempts"), " ", letter.attempts, " · ", letter.error),
        ),
        rx.el.button(say("replay"), type="button", on_click=Queue.replay(letter.id)),
        key=letter.id.to_string(),
        custom_attrs={"data-testid": "dead-letter", "data-event-id": letter.id},
    )
