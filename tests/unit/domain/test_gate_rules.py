"""What is known to be refused stops, and says which of its conditions is not met; what nobody knows passes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain import gate
from campotech_wa.domain.gate import Facts, Stopped, TemplateFacts
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.domain.templates.problems import Problem

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = Facts("text", NOW, last_inbound_at=NOW - timedelta(hours=1))
UTILITY = TemplateFacts("APPROVED", "UTILITY")
MARKETING = TemplateFacts("APPROVED", "MARKETING")
TEMPLATE = Facts("template", NOW, last_inbound_at=None, template=UTILITY)


def code(facts: Facts) -> str:
    stopped = gate.check(facts)
    return stopped.code if stopped else ""


def reason(facts: Facts) -> HoldReason | None:
    stopped = gate.check(facts)
    return stopped.reason if stopped else None


class TestWindow:
    @pytest.mark.parametrize("kind", ["text", "image", "interactive", "reaction"])
    @pytest.mark.parametrize(
        ("hours", "stopped"), [(23.99, ""), (24, "window_closed"), (None, "window_closed")]
    )
    def test_everything_but_a_template_needs_it_open(
        self, kind: str, hours: float | None, stopped: str
    ) -> None:
        last = None if hours is None else NOW - timedelta(hours=hours)

        assert code(Facts(kind, NOW, last_inbound_at=last)) == stopped

    def test_a_template_needs_none(self) -> None:
        assert gate.check(TEMPLATE) is None


class TestTemplate:
    @pytest.mark.parametrize(
        ("status", "stopped"),
        [
            ("APPROVED", ""),
            ("", ""),
            ("A_NEW_WORD", ""),
            ("PENDING", "template_pending"),
            ("IN_APPEAL", "template_pending"),
            ("REJECTED", "template_rejected"),
            ("PAUSED", "template_paused"),
            ("DISABLED", "template_disabled"),
            ("DELETED", "template_gone"),
            ("PENDING_DELETION", "template_gone"),
            ("ARCHIVED", "template_gone"),
            ("FLAGGED", "template_unusable"),
            ("LOCKED", "template_unusable"),
            ("LIMIT_EXCEEDED", "template_unusable"),
        ],
    )
    def test_of_the_states_that_are_known_only_the_approved_one_passes(
        self, status: str, stopped: str
    ) -> None:
        facts = replace(TEMPLATE, template=replace(UTILITY, status=status))

        assert code(facts) == stopped
        assert reason(facts) == (HoldReason.TEMPLATE if stopped else None)

    def test_its_first_problem_is_told(self) -> None:
        problems = (Problem("too_long", "template.body", 1024, 1030), Problem("missing", "template.body.2"))

        assert gate.check(replace(TEMPLATE, template=replace(UTILITY, problems=problems))) == Stopped(
            HoldReason.TEMPLATE, "too_long", "template.body", 1024, 1030
        )

    def test_one_that_nobody_knows_passes(self) -> None:
        assert gate.check(replace(TEMPLATE, template=None)) is None


class TestConsent:
    @pytest.mark.parametrize("facts", [TEXT, TEMPLATE])
    def test_nothing_goes_to_whom_the_company_has_blocked(self, facts: Facts) -> None:
        assert gate.check(replace(facts, is_blocked=True)) == Stopped(
            HoldReason.CONSENT, "customer_blocked", "to"
        )

    @pytest.mark.parametrize(
        ("preference", "template", "stopped"),
        [
            ("stop", MARKETING, "marketing_declined"),
            ("stop", UTILITY, ""),
            ("stop", None, ""),
            ("resume", MARKETING, ""),
            ("signup", MARKETING, ""),
            ("", MARKETING, ""),
        ],
    )
    def test_promotions_do_not_go_to_who_wants_none(
        self, preference: str, template: TemplateFacts | None, stopped: str
    ) -> None:
        assert code(replace(TEMPLATE, template=template, marketing_preference=preference)) == stopped


class TestElse:
    @pytest.mark.parametrize("facts", [TEXT, TEMPLATE])
    @pytest.mark.parametrize(
        ("status", "stopped"),
        [("CONNECTED", False), ("", False), ("FLAGGED", False), ("RATE_LIMITED", False), ("NEW", False)]
        + [(word, True) for word in ("BANNED", "DELETED", "DISCONNECTED", "MIGRATED")],
    )
    def test_a_number_that_is_cut_off_sends_nothing(
        self, facts: Facts, status: str, *, stopped: bool
    ) -> None:
        expected = HoldReason.CHANNEL if stopped else None

        assert reason(replace(facts, channel_status=status)) == expected

    def test_a_file_that_is_gone_stops(self) -> None:
        image = Facts("image", NOW, last_inbound_at=NOW, has_lost_file=True)

        assert gate.check(image) == Stopped(HoldReason.MEDIA, "file_gone", "image")

    def test_what_a_person_can_least_change_is_told_first(self) -> None:
        worst = Facts("text", NOW, None, is_blocked=True, channel_status="BANNED", has_lost_file=True)

        assert code(worst) == "customer_blocked"
        assert code(replace(worst, is_blocked=False)) == "window_closed"
        assert code(replace(worst, is_blocked=False, last_inbound_at=NOW)) == "file_gone"
