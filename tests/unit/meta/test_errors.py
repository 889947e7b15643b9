"""A refusal is judged by Meta's code; by the HTTP status only where there is no code, or nobody knows it."""

import logging
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.meta_errors import TABLE, Retry
from campotech_wa.errors import MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.errors import GraphError, classify, judge, read, read_object

BUSY = sorted(entry.code for entry in TABLE if entry.passes_soon)
AMBIGUOUS = sorted(entry.code for entry in TABLE if entry.retry is Retry.AMBIGUOUS)
DEFINITE = sorted({entry.code for entry in TABLE} - {*BUSY, *AMBIGUOUS})

statuses = st.sampled_from([200, 302, 400, 401, 403, 404, 429, 500, 503])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
_new_codes = count(900_000)


def error(code: int, *, is_transient: bool = False) -> GraphError:
    return GraphError(code, "details", is_transient)


class TestRead:
    def test_an_answer_is_read_whole(self) -> None:
        body = {
            "error": {
                "message": "(#100) Invalid parameter",
                "type": "OAuthException",
                "code": 100,
                "error_subcode": 2388299,
                "is_transient": False,
                "error_user_title": "Variables",
                "error_user_msg": "Variables can't be at the end.",
                "fbtrace_id": "A1b2",
            }
        }

        assert read(body) == GraphError(
            code=100,
            detail="Variables can't be at the end.",
            subcode=2388299,
            title="Variables",
            user_message="Variables can't be at the end.",
            trace="A1b2",
        )

    def test_the_error_of_a_webhook_is_read_alike(self) -> None:
        reported = {
            "code": 131047,
            "title": "Re-engagement message",
            "message": "Re-engagement message",
            "error_data": {"details": "24 h"},
            "href": "https://developers.facebook.com/",
        }

        assert read_object(reported) == GraphError(131047, "24 h", title="Re-engagement message")

    @pytest.mark.parametrize(
        ("told", "detail"),
        [
            ({}, ""),
            ({"message": "Invalid"}, "Invalid"),
            ({"message": "Invalid", "error_data": {}}, "Invalid"),
            ({"message": "Invalid", "error_data": "to is missing"}, "to is missing"),
            ({"message": "Invalid", "error_data": '{"details": "to is missing"}'}, "to is missing"),
            ({"message": "Invalid", "error_data": '{"other": 1}'}, "Invalid"),
            ({"message": "Invalid", "error_data": "[1]"}, "[1]"),
            ({"message": "Invalid", "error_data": '{"details": 7}'}, "Invalid"),
            ({"message": "Invalid", "error_data": "{to is missing"}, "{to is missing"),
            ({"error_data": '{"a":' + "[" * 100_000}, '{"a":' + "[" * 100_000),
            ({"message": 7}, "7"),
            ({"title": "Only a title"}, "Only a title"),
        ],
    )
    def test_the_words_stand_where_meta_put_them(self, told: dict[str, Any], detail: str) -> None:
        found = read({"error": {"code": 100, **told}})

        assert found is not None
        assert (found.code, found.detail) == (100, detail)

    @pytest.mark.parametrize("flag", [False, None, "true", 1])
    def test_only_true_is_transient(self, flag: object) -> None:
        assert read({"error": {"code": 9, "is_transient": True}}) == GraphError(9, "", is_transient=True)
        assert read({"error": {"code": 9, "is_transient": flag}}) == GraphError(9, "", is_transient=False)

    @pytest.mark.parametrize(("written", "subcode"), [("33", 33), (33, 33), (None, None), ("x", None)])
    def test_a_subcode_may_be_a_number_a_text_or_missing(self, written: object, subcode: int | None) -> None:
        found = read({"error": {"code": 100, "error_subcode": written}})

        assert found is not None
        assert found.subcode == subcode

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            "error",
            "<html><body>Sorry, something went wrong.</body></html>",
            {},
            {"error": None},
            {"error": "no"},
            {"error": {}},
            {"error": {"code": "x"}},
            {"error": {"code": 2**40}},
        ],
    )
    def test_what_holds_no_error_object_is_none(self, body: object) -> None:
        assert read(body) is None

    @given(st.dictionaries(st.sampled_from(["code", "error_data", "error_subcode", "title"]), json_values))
    def test_any_shape_is_read_or_is_none(self, raw: dict[str, Any]) -> None:
        found = read_object(raw)

        assert found is None or isinstance(classify(400, found), MetaError)


class TestClassify:
    @given(statuses, st.sampled_from(BUSY), st.booleans())
    def test_throttling_comes_back_later_under_any_status(self, status: int, code: int, flag: bool) -> None:  # noqa: FBT001
        fault = classify(status, error(code, is_transient=flag))

        assert (type(fault), fault.code, fault.detail) == (MetaBusy, code, "details")

    @given(statuses, st.sampled_from(AMBIGUOUS))
    def test_metas_own_faults_may_have_been_accepted_under_any_status(self, status: int, code: int) -> None:
        fault = classify(status, error(code))

        assert (type(fault), fault.code) == (MetaUnconfirmed, code)

    @given(statuses, st.sampled_from(DEFINITE))
    def test_any_other_code_is_a_no_under_any_status(self, status: int, code: int) -> None:
        fault = classify(status, error(code))

        assert (type(fault), fault.code) == (MetaRefused, code)

    @pytest.mark.parametrize(
        ("status", "kind"), [(400, MetaRefused), (429, MetaBusy), (500, MetaUnconfirmed)]
    )
    def test_a_code_that_nobody_knows_is_judged_by_its_status(
        self, status: int, kind: type[MetaError]
    ) -> None:
        assert type(classify(status, error(999999))) is kind

    def test_a_no_that_calls_itself_transient_may_have_been_accepted(self) -> None:
        assert isinstance(classify(400, error(131047, is_transient=True)), MetaUnconfirmed)

    def test_the_subcode_that_decided_is_the_code(self) -> None:
        fault = classify(400, GraphError(100, "details", subcode=2388299, trace="A1"))

        assert (type(fault), fault.code, fault.trace) == (MetaRefused, 2388299, "A1")

    def test_a_locked_account_while_registering_is_a_wrong_pin(self) -> None:
        assert classify(403, error(131031)).code == 131031
        assert classify(403, error(131031), registering=True).code == 133005

    def test_a_restriction_that_lasts_is_not_waited_for_in_the_queue(self) -> None:
        assert isinstance(classify(400, error(131064)), MetaRefused)

    @pytest.mark.parametrize(
        ("status", "kind", "code"),
        [
            (429, MetaBusy, 130429),
            (500, MetaUnconfirmed, None),
            (502, MetaUnconfirmed, None),
            (404, MetaUnconfirmed, None),
        ],
    )
    def test_without_a_code_the_status_decides(
        self, status: int, kind: type[MetaError], code: int | None
    ) -> None:
        fault = classify(status, None)

        assert (type(fault), fault.code) == (kind, code)
        assert str(status) in fault.detail


class TestReport:
    def test_an_unlisted_code_is_reported_once(self, caplog: pytest.LogCaptureFixture) -> None:
        code = next(_new_codes)

        with caplog.at_level(logging.WARNING):
            judged = [judge(error(code)) for _ in range(3)]

        reports = [record for record in caplog.records if record.message == "error code not in the catalogue"]
        assert [(record.levelname, vars(record)["code"]) for record in reports] == [("WARNING", code)]
        assert all(entry.code == code for entry in judged)

    def test_a_listed_code_is_not(self, caplog: pytest.LogCaptureFixture) -> None:
        judge(error(131026))

        assert caplog.records == []
