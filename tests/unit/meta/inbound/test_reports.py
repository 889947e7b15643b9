"""Statuses are read whole: ours by what we sent with them, failed ones with the reason."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.ids import Wamid
from campotech_wa.meta import inbound
from campotech_wa.meta.inbound import Person, StatusReport, Unreadable, parse_status

FAILED: dict[str, Any] = {
    "id": "wamid.9",
    "status": "failed",
    "timestamp": 1764000000,
    "biz_opaque_callback_data": "m7.2",
    "errors": [
        {"code": 131026, "title": "Undeliverable", "error_data": {"details": "No WhatsApp."}},
        {"code": 1},
    ],
}

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
wild = st.one_of(
    any_json, st.sampled_from(["", "text", "5491131234567", "AR.1", "1764000000", "failed", 131026])
)


def shaped(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return objects with any of these fields, or something else in their place."""
    return st.fixed_dictionaries({}, optional=fields) | any_json


def listed(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=3) | any_json


contacts = shaped(wa_id=wild, user_id=wild, profile=shaped(name=wild))
messages = shaped(
    **{"from": wild}, from_user_id=wild, id=wild, timestamp=wild, type=wild, text=wild, interactive=wild
)
errors = shaped(code=wild, title=wild, error_data=shaped(details=wild))
statuses = shaped(id=wild, status=wild, timestamp=wild, biz_opaque_callback_data=wild, errors=listed(errors))
values = shaped(
    metadata=shaped(phone_number_id=wild),
    contacts=listed(contacts),
    messages=listed(messages),
    statuses=listed(statuses),
)
changes = shaped(field=st.just("messages") | wild, value=values)
payloads = st.fixed_dictionaries({"entry": listed(shaped(changes=listed(changes)))})


class TestParseStatus:
    def test_a_failure_is_read_whole(self) -> None:
        assert parse_status(FAILED) == StatusReport(
            wamid=Wamid("wamid.9"),
            status="failed",
            at=datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
            recipient=Person(),
            callback_data="m7.2",
            error_code=131026,
            error_detail="No WhatsApp.",
            raw=FAILED,
        )

    @pytest.mark.parametrize(
        ("errors_", "code", "detail"),
        [
            ([], None, ""),
            (None, None, ""),
            ([7], None, ""),
            ([{"code": "131026", "title": "Undeliverable"}], 131026, "Undeliverable"),
            ([{"code": 131026, "message": "Undeliverable"}], 131026, "Undeliverable"),
            ([{"code": "none", "error_data": "text"}], None, ""),
            ([{"code": 10**12}], None, ""),
            ([{"code": -(10**12)}], None, ""),
        ],
    )
    def test_a_reason_is_read_as_far_as_it_is_told(
        self, errors_: object, code: int | None, detail: str
    ) -> None:
        report = parse_status(FAILED | {"errors": errors_})

        assert isinstance(report, StatusReport)
        assert (report.error_code, report.error_detail) == (code, detail)

    def test_what_is_missing_is_empty(self) -> None:
        report = parse_status({"id": "wamid.9"})

        assert isinstance(report, StatusReport)
        assert (report.status, report.at, report.callback_data, report.error_code) == ("", None, "", None)

    @pytest.mark.parametrize("raw", [None, 7, [], {}, {"id": ""}, {"id": 7}])
    def test_a_status_of_nothing_is_unreadable(self, raw: object) -> None:
        assert parse_status(raw) == Unreadable("status without id")

    def test_its_raw_form_does_not_show_in_a_traceback(self) -> None:
        assert "Undeliverable" not in repr(parse_status(FAILED))


class TestTotality:
    @given(payloads)
    def test_no_payload_of_the_right_outline_is_an_error(self, payload: dict[str, Any]) -> None:
        items = inbound.parse(payload)

        assert all(isinstance(item, inbound.Item) for item in items)

    @given(st.dictionaries(st.text(), any_json))
    def test_no_object_is_an_error(self, payload: dict[str, Any]) -> None:
        assert inbound.parse(payload) == []

    @given(payloads)
    def test_the_numbers_it_names_can_always_be_told(self, payload: dict[str, Any]) -> None:
        named = inbound.phone_number_ids(payload)

        assert all(isinstance(number, str) for number in named)

    @given(payloads)
    def test_a_second_reading_says_the_same(self, payload: dict[str, Any]) -> None:
        written = json.dumps(payload)

        assert repr(inbound.parse(json.loads(written))) == repr(inbound.parse(json.loads(written)))

    @pytest.mark.parametrize("place", ["timestamp", "id", "from", "type", "text", "contacts"])
    def test_depth_is_no_error_where_it_could_be_decoded(self, place: str) -> None:
        bodies = [nested(place, depth) for depth in range(100, 1000, 25)]

        decoded = [payload for body in bodies if (payload := decodable(body))]

        assert len(decoded) > 10
        assert [len(inbound.parse(payload)) for payload in decoded] == [1] * len(decoded)


def nested(place: str, depth: int) -> bytes:
    message = f'{{"from": "5491131234567", "type": "text", "{place}": {"[" * depth}{"]" * depth}}}'
    return f'{{"entry": [{{"changes": [{{"field": "messages", "value": {{"messages": [{message}]}}}}]}}]}}'.encode()


def decodable(body: bytes) -> dict[str, Any] | None:
    try:
        return inbound.decode(body)
    except inbound.Malformed:
        return None


def test_a_code_that_nobody_knows_is_reported_and_kept(caplog: pytest.LogCaptureFixture) -> None:
    raw = {"id": "wamid.1", "status": "failed", "errors": [{"code": 987_001, "title": "New"}]}

    with caplog.at_level("WARNING"):
        report = parse_status(raw)

    assert isinstance(report, StatusReport)
    assert report.error_code == 987_001
    assert [record.message for record in caplog.records] == ["error code not in the catalogue"]


def test_a_subcode_that_tells_more_is_the_code() -> None:
    raw = {"id": "wamid.1", "status": "failed", "errors": [{"code": 100, "error_subcode": 2388299}]}

    report = parse_status(raw)

    assert isinstance(report, StatusReport)
    assert report.error_code == 2388299
