"""Decide what becomes of an accepted message: which statuses Meta will report, and when."""

from dataclasses import dataclass

from campotech_wa.simulator.checks.outgoing import Outgoing
from campotech_wa.simulator.settings import Behaviour, ClosedWindow
from campotech_wa.simulator.world.state import State

NOT_ON_WHATSAPP = "0000"
"""Numbers that end so have no WhatsApp account."""
WINDOW_CLOSED = 131047
UNDELIVERABLE = 131026


@dataclass(frozen=True, slots=True)
class Step:
    """One status to come, `after` seconds from acceptance."""

    after: float
    state: State
    error_code: int | None = None


def needs_template(outgoing: Outgoing, *, window_open: bool, behaviour: Behaviour) -> bool:
    """Tell whether the message may not be sent because the customer service window is closed."""
    return (
        outgoing.type != "template" and not window_open and behaviour.closed_window is not ClosedWindow.ALLOW
    )


def plan(
    outgoing: Outgoing,
    *,
    window_open: bool,
    trouble: int | None,
    failure: int | None,
    behaviour: Behaviour,
) -> tuple[Step, ...]:
    """Answer the statuses in the order of time.

    `trouble` is the code of what Meta only notices now, `failure` the one that a fault rule asks for.
    """
    sent = Step(behaviour.sent_after, State.SENT)
    if outgoing.customer.endswith(NOT_ON_WHATSAPP):
        return (_failed(behaviour.sent_after, UNDELIVERABLE),)
    if needs_template(outgoing, window_open=window_open, behaviour=behaviour):
        return (_failed(behaviour.sent_after, WINDOW_CLOSED),)
    if trouble is not None:
        return (_failed(behaviour.sent_after, trouble),)
    if failure is not None:
        return (sent, _failed(behaviour.delivered_after, failure))
    if outgoing.type == "reaction":
        return (sent,)  # nothing more is ever reported for a reaction (webhooks.md, 4.1)
    return (sent, Step(behaviour.delivered_after, State.DELIVERED))


def _failed(after: float, code: int) -> Step:
    return Step(after, State.FAILED, code)
