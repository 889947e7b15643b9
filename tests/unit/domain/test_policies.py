"""Every error of the catalogue has one policy, and the policies tell the story of errors.md."""

import pytest

from campotech_wa.domain import meta_errors, policies
from campotech_wa.domain.meta_errors import Entry, ErrorClass, Retry
from campotech_wa.domain.policies import EXCEPTIONS, POLICIES, Action, Policy
from campotech_wa.domain.verdict import Verdict

KEPT = {Action.CREDENTIALS, Action.PANIC, Action.SLOW_DOWN, Action.WAIT}

STORY = {
    # code: what becomes of the message, what it says of the channel (errors.md, section 3)
    190: (Action.CREDENTIALS, Verdict.DENIED),
    0: (Action.CREDENTIALS, Verdict.DENIED),
    3: (Action.CREDENTIALS, Verdict.DENIED),
    10: (Action.CREDENTIALS, Verdict.DENIED),
    200: (Action.CREDENTIALS, Verdict.DENIED),
    299: (Action.CREDENTIALS, Verdict.DENIED),
    131005: (Action.CREDENTIALS, Verdict.DENIED),
    130429: (Action.SLOW_DOWN, Verdict.THROTTLED),
    80007: (Action.SLOW_DOWN, Verdict.THROTTLED),
    4: (Action.SLOW_DOWN, Verdict.THROTTLED),
    131056: (Action.WAIT, Verdict.EXCUSED),
    132069: (Action.WAIT, Verdict.EXCUSED),
    131048: (Action.PANIC, Verdict.THROTTLED),
    131064: (Action.PANIC, Verdict.THROTTLED),
    368: (Action.PANIC, Verdict.BARRED),
    131031: (Action.PANIC, Verdict.BARRED),
    130497: (Action.FAIL, Verdict.EXCUSED),
    131026: (Action.SMS, Verdict.EXCUSED),
    131049: (Action.SMS, Verdict.EXCUSED),
    131047: (Action.TEMPLATE, Verdict.EXCUSED),
    470: (Action.TEMPLATE, Verdict.EXCUSED),
    131050: (Action.FAIL, Verdict.EXCUSED),
    131000: (Action.RETRY, Verdict.FAILURE),
    131016: (Action.RETRY, Verdict.FAILURE),
    131057: (Action.RETRY, Verdict.FAILURE),
    100: (Action.FAIL, Verdict.EXCUSED),
    132001: (Action.FAIL, Verdict.EXCUSED),
    131053: (Action.FAIL, Verdict.EXCUSED),
    131042: (Action.FAIL, Verdict.FAILURE),
}


def code_of(entry: Entry) -> str:
    return str(entry.code)


class TestCompleteness:
    @pytest.mark.parametrize("kind", ErrorClass)
    def test_every_class_has_a_policy(self, kind: ErrorClass) -> None:
        assert isinstance(POLICIES[kind], Policy)

    def test_there_is_no_policy_for_what_is_no_class(self) -> None:
        assert set(POLICIES) == set(ErrorClass)
        assert {meta_errors.find(code).is_listed for code in EXCEPTIONS} == {True}

    def test_every_action_is_taken_for_some_code(self) -> None:
        assert {policies.of(entry).action for entry in meta_errors.TABLE} == set(Action)


@pytest.mark.parametrize("entry", meta_errors.TABLE, ids=code_of)
class TestCatalogue:
    def test_its_policy_is_the_one_of_its_code(self, entry: Entry) -> None:
        assert policies.of_code(entry.code) == policies.of(entry)

    def test_what_may_have_been_accepted_or_passes_soon_is_not_given_up(self, entry: Entry) -> None:
        if entry.retry is Retry.AMBIGUOUS or entry.passes_soon:
            assert policies.of(entry).action in {*KEPT, Action.RETRY}

    def test_what_concerns_less_than_a_channel_stops_no_channel(self, entry: Entry) -> None:
        if entry.breaker.scope not in {"app", "waba", "channel"}:
            assert policies.of(entry).action not in {Action.SLOW_DOWN, Action.PANIC}

    def test_a_limit_ends_no_message(self, entry: Entry) -> None:
        if entry.kind is ErrorClass.THROTTLE:
            assert policies.of(entry).action in {Action.SLOW_DOWN, Action.WAIT}

    def test_a_failure_of_the_recipients_own_never_counts_against_the_channel(self, entry: Entry) -> None:
        if entry.is_recipients_own:
            assert policies.of(entry).verdict is Verdict.EXCUSED


class TestStory:
    @pytest.mark.parametrize(("code", "told"), STORY.items())
    def test_the_reference_and_the_table_tell_the_same(self, code: int, told: tuple[Action, Verdict]) -> None:
        policy = policies.of_code(code)

        assert (policy.action, policy.verdict) == told

    def test_without_a_usable_answer_it_is_tried_again(self) -> None:
        assert policies.of_code(None) == Policy(Action.RETRY, Verdict.FAILURE)

    def test_a_code_that_nobody_knows_ends_the_message_and_counts(self) -> None:
        assert policies.of_code(987_654) == Policy(Action.FAIL, Verdict.FAILURE)
