"""What becomes of an accepted message."""

import pytest

from campotech_wa.simulator.checks.outgoing import Outgoing
from campotech_wa.simulator.outbound.fates import Step, needs_template, plan
from campotech_wa.simulator.settings import Behaviour, ClosedWindow
from campotech_wa.simulator.world.state import State

BEHAVIOUR = Behaviour(sent_after=0.03, delivered_after=0.12)


def message(kind: str = "text", wa_id: str = "5491131234567") -> Outgoing:
    return Outgoing(wa_id, kind, {})


def fate(
    outgoing: Outgoing, *, window_open: bool = True, trouble: int | None = None, failure: int | None = None
) -> list[tuple[State, int | None]]:
    steps = plan(outgoing, window_open=window_open, trouble=trouble, failure=failure, behaviour=BEHAVIOUR)
    return [(step.state, step.error_code) for step in steps]


def test_a_message_is_sent_and_delivered_within_a_quarter_of_a_second() -> None:
    steps = plan(message(), window_open=True, trouble=None, failure=None, behaviour=BEHAVIOUR)

    assert steps == (Step(0.03, State.SENT), Step(0.12, State.DELIVERED))
    assert Behaviour().delivered_after < 0.25


def test_a_free_message_outside_the_window_fails_with_131047() -> None:
    assert fate(message(), window_open=False) == [(State.FAILED, 131047)]


def test_a_template_needs_no_window() -> None:
    assert fate(message("template"), window_open=False) == [(State.SENT, None), (State.DELIVERED, None)]


def test_a_number_without_whatsapp_fails_with_131026_whatever_is_sent() -> None:
    assert fate(message("template", "5491131230000"), window_open=False) == [(State.FAILED, 131026)]


def test_a_reaction_is_only_ever_sent() -> None:
    assert fate(message("reaction")) == [(State.SENT, None)]


def test_what_meta_only_notices_later_fails_without_having_been_sent() -> None:
    assert fate(message("image"), trouble=131053) == [(State.FAILED, 131053)]


def test_an_ordered_failure_comes_after_sent() -> None:
    assert fate(message(), failure=131049) == [(State.SENT, None), (State.FAILED, 131049)]


@pytest.mark.parametrize(
    ("closed_window", "needed"),
    [(ClosedWindow.FAIL, True), (ClosedWindow.REFUSE, True), (ClosedWindow.ALLOW, False)],
)
def test_the_closed_window_can_be_configured_away(closed_window: ClosedWindow, needed: bool) -> None:  # noqa: FBT001 - a parameter
    behaviour = Behaviour(closed_window=closed_window)

    assert needs_template(message(), window_open=False, behaviour=behaviour) is needed
