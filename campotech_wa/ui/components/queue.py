"""One number's card on the queue page: what waits, how fast it leaves, what has stopped, and what can be done."""

import reflex as rx

from campotech_wa.queue_views import ChannelQueue, Figure, PanicLine, Rate, WaitingLine
from campotech_wa.ui.components.browser import Ago, Meter, Spark, Sure, Until
from campotech_wa.ui.components.say import say
from campotech_wa.ui.states.queue import Queue

_LONGEST_NOTE = 500


def channel_card(card: rx.Var[ChannelQueue]) -> rx.Component:
    """Show one number."""
    return rx.el.article(
        _head(card),
        rx.cond(card.is_panic, _resolve_form(card)),
        rx.el.div(_waiting_total(card), _rate(card), _failing(card), class_name="tiles"),
        rx.cond(card.rate.slowed != "", _slowed(card.rate)),
        _lines(card),
        rx.el.dl(rx.foreach(card.figures, _figure), class_name="figures"),
        Spark.create(
            minutes=card.rate.minutes,
            limit=card.rate.limit,
            label=say("queue_half_hour"),
            peak=say("queue_peak"),
        ),
        _pace(card),
        rx.cond(card.is_panic, rx.fragment(), _stop_form(card)),
        _history(card),
        class_name="card queue-card",
        key=card.channel_id.to_string(),
        custom_attrs={"data-testid": "queue-channel", "data-tone": card.tone, "data-paused": card.paused},
    )


