"""Whatever is neither chat nor person is news, in full, under its field's name (webhooks.md 3.7, 3.8 and 6)."""

from datetime import UTC, datetime

import pytest

from campotech_wa.meta.inbound import Message, News, StatusReport, Unreadable, fields, parse
from tests.unit.meta.inbound import field_shapes, shapes
from tests.unit.meta.inbound.reading import only_item, unknown_keys
from tests.unit.meta.inbound.shapes import ANA, JsonObject

AT = datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
WHOLE = field_shapes.whole_values()
LISTED = field_shapes.listed_values()


class TestWhole:
    @pytest.mark.parametrize(("field", "event", "value"), WHOLE)
    def test_a_value_is_one_piece_of_news(self, field: str, event: str, value: JsonObject) -> None:
        item = only_item(shapes.bare_change(field, value), time=shapes.AT)

        assert item == News(field, event, AT, value)

    @pytest.mark.parametrize(("field", "value"), [(field, value) for field, _, value in WHOLE])
    def test_its_model_has_a_name_for_every_key(self, field: str, value: JsonObject) -> None:
        read = fields.read(field, value)

        assert read is not None
        assert list(unknown_keys(read)) == []

    def test_a_changed_quality_is_known_by_what_it_says(self) -> None:
        value = {"previous_quality_score": "GREEN", "new_quality_score": "RED"}

        item = only_item(shapes.bare_change("message_template_status_update", value))

        assert item == News("message_template_quality_update", "RED", None, value)

    @pytest.mark.parametrize("place", ["change", "entry", "value"])
    def test_the_name_of_a_field_may_stand_elsewhere(self, place: str) -> None:
        named: dict[str, JsonObject] = {"change": {}, "entry": {}, "value": {}}
        named[place] = {"field": "account_review_update"}
        value = named["value"] | {"decision": "APPROVED"}
        entry = named["entry"] | {"changes": [named["change"] | {"value": value}]}

        [item] = parse({"entry": [entry]})

        assert item == News("account_review_update", "APPROVED", None, value)

    @pytest.mark.parametrize("time", [None, "soon", 0, [], True])
    def test_a_time_that_is_none_is_none(self, time: object) -> None:
        assert getattr(only_item(shapes.bare_change("security", {"event": "X"}), time=time), "at", 1) is None


class TestListed:
    @pytest.mark.parametrize(("field", "key", "event", "raw"), LISTED)
    def test_each_element_is_a_piece_of_news(self, field: str, key: str, event: str, raw: JsonObject) -> None:
        names = {"errors": "errors", "user_actions": "user_actions"}

        items = parse(shapes.payload(shapes.change(field, **{key: [raw, raw]}), time=shapes.AT))

        assert items == [News(names.get(key, field), event, AT, {key: [raw]})] * 2

    @pytest.mark.parametrize(("key", "raw"), [(key, raw) for _, key, _, raw in LISTED])
    def test_under_another_field_its_name_still_tells_what_it_is(self, key: str, raw: JsonObject) -> None:
        item = only_item(shapes.change("", **{key: [raw]}))

        assert isinstance(item, News)
        assert item.name == {"statuses": "calls"}.get(key, key)

    @pytest.mark.parametrize(("field", "key", "raw"), [(field, key, raw) for field, key, _, raw in LISTED])
    def test_its_model_reads_the_payload_and_has_a_name_for_every_key(
        self, field: str, key: str, raw: JsonObject
    ) -> None:
        item = only_item(shapes.change(field, **{key: [raw]}))

        assert isinstance(item, News)
        read = fields.read(item.name, item.payload)
        assert read is not None
        assert len(getattr(read, key)) == 1
        assert list(unknown_keys(read)) == []

    def test_whom_a_call_is_from_comes_with_it(self) -> None:
        contacts = [shapes.contact("5493515123456"), shapes.full_contact()]

        item = only_item(shapes.change("calls", calls=[{"id": "wacid.1", "from": ANA}], contacts=contacts))

        assert isinstance(item, News)
        assert item.payload["contacts"] == [shapes.full_contact()]

    @pytest.mark.parametrize("key", ["errors", "calls", "groups", "user_actions"])
    def test_an_element_that_is_none_is_unreadable(self, key: str) -> None:
        items = parse(shapes.payload(shapes.change("messages", **{key: [7, {}]})))

        assert items == [Unreadable(f"{key} without content")] * 2

    def test_errors_of_a_flow_are_not_errors_of_messages(self) -> None:
        value = {"event": "CLIENT_ERROR_RATE", "errors": [{"error_type": "X", "error_count": 1}]}

        assert only_item(shapes.bare_change("flows", value)) == News(
            "flows", "CLIENT_ERROR_RATE", None, value
        )


class TestStandby:
    def test_what_is_said_to_another_application_is_news_and_no_message(self) -> None:
        sent = {"id": "wamid.2", "timestamp": shapes.WRITTEN_AT, "message": {"to": ANA, "type": "text"}}
        change = shapes.change(
            "standby", messages=[shapes.text()], message_echoes=[sent], contacts=[shapes.contact()]
        )

        items = parse(shapes.payload(change))

        heard = {"messages": [shapes.text()], "contacts": [shapes.contact()]}
        assert items == [
            News("standby", "text", AT, heard),
            News("standby", "", AT, {"message_echoes": [sent]}),
        ]
        assert fields.read("standby", heard) is not None

    def test_a_status_of_ours_is_a_status_there_too(self) -> None:
        assert isinstance(only_item(shapes.change("standby", statuses=[shapes.status()])), StatusReport)


class TestBeside:
    def test_what_stands_beside_messages_is_news(self) -> None:
        context = {"type": "summary", "summary": {"text": "Wants a plumber"}}
        change = shapes.change(messages=[shapes.text()], conversation_context=context)

        message, news = parse(shapes.payload(change))

        assert isinstance(message, Message)
        assert isinstance(news, News)
        assert (news.name, news.payload["conversation_context"]) == ("messages", context)
        assert "messages" not in news.payload

    @pytest.mark.parametrize("found", [[], None])
    def test_a_field_of_messages_without_any_is_nothing(self, found: object) -> None:
        assert parse(shapes.payload(shapes.change())) == []
        assert parse(shapes.payload(shapes.change(messages=found, contacts=[shapes.contact()]))) == []

    def test_a_field_nobody_knows_is_news_even_when_it_says_nothing(self) -> None:
        assert only_item(shapes.bare_change("holograms", {})) == News("holograms", "", None, {})

    @pytest.mark.parametrize("key", ["messages", "statuses", "history", "calls"])
    def test_a_list_that_is_none_is_unreadable(self, key: str) -> None:
        assert only_item(shapes.change("messages", **{key: {"0": {}}})) == Unreadable(f"{key} is not a list")
