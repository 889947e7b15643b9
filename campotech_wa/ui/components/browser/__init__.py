"""What lives in the browser, as Reflex components: each tag is exported by one of the files beside this one."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from campotech_wa.queue_views import Moments
from campotech_wa.views import Bubble, QueueHint

_TALK = rx.asset("talk.jsx", shared=True).importable_path
_DESK = _TALK.replace("talk.jsx", "desk.jsx")
_QUEUE = _TALK.replace("talk.jsx", "queue.jsx")
"""The files import each other, and the build puts all of them beside this one (``frontend_build``). To ask Reflex for
each of them would cost every start of a web process a look through its whole stack."""

Message = dict[str, object]
"""The Cloud API's own object."""


def _sent(
    key: rx.Var[str], conversation: rx.Var[int], message: rx.Var[Message]
) -> tuple[rx.Var[str], rx.Var[int], rx.Var[Message]]:
    return key, conversation, message


def _changed(message_id: rx.Var[int], message: rx.Var[Message]) -> tuple[rx.Var[int], rx.Var[Message]]:
    return message_id, message


class ScrollPane(rx.Component):
    """A pane that scrolls, holds still when rows come above, and asks for more near its end."""

    library = _DESK
    tag = "ScrollPane"

    side: rx.Var[str]
    """``bottom`` for a thread that grows downwards, ``top`` for a list."""
    count: rx.Var[int]
    more: rx.Var[bool]
    testid: rx.Var[str]
    label: rx.Var[str]
    down: rx.Var[str]
    """What the button says that leads back to the end of a thread."""
    on_more: rx.EventHandler[rx.event.no_args_event_spec]


class Here(rx.Component):
    """Shows what is inside only while its conversation is the one of the page's address."""

    library = _DESK
    tag = "Here"

    conversation: rx.Var[int]
    elsewhere: rx.Var[bool]
    """Turns it round: shows what is inside while the address is another one."""


class Seen(rx.Component):
    """Notices that a person is looking at an unread conversation."""

    library = _DESK
    tag = "Seen"

    conversation: rx.Var[int]
    unread: rx.Var[int]
    on_seen: rx.EventHandler[rx.event.passthrough_event_spec(int)]


class WindowBadge(rx.Component):
    """Counts down the customer service window."""

    library = _DESK
    tag = "WindowBadge"

    expires: rx.Var[str]
    open_words: rx.Var[str]
    closed_words: rx.Var[str]


class Talk(rx.Component):
    """The messages of a conversation, and where to answer.

    It makes the idempotency keys, and keeps a message until the server has it.
    """

    library = _TALK
    tag = "Talk"

    owner: rx.Var[str]
    conversation: rx.Var[int]
    name: rx.Var[str]
    expires: rx.Var[str]
    bubbles: rx.Var[list[Bubble]]
    more: rx.Var[bool]
    accepted: rx.Var[list[str]]
    refused: rx.Var[dict[str, str]]
    entered: rx.Var[int]
    hint: rx.Var[QueueHint]
    words: rx.Var[dict[str, object]]
    on_send: rx.EventHandler[_sent]
    on_more: rx.EventHandler[rx.event.no_args_event_spec]
    on_retry: rx.EventHandler[rx.event.passthrough_event_spec(int)]
    on_cancel: rx.EventHandler[rx.event.passthrough_event_spec(int)]
    on_change_message: rx.EventHandler[_changed]
    on_send_now: rx.EventHandler[rx.event.passthrough_event_spec(int)]
    on_fetch: rx.EventHandler[rx.event.passthrough_event_spec(int)]
    on_typing: rx.EventHandler[rx.event.passthrough_event_spec(int)]


class NativeForm(BaseHTML):
    """A form that the browser itself posts; ``rx.el.form`` would keep the post to itself."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


class ServerClock(rx.Component):
    """Tells the clocks of the queue page what time it is at the server."""

    library = _QUEUE
    tag = "ServerClock"

    now: rx.Var[str]


class Ago(rx.Component):
    """Counts up since a moment; ``says`` holds ``{time}``."""

    library = _QUEUE
    tag = "Ago"

    since: rx.Var[str]
    says: rx.Var[str]


class Until(rx.Component):
    """Counts down to a moment, and then is gone; ``says`` holds ``{time}``."""

    library = _QUEUE
    tag = "Until"

    at: rx.Var[str]
    says: rx.Var[str]


class Meter(rx.Component):
    """How much of the pace the last minute has used, sliding on by itself."""

    library = _QUEUE
    tag = "Meter"

    seconds: rx.Var[Moments]
    limit: rx.Var[int]
    says: rx.Var[str]


class Spark(rx.Component):
    """The sends of the last half hour, minute by minute, with the limit as a line."""

    library = _QUEUE
    tag = "Spark"

    minutes: rx.Var[Moments]
    limit: rx.Var[int]
    label: rx.Var[str]
    peak: rx.Var[str]


class Sure(rx.Component):
    """A button that asks once more before it acts."""

    library = _QUEUE
    tag = "Sure"

    label: rx.Var[str]
    ask: rx.Var[str]
    yes: rx.Var[str]
    no: rx.Var[str]
    name: rx.Var[str]
    on_sure: rx.EventHandler[rx.event.no_args_event_spec]