def _head(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.header(
        rx.el.div(rx.el.h2(card.name), rx.el.p(card.number), class_name="whose"),
        rx.el.span(card.verdict, class_name="verdict", custom_attrs={"data-testid": "queue-verdict"}),
        rx.el.div(
            rx.cond(card.paused_by != "", rx.el.small(card.paused_by)),
            rx.cond(card.paused == "", _pause(card, "business"), rx.fragment()),
            rx.cond(card.paused != "all", _pause(card, "all"), rx.fragment()),
            rx.cond(
                card.paused != "",
                rx.el.button(
                    say("queue_resume"),
                    type="button",
                    class_name="primary",
                    on_click=Queue.resume(card.channel_id),
                    custom_attrs={"data-deed": "resume"},
                ),
            ),
            class_name="deeds",
        ),
    )


def _pause(card: rx.Var[ChannelQueue], extent: str) -> rx.Component:
    return rx.el.button(
        rx.icon("pause", size=15),
        say(f"queue_pause_{extent}"),
        type="button",
        on_click=Queue.pause(card.channel_id, extent),
        custom_attrs={"data-deed": f"pause-{extent}"},
    )


def _waiting_total(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(say("queue_waiting")),
        rx.el.p(card.waiting_total, class_name="big", custom_attrs={"data-testid": "queue-waiting"}),
        rx.cond(
            card.oldest != "",
            Ago.create(since=card.oldest, says=say("queue_oldest")),
            rx.el.small(say("queue_nothing_waits")),
        ),
    )


def _rate(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(say("queue_rate")),
        Meter.create(seconds=card.rate.seconds, limit=card.rate.limit, says=say("queue_of_limit")),
        rx.cond(
            card.rate.kept != "", rx.el.small(card.rate.kept, custom_attrs={"data-testid": "queue-kept"})
        ),
    )


def _failing(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(say("queue_failing")),
        rx.el.p(
            rx.cond(card.failing != "", card.failing, "—"),
            class_name="big",
            custom_attrs={"data-tone": card.failing_tone, "data-testid": "queue-failing"},
        ),
        rx.el.small(card.failing_note),
    )


def _slowed(rate: rx.Var[Rate]) -> rx.Component:
    return rx.el.p(
        rate.slowed,
        " ",
        rx.cond(
            rate.slowed_until != "",
            Until.create(at=rate.slowed_until, says=say("queue_again_at")),
        ),
        class_name="strip",
        custom_attrs={"data-tone": "warn", "data-testid": "queue-slowed"},
    )


def _lines(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.ul(rx.foreach(card.waiting, lambda line: _line(card, line)), class_name="lines")


def _line(card: rx.Var[ChannelQueue], line: rx.Var[WaitingLine]) -> rx.Component:
    ask = say("queue_cancel_ask")
    return rx.el.li(
        rx.el.span(line.name),
        rx.el.strong(line.count),
        Ago.create(since=line.since, says=say("queue_oldest")),
        Sure.create(
            label=say("queue_cancel_line"),
            ask=ask.replace("{count}", line.count),
            yes=say("queue_cancel_yes"),
            no=say("queue_cancel_no"),
            name="cancel-all",
            on_sure=Queue.cancel_all(card.channel_id, line.key),
        ),
        key=line.key,
        custom_attrs={"data-testid": "queue-line", "data-line": line.key},
    )


def _figure(figure: rx.Var[Figure]) -> rx.Component:
    kinds = ("scheduled", "sending", "unconfirmed", "held")
    return rx.el.div(
        rx.el.dt(rx.match(figure.key, *((kind, say(f"queue_{kind}")) for kind in kinds), figure.key)),
        rx.el.dd(figure.count),
        rx.cond(figure.note != "", rx.el.dd(figure.note, class_name="hint")),
        custom_attrs={"data-tone": figure.tone, "data-figure": figure.key},
    )


def _pace(card: rx.Var[ChannelQueue]) -> rx.Component:
    rate = card.rate
    hint = (
        say("queue_pace_hint")
        .replace("{shared}", rate.shared_limit.to_string())
        .replace("{ceiling}", rate.ceiling.to_string())
    )
    return rx.el.details(
        rx.el.summary(say("queue_pace")),
        rx.el.p(hint, class_name="faint"),
        rx.el.form(
            rx.el.input(type="hidden", name="channel_id", value=card.channel_id, read_only=True),
            rx.el.label(
                say("queue_pace_field"),
                rx.el.input(
                    name="sends_per_minute",
                    type="number",
                    input_mode="numeric",
                    min=1,
                    max=rate.ceiling,
                    placeholder=rate.shared_limit.to_string(),
                    default_value=rx.cond(rate.own_limit > 0, rate.own_limit.to_string(), ""),
                ),
            ),
            rx.el.button(say("queue_save"), type="submit"),
            on_submit=Queue.save_pace,
            key=rate.own_limit.to_string(),
            class_name="fields",
            custom_attrs={"data-testid": "queue-pace"},
        ),
    )


def _resolve_form(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.form(
        rx.el.p(say("queue_resolve_hint"), class_name="wide"),
        _whose(card),
        _note(),
        rx.el.button(say("queue_resolve"), type="submit", class_name="primary"),
        on_submit=Queue.resolve,
        reset_on_submit=True,
        class_name="fields resolve",
        custom_attrs={"data-testid": "queue-resolve"},
    )


def _stop_form(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(say("queue_stop")),
        rx.el.p(say("queue_stop_hint"), class_name="faint"),
        rx.el.form(
            _whose(card),
            rx.el.select(
                rx.el.option(say("queue_stop_business"), value="business"),
                rx.el.option(say("queue_stop_all"), value="all"),
                name="extent",
                default_value="business",
                aria_label=say("queue_stop"),
            ),
            _note(),
            rx.el.button(say("queue_stop"), type="submit", class_name="alarming"),
            on_submit=Queue.stop,
            reset_on_submit=True,
            class_name="fields",
            custom_attrs={"data-testid": "queue-stop"},
        ),
    )


def _whose(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.input(type="hidden", name="phone_number_id", value=card.phone_number_id, read_only=True)


def _note() -> rx.Component:
    return rx.el.label(
        say("queue_reason"),
        rx.el.input(name="note", required=True, max_length=_LONGEST_NOTE, auto_complete="off"),
    )


def _history(card: rx.Var[ChannelQueue]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(say("queue_history")),
        rx.cond(
            card.panics.length() > 0,
            rx.el.ol(rx.foreach(card.panics, _panic), class_name="panics"),
            rx.el.p(say("queue_no_history"), class_name="faint"),
        ),
        custom_attrs={"data-testid": "queue-history"},
    )


def _panic(panic: rx.Var[PanicLine]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(panic.title),
        rx.cond(panic.cause != "", rx.el.p(panic.cause)),
        rx.cond(panic.numbers != "", rx.el.p(panic.numbers)),
        rx.cond(panic.note != "", rx.el.p("“", panic.note, "”", dir="auto")),
        rx.el.small(panic.began, " → ", rx.cond(panic.ended != "", panic.ended, say("queue_lasting"))),
    )
