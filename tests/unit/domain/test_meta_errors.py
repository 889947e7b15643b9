"""Every code has one line, in both languages, and its policies do not contradict each other (errors.md)."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.locale import ENGLISH, SPANISH
from campotech_wa.domain.meta_errors import TABLE, Entry, ErrorClass, Retry, Scope, Sms, Traffic, find
from campotech_wa.domain.meta_errors.unlisted import UNKNOWN

SPAIN = ("puedes", "tienes", "debes", "intenta ", "póngase", "usted", "vosotros")
"""Words of another Spanish than the pages'."""

WIDE = {Scope.APP, Scope.WABA, Scope.CHANNEL}


def breaking(rule: Callable[[Entry], bool]) -> list[int]:
    """Return the codes of which a rule does not hold."""
    return [entry.code for entry in TABLE if not rule(entry)]


class TestTheTable:
    def test_no_code_stands_in_it_twice(self) -> None:
        assert [code for code, count in Counter(entry.code for entry in TABLE).items() if count > 1] == []

    def test_it_is_as_long_as_the_reference(self) -> None:
        assert len(TABLE) == 171

    def test_every_line_speaks_whole_sentences_in_both_languages(self) -> None:
        def is_sentence(words: str) -> bool:
            return words[0].isupper() and words.endswith(".") and "  " not in words and "\n" not in words

        assert breaking(lambda entry: is_sentence(entry.spanish) and is_sentence(entry.english)) == []
        assert breaking(lambda entry: entry.spanish != entry.english) == []

    def test_each_language_has_its_own_sentence(self) -> None:
        assert breaking(lambda entry: entry.sentence(SPANISH) == entry.spanish) == []
        assert breaking(lambda entry: entry.sentence(ENGLISH) == entry.english) == []

    def test_spanish_is_spoken_as_in_buenos_aires(self) -> None:
        assert breaking(lambda entry: not any(word in entry.spanish.lower() for word in SPAIN)) == []

    def test_nothing_promises_that_a_failed_message_is_tried_again(self) -> None:
        assert breaking(lambda entry: "reintenta solo" not in entry.spanish) == []

    def test_every_line_is_found_under_its_code(self) -> None:
        assert breaking(lambda entry: find(entry.code) is entry and entry.is_listed) == []


class TestPolicies:
    def test_what_somebody_decided_is_never_tried_again_nor_sent_another_way(self) -> None:
        decided = [entry for entry in TABLE if entry.kind is ErrorClass.RECIPIENT_WILL]

        assert {entry.code for entry in decided} == {130403, 131050}
        assert {(entry.retry, entry.sms) for entry in decided} == {(Retry.NO, Sms.NO)}

    def test_marketing_never_goes_out_by_sms(self) -> None:
        assert breaking(lambda e: e.breaker.traffic is not Traffic.MARKETING or e.sms is Sms.NO) == []

    def test_what_may_have_arrived_or_passes_soon_is_not_sent_by_sms_at_once(self) -> None:
        assert breaking(lambda e: e.retry is not Retry.AMBIGUOUS or e.sms is not Sms.YES) == []
        assert breaking(lambda e: not e.passes_soon or e.sms is not Sms.YES) == []

    def test_a_failure_of_the_recipient_stops_nobody_else(self) -> None:
        narrow = {Scope.NOBODY, Scope.CUSTOMER}

        assert breaking(lambda e: not e.is_recipients_own or e.breaker.scope in narrow) == []
        assert breaking(lambda e: not (e.is_recipients_own and e.counts_for_panic)) == []

    def test_whatever_stops_a_channel_at_the_first_hit_calls_a_human(self) -> None:
        def stops(entry: Entry) -> bool:
            return entry.counts_for_panic and entry.breaker.after == 1 and not entry.passes_soon

        assert breaking(lambda entry: not stops(entry) or entry.tells_human) == []

    def test_only_metas_own_trouble_needs_several_in_a_row(self) -> None:
        assert breaking(lambda e: e.breaker.after == 1 or e.retry is Retry.AMBIGUOUS) == []

    def test_a_time_or_a_number_of_tries_belongs_to_a_retry(self) -> None:
        assert breaking(lambda e: e.retry is not Retry.NO or (e.wait, e.tries) == (None, None)) == []

    def test_what_only_asks_for_a_lower_pace_is_tried_again(self) -> None:
        assert breaking(lambda e: not e.breaker.is_slowing or e.passes_soon) == []


