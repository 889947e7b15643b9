"""Any websocket client can call any handler by name: so every handler asks who acts, before anything else."""

import ast
import inspect
import textwrap
from collections.abc import Iterator

import pytest

from campotech_wa import campotech_wa as composition
from campotech_wa.ui.states.desk import Desk

ASKS = {"self._actor()", "self._greet()"}

REFLEX_SETTER = "setvar"
"""Reflex gives it to every state. It calls the public method ``set_`` + name: none of ours is called so."""

OPEN_TO_STRANGERS = {"Login.enter": "the login page; it shows nothing but words"}


def states(root: type[Desk] = Desk) -> Iterator[type[Desk]]:
    yield root
    for substate in root.get_substates():
        yield from states(substate)  # pyright: ignore[reportArgumentType]


def handlers() -> Iterator[tuple[str, str]]:
    assert composition.app
    for state in states():
        for name, handler in state.event_handlers.items():
            if name in vars(state) and name != REFLEX_SETTER:
                yield f"{state.__name__}.{name}", textwrap.dedent(inspect.getsource(handler.fn))


@pytest.mark.parametrize(("name", "source"), sorted(handlers()))
def test_a_handler_first_asks_who_acts(name: str, source: str) -> None:
    if name in OPEN_TO_STRANGERS:
        return
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.AsyncFunctionDef)
    has_docstring = ast.get_docstring(function) is not None
    first = function.body[1 if has_docstring else 0]

    awaited = [ast.unparse(node.value) for node in ast.walk(first) if isinstance(node, ast.Await)]

    assert awaited
    assert awaited[0] in ASKS


def test_the_handlers_are_the_ones_we_know() -> None:
    assert {name for name, _ in handlers()} == {
        "Alarms.enter",
        "Alerting.choose",
        "Alerting.enter",
        "Alerting.send_to",
        "Conversation.cancel",
        "Conversation.change",
        "Conversation.enter",
        "Conversation.fetch",
        "Conversation.leave",
        "Conversation.load_older",
        "Conversation.retry",
        "Conversation.seen",
        "Conversation.send",
        "Conversation.send_now",
        "Conversation.typing",
        "Identity.enter",
        "Identity.merge",
        "Identity.undo",
        "Inbox.enter",
        "Inbox.load_more",
        "Inbox.look_for",
        "Login.enter",
        "Queue.cancel",
        "Queue.cancel_all",
        "Queue.enter",
        "Queue.pause",
        "Queue.replay",
        "Queue.resolve",
        "Queue.resume",
        "Queue.retry",
        "Queue.retry_all",
        "Queue.save_pace",
        "Queue.show",
        "Queue.stop",
        "Settings.ask_meta",
        "Settings.check",
        "Settings.connect",
        "Settings.create_link",
        "Settings.delete_link",
        "Settings.enter",
        "Settings.keep_files",
        "Settings.replay",
        "Settings.save_pin",
        "Settings.save_profile",
        "Sms.enter",
        "Sms.save",
        "Sms.send_test",
        "Sms.test",
    }


def test_no_setter_can_be_reached_through_reflexs_own() -> None:
    setters = {name for state in states() for name in dir(state) if name.startswith("set_")}

    assert setters == {"set_is_hydrated"}


def test_no_secret_is_a_var_of_a_page() -> None:
    shown = {name for state in states() for name in state.base_vars}  # pyright: ignore[reportUnknownMemberType]

    assert not [name for name in shown if "session" in name or "token" in name]
