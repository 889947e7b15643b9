"""The components of ``desk.jsx``, as Reflex components."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

_LIBRARY = rx.asset("desk.jsx", shared=True).importable_path


def _sent(
    key: rx.Var[str], conversation: rx.Var[int], text: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[int], rx.Var[str]]:
    return key, conversation, text


class ScrollPane(rx.Component):
    """A pane that scrolls, holds still when rows come above, and asks for more near its end."""

    library = _LIBRARY
    tag = "ScrollPane"

    side: rx.Var[str]
    """``bottom`` for a thread that grows downwards, ``top`` for a list."""
    count: rx.Var[int]
    more: rx.Var[bool]
    testid: rx.Var[str]
    label: rx.Var[str]
    on_more: rx.EventHandler[rx.event.no_args_event_spec]


class Here(rx.Component):
    """Shows what is inside only while its conversation is the one of the page's address."""

    library = _LIBRARY
    tag = "Here"

    conversation: rx.Var[int]
    elsewhere: rx.Var[bool]
    """Turns it round: shows what is inside while the address is another one."""


class Seen(rx.Component):
    """Notices that a person is looking at an unread conversation."""

    library = _LIBRARY
    tag = "Seen"

    conversation: rx.Var[int]
    unread: rx.Var[int]
    on_seen: rx.EventHandler[rx.event.passthrough_event_spec(int)]


class WindowBadge(rx.Component):
    """Counts down the customer service window."""

    library = _LIBRARY
    tag = "WindowBadge"

    expires: rx.Var[str]
    open_words: rx.Var[str]
    closed_words: rx.Var[str]


class Composer(rx.Component):
    """Where staff write. It makes the idempotency key and keeps a message until the server has it."""

    library = _LIBRARY
    tag = "Composer"

    owner: rx.Var[str]
    conversation: rx.Var[int]
    expires: rx.Var[str]
    ever_wrote: rx.Var[bool]
    accepted: rx.Var[list[str]]
    refused: rx.Var[dict[str, str]]
    entered: rx.Var[int]
    words: rx.Var[dict[str, object]]
    on_send: rx.EventHandler[_sent]


class NativeForm(BaseHTML):
    """A form that the browser itself posts; ``rx.el.form`` would keep the post to itself."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