class TestFind:
    def test_the_subcode_tells_more_than_a_code_for_everything(self) -> None:
        assert find(100, subcode=2388299).code == 2388299

    def test_a_subcode_that_nobody_knows_leaves_the_code(self) -> None:
        assert find(130429, subcode=2494055).code == 130429

    def test_a_short_subcode_is_no_code(self) -> None:
        assert find(190, subcode=463).code == 190

    def test_an_object_that_is_not_found_is_told_so_and_blames_no_number(self) -> None:
        entry = find(100, subcode=33)

        assert (entry.code, entry.breaker.scope) == (100, Scope.NOBODY)
        assert entry.spanish != find(100).spanish

    def test_a_code_for_everything_with_a_new_subcode_belongs_to_its_neighbourhood(self) -> None:
        entry = find(100, subcode=2388999)

        assert (entry.code, entry.kind) == (2388999, ErrorClass.TEMPLATE_MANAGEMENT)
        assert not entry.is_listed

    @pytest.mark.parametrize(("code", "subcode"), [(136024, 2388091), (136025, 2388093)])
    def test_a_verification_is_not_taken_for_a_migration(self, code: int, subcode: int) -> None:
        assert find(code, subcode=subcode).code == code
        assert find(subcode).kind is ErrorClass.MIGRATION

    @pytest.mark.parametrize(
        ("code", "kind", "scope"),
        [
            (299, ErrorClass.AUTHORIZATION, Scope.APP),
            (132999, ErrorClass.TEMPLATE, Scope.TEMPLATE),
            (133999, ErrorClass.ACCOUNT, Scope.NOBODY),
            (136999, ErrorClass.ACCOUNT, Scope.NOBODY),
            (138999, ErrorClass.CALL, Scope.NOBODY),
            (139999, ErrorClass.FLOW, Scope.NOBODY),
            (147999, ErrorClass.USERNAME, Scope.NOBODY),
            (2388999, ErrorClass.TEMPLATE_MANAGEMENT, Scope.NOBODY),
            (2494999, ErrorClass.MANAGEMENT, Scope.NOBODY),
            (2593999, ErrorClass.MANAGEMENT, Scope.NOBODY),
        ],
    )
    def test_an_unlisted_code_is_judged_by_its_neighbourhood(
        self, code: int, kind: ErrorClass, scope: Scope
    ) -> None:
        entry = find(code)

        assert (entry.code, entry.kind, entry.breaker.scope) == (code, kind, scope)
        assert (entry.retry, entry.tells_human, entry.is_listed) == (Retry.NO, True, False)

    def test_an_unlisted_template_code_stops_its_template_after_three(self) -> None:
        assert find(132999).breaker.after == 3

    @pytest.mark.parametrize(
        ("answer", "retry"),
        [
            ({"status": 429}, Retry.THROTTLE),
            ({"title": "Some Rate Limit hit"}, Retry.THROTTLE),
            ({"status": 500}, Retry.AMBIGUOUS),
            ({"status": 503}, Retry.AMBIGUOUS),
            ({"status": 400}, Retry.NO),
            ({}, Retry.NO),
        ],
    )
    def test_a_code_from_nowhere_is_judged_by_its_answer(
        self, answer: dict[str, int | str], retry: Retry
    ) -> None:
        entry = find(987654, **answer)  # pyright: ignore[reportArgumentType]

        assert (entry.retry, entry.kind) == (retry, ErrorClass.UNKNOWN)

    @given(st.integers(-(2**31), 2**31 - 1), st.none() | st.integers(-(2**31), 2**31 - 1), st.booleans())
    def test_any_code_has_an_answer(self, code: int, subcode: int | None, flag: bool) -> None:  # noqa: FBT001
        entry = find(code, subcode=subcode, is_transient=flag)

        assert entry.code in {code, subcode}
        assert entry.sentence(SPANISH).endswith(".")


class TestTransient:
    def test_metas_word_that_it_passes_outranks_the_table(self) -> None:
        assert find(131047, is_transient=True).retry is Retry.AMBIGUOUS
        assert find(999999, is_transient=True).retry is Retry.AMBIGUOUS

    @pytest.mark.parametrize("code", [130429, 131056, 131057])
    def test_what_was_not_accepted_is_not_made_doubtful(self, code: int) -> None:
        assert find(code, is_transient=True) is find(code)

    def test_it_is_not_sent_by_sms_at_once(self) -> None:
        assert find(131026).sms is Sms.YES
        assert find(131026, is_transient=True).sms is Sms.URGENT
        assert find(131050, is_transient=True).sms is Sms.NO


