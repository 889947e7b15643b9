"""A panic ends step by step: one message, a few, full pace; whatever goes wrong on the way stops it again."""

import httpx
import pytest

from campotech_wa.domain.ids import ChannelId
from campotech_wa.domain.panic import Allowance
from campotech_wa.domain.verdict import Verdict
from campotech_wa.services import panic
from campotech_wa.signals import jobs
from tests.integration.account_card import fault
from tests.integration.desk import NUMBER, change, one, woken
from tests.integration.services.panic.circuit import (
    allowed,
    attempt,
    attempts,
    flow,
    let_pass,
    message,
    notice,
    panics,
)


@pytest.fixture
def failing(channel: ChannelId) -> None:
    """The channel stopped sending templates a moment ago."""
    attempts(Verdict.SUCCESS, 5)
    notice(*attempts(Verdict.FAILURE, 6, 132015))


def probe() -> None:
    """Let the time of the probe have come."""
    let_pass(minutes=61)
    panic.watch()


def condition(simulator: httpx.Client, **fields: object) -> None:
    """Let the number be in another condition at Meta."""
    order = {"phone_number_id": NUMBER, **fields}
    simulator.post("/_sim/conditions", json=order).raise_for_status()


def pending(kind: str = "template") -> None:
    """Let a request be under way."""
    change(
        """insert into wa_send_attempt (organization_id, channel_id, message_id, number, started_at, outcome, verdict)
           values (1, 1, :message, 1, now(), 'pending', '')""",
        message=message(kind),
    )


def test_nothing_happens_before_its_time(failing: None) -> None:
    let_pass(minutes=59)

    panic.watch()

    assert allowed() == Allowance(None, 0)


def test_an_hour_later_one_message_is_let_through(failing: None) -> None:
    probe()

    assert allowed() == Allowance(None, 1)
    assert woken(jobs.OUTBOUND) == [(jobs.DRAIN, 1)]


def test_the_hour_is_the_channels_own(channel: ChannelId) -> None:
    flow(panic_minutes=10)
    attempts(Verdict.SUCCESS, 5)
    notice(*attempts(Verdict.FAILURE, 6, 132015))

    let_pass(minutes=11)
    panic.watch()

    assert allowed() == Allowance(None, 1)


def test_what_is_on_its_way_uses_up_the_probe(failing: None) -> None:
    probe()

    pending()

    assert allowed() == Allowance(None, 0)


def test_a_reply_is_no_probe_of_the_templates(failing: None) -> None:
    probe()

    pending(kind="text")

    assert allowed() == Allowance(None, 1)


def test_a_request_of_which_nobody_knows_anything_gives_its_place_back(failing: None) -> None:
    probe()

    attempt(Verdict.NONE)

    assert allowed() == Allowance(None, 1)


def test_a_good_probe_is_followed_by_a_larger_one_and_that_by_full_pace(failing: None) -> None:
    probe()
    attempt(Verdict.SUCCESS)
    let_pass(seconds=6)
    panic.watch()
    assert allowed() == Allowance(None, 5)

    attempts(Verdict.SUCCESS, 5)
    let_pass(seconds=6)
    panic.watch()

    assert allowed() == Allowance()
    [ended] = panics()
    assert (ended["resolved_by_id"], ended["resolved_at"] is None) == (None, False)


def test_an_acceptance_is_given_time_to_be_taken_back(failing: None) -> None:
    probe()
    attempt(Verdict.SUCCESS)

    panic.watch()

    assert allowed() == Allowance(None, 0)


def test_a_bad_probe_stops_the_channel_for_another_hour(failing: None) -> None:
    probe()

    notice(attempt(Verdict.FAILURE, 132015))

    assert allowed() == Allowance(None, 0)
    let_pass(minutes=59)
    panic.watch()
    assert allowed() == Allowance(None, 0)
    let_pass(minutes=2)
    panic.watch()
    assert allowed() == Allowance(None, 1)


def test_a_message_refused_for_its_recipients_sake_is_a_good_probe(failing: None) -> None:
    probe()
    attempt(Verdict.EXCUSED, 131026)
    let_pass(seconds=6)

    panic.watch()

    assert allowed() == Allowance(None, 5)


def test_a_probe_that_nothing_is_sent_for_stays_open_and_short_to_look_at(failing: None) -> None:
    probe()
    let_pass(hours=5)

    panic.watch()

    assert allowed() == Allowance(None, 1)
    assert one("select probe_from > now() - interval '1 minute' from wa_panic")


def test_two_schedulers_move_a_panic_once(failing: None) -> None:
    probe()
    attempt(Verdict.SUCCESS)
    let_pass(seconds=6)

    panic.watch()
    panic.watch()

    assert allowed() == Allowance(None, 5)


class TestCredentials:
    @pytest.fixture(autouse=True)
    def denied(self, simulator: httpx.Client) -> None:
        """Meta has refused the credentials an hour ago."""
        assert simulator
        notice(attempt(Verdict.DENIED, 190))
        let_pass(minutes=61)

    def test_time_alone_does_not_end_it(self) -> None:
        panic.watch()

        assert allowed() == Allowance(0, 0, is_shared=True)

    def test_the_next_message_is_the_probe_once_meta_accepts_them(self) -> None:
        panic.check()

        assert allowed() == Allowance(1, 1, is_shared=True)

    def test_it_goes_on_while_meta_refuses_them(self, simulator: httpx.Client) -> None:
        fault(simulator, 190)

        panic.check()

        assert allowed() == Allowance(0, 0, is_shared=True)
        assert one("select auto_resolve_at > now() + interval '4 minutes' from wa_panic")

    def test_it_goes_on_while_meta_lets_the_account_send_nothing(self, simulator: httpx.Client) -> None:
        condition(simulator, account="locked")

        panic.check()

        assert allowed() == Allowance(0, 0, is_shared=True)
