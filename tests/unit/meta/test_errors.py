"""A refusal is judged by Meta's code; by the HTTP status only where there is no code."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.errors import MetaBusy, MetaError, MetaRefused, MetaUnconfirmed
from campotech_wa.meta.errors import AMBIGUOUS, BUSY, GraphError, classify, read

statuses = st.sampled_from([200, 302, 400, 401, 403, 404, 429, 500, 503])


def error(code: int, *, is_transient: bool = False) -> GraphError:
    return GraphError(code, "details", is_transient)


class TestRead:
    def test_the_details_say_more_than_the_message(self) -> None:
        body = {
            "error": {"code": 131047, "message": "(#131047) Re-engagement", "error_data": {"details": "24 h"}}
        }

        assert read(body) == GraphError(131047, "24 h", is_transient=False)

    @pytest.mark.parametrize(
        ("told", "detail"),
        [
            ({}, ""),
            ({"message": "Invalid"}, "Invalid"),
            ({"message": "Invalid", "error_data": {}}, "Invalid"),
            ({"message": "Invalid", "error_data": "to is missing"}, "to is missing"),
            ({"message": 7}, "7"),
        ],
    )
    def test_the_words_stand_where_meta_put_them(self, told: dict[str, Any], detail: str) -> None:
        found = read({"error": {"code": 100, **told}})

        assert found == GraphError(100, detail, is_transient=False)

    @pytest.mark.parametrize("flag", [False, None, "true", 1])
    def test_only_true_is_transient(self, flag: object) -> None:
        assert read({"error": {"code": 9, "is_transient": True}}) == GraphError(9, "", is_transient=True)
        assert read({"error": {"code": 9, "is_transient": flag}}) == GraphError(9, "", is_transient=False)

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            "error",
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


class TestClassify:
    @given(statuses, st.sampled_from(sorted(BUSY)), st.booleans())
    def test_throttling_comes_back_later_under_any_status(self, status: int, code: int, flag: bool) -> None:  # noqa: FBT001
        fault = classify(status, error(code, is_transient=flag))

        assert (type(fault), fault.code, fault.detail) == (MetaBusy, code, "details")

    @given(statuses, st.sampled_from(sorted(AMBIGUOUS)))
    def test_metas_own_faults_may_have_been_accepted_under_any_status(self, status: int, code: int) -> None:
        fault = classify(status, error(code))

        assert (type(fault), fault.code) == (MetaUnconfirmed, code)

    @given(statuses, st.sampled_from([0, 10, 100, 190, 131026, 131047, 999999]))
    def test_any_other_code_is_a_no_under_any_status(self, status: int, code: int) -> None:
        fault = classify(status, error(code))

        assert (type(fault), fault.code) == (MetaRefused, code)

    def test_a_no_that_calls_itself_transient_may_have_been_accepted(self) -> None:
        assert isinstance(classify(400, error(999999, is_transient=True)), MetaUnconfirmed)

    @pytest.mark.parametrize(
        ("status", "kind"),
        [(429, MetaBusy), (500, MetaUnconfirmed), (502, MetaUnconfirmed), (404, MetaUnconfirmed)],
    )
    def test_without_a_code_the_status_decides(self, status: int, kind: type[MetaError]) -> None:
        fault = classify(status, None)

        assert type(fault) is kind
        assert fault.code is None
        assert str(status) in fault.detail