class TestContradictions:
    """Section 4 of the reference, one by one."""

    def test_1_a_recipient_outside_the_list_concerns_a_test_number_only(self) -> None:
        entry = find(131030)

        assert entry.kind is ErrorClass.CONFIGURATION
        assert not entry.is_recipients_own
        assert "de prueba" in entry.spanish

    def test_2_no_code_claims_that_a_customer_has_blocked_the_company(self) -> None:
        assert not [entry.code for entry in TABLE if "te bloqueó" in entry.spanish]
        assert find(131026).is_recipients_own

    def test_3_a_marketing_cap_asks_for_the_next_day_and_not_for_ever(self) -> None:
        entry = find(131049)

        assert (entry.retry, entry.tries, entry.kind) == (Retry.NEXT_DAY, 2, ErrorClass.UNDELIVERABLE)

    def test_4_a_locked_account_while_registering_is_a_wrong_pin(self) -> None:
        assert find(131031).counts_for_panic
        assert find(131031, registering=True) is find(133005)
        assert not find(131031, registering=True).counts_for_panic

    def test_5_a_payment_problem_stops_templates_and_keeps_replies(self) -> None:
        entry = find(131042)

        assert (entry.breaker.scope, entry.breaker.traffic) == (Scope.WABA, Traffic.PAID)
        assert not entry.counts_for_panic
        assert entry.tells_human

    def test_6_the_http_status_of_a_listed_code_says_nothing(self) -> None:
        assert find(138000, status=401).kind is ErrorClass.CALL
        assert find(138006, status=401).kind is ErrorClass.CALL
        assert find(3, status=500).retry is Retry.NO
        assert find(132001, status=404).kind is ErrorClass.TEMPLATE

    @pytest.mark.parametrize("subcode", [None, 33])
    def test_7_the_code_for_everything_never_repeats_never_breaks_and_always_alerts(
        self, subcode: int | None
    ) -> None:
        entry = find(100, subcode=subcode)

        assert (entry.retry, entry.breaker.scope, entry.tells_human) == (Retry.NO, Scope.NOBODY, True)

    def test_8_the_throughput_limit_slows_the_channel_and_stops_nothing(self) -> None:
        entry = find(130429)

        assert (entry.breaker.scope, entry.breaker.is_slowing) == (Scope.CHANNEL, True)
        assert entry.passes_soon

    def test_9_a_refused_file_or_a_closed_window_is_not_the_end_for_the_person(self) -> None:
        assert "sin el archivo" in find(131053).spanish
        assert "plantilla" in find(131047).spanish
        assert not find(131053).is_recipients_own
        assert not find(131047).is_recipients_own

    @pytest.mark.parametrize("code", [1, 2, 131000, 131016])
    def test_10_after_an_ambiguous_failure_sms_waits(self, code: int) -> None:
        assert (find(code).retry, find(code).sms) == (Retry.AMBIGUOUS, Sms.URGENT)

    @pytest.mark.parametrize("code", [131026, 131000])
    def test_11_what_may_be_but_an_expired_message_stops_nothing_at_once(self, code: int) -> None:
        entry = find(code)

        assert entry.breaker.scope is Scope.CUSTOMER or entry.breaker.after > 1
        assert not entry.tells_human

    @pytest.mark.parametrize(
        "code",
        [130403, 131055, 134011, 134100, 134101, 134102, 133000, 133004, 133005, 133006, 133008, 133009],
    )
    def test_12_what_pywa_lacks_is_listed(self, code: int) -> None:
        assert find(code).is_listed

    def test_12_a_body_is_not_taken_for_a_header(self) -> None:
        assert "cuerpo" in find(2388072).spanish
        assert "encabezado" in find(2388047).spanish

    def test_13_a_missing_header_differs_from_a_missing_permission_in_words_only(self) -> None:
        missing, around = find(200), find(250)

        assert (missing.kind, missing.retry, missing.breaker) == (around.kind, around.retry, around.breaker)
        assert missing.spanish != around.spanish

    def test_14_an_unknown_code_does_no_harm_and_calls_a_human(self) -> None:
        entry = find(987654)

        assert (entry.kind, entry.retry, entry.sms) == (ErrorClass.UNKNOWN, Retry.NO, Sms.NO)
        assert entry.breaker == UNKNOWN.breaker
        assert entry.tells_human
        assert not entry.is_listed
        assert not entry.counts_for_panic


def test_panic_counts_what_concerns_the_whole_channel() -> None:
    counted = {entry.code for entry in TABLE if entry.counts_for_panic}

    assert {190, 10, 33, 131005, 131031, 368, 130429, 131000, 133010} <= counted
    assert counted.isdisjoint({131026, 131047, 131042, 131048, 80007, 132001, 138000, 100, 133005})
    assert all(find(code).breaker.scope in WIDE for code in counted)
