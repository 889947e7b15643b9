"""Who somebody is, was, and wants to hear of: contacts, changed ids, preferences."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.meta.inbound import Message, Person, Preference, Renumbered, Unreadable, parse
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.reading import only_item, only_message
from tests.unit.meta.inbound.shapes import ANA, ANA_PARENT, ANA_USER, BETO, JsonObject

AT = datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
HIDDEN = {key: item for key, item in shapes.text().items() if not key.startswith("from")}


class TestSender:
    def test_a_hidden_number_leaves_the_user_id(self) -> None:
        person = only_message(HIDDEN | {"from_user_id": ANA_USER, "from_parent_user_id": ANA_PARENT}).person

        assert person == Person(None, BusinessScopedUserId(ANA_USER), ANA_PARENT)

    def test_a_number_may_be_a_json_number(self) -> None:
        message = only_message(HIDDEN | {"from": int(ANA)}, contacts=[shapes.contact(name="Ana")])

        assert (message.person.wa_id, message.person.name) == (ANA, "Ana")

    def test_whoever_is_named_nowhere_is_the_only_contact(self) -> None:
        person = only_message(HIDDEN, contacts=[shapes.full_contact()]).person

        assert (person.wa_id, person.user_id, person.name) == (ANA, ANA_USER, "Ana Gómez")

    def test_whoever_is_named_nowhere_is_none_of_several_contacts(self) -> None:
        change = shapes.change(messages=[HIDDEN], contacts=[shapes.contact(), shapes.contact(BETO)])

        assert only_item(change) == Unreadable("message without sender")

    def test_a_contact_with_another_number_lends_its_name_and_not_its_ids(self) -> None:
        person = only_message(shapes.text() | {"from": BETO}, contacts=[shapes.full_contact()]).person
        stranger = only_message(HIDDEN | {"from": BETO}, contacts=[shapes.full_contact()]).person

        assert (person.wa_id, person.user_id) == (BETO, ANA_USER)
        assert (stranger.wa_id, stranger.user_id, stranger.name) == (BETO, None, "Ana Gómez")

    @pytest.mark.parametrize("written", ["ana.gomez", "@ana.gomez"])
    def test_a_username_comes_without_its_at(self, written: str) -> None:
        contact = shapes.contact() | {"profile": {"username": written}}

        assert only_message(shapes.text(), contacts=[contact]).person.username == "ana.gomez"


class TestChangedIds:
    def test_a_changed_number_is_a_message_and_a_change(self) -> None:
        message, change = parse(shapes.payload(shapes.change(messages=[shapes.system()])))

        assert isinstance(message, Message)
        assert message.type == "system"
        assert change == Renumbered(
            before=Person(WaId(ANA), BusinessScopedUserId(ANA_USER), ANA_PARENT),
            after=Person(WaId(BETO), BusinessScopedUserId("AR.NEW"), "AR.ENT.NEW"),
            at=AT,
        )

    @pytest.mark.parametrize("spelling", ["wa_id", "new_wa_id"])
    def test_the_new_number_has_two_spellings(self, spelling: str) -> None:
        raw = HIDDEN | {"from": ANA, "type": "system"}
        raw["system"] = {"type": "user_changed_number", spelling: BETO}

        _, change = parse(shapes.payload(shapes.change(messages=[raw])))

        assert change == Renumbered(Person(WaId(ANA)), Person(WaId(BETO)), AT)

    def test_the_user_id_of_a_sender_may_be_the_new_one_already(self) -> None:
        raw = HIDDEN | {"from": ANA, "from_user_id": "AR.NEW", "type": "system"}
        raw["system"] = {"type": "user_changed_user_id", "user_id": "AR.NEW", "previous_user_id": "AR.OLD"}

        _, change = parse(shapes.payload(shapes.change(messages=[raw])))

        assert isinstance(change, Renumbered)
        assert (change.before.user_id, change.after.user_id) == ("AR.OLD", "AR.NEW")

    def test_the_new_user_id_of_a_sender_is_not_taken_for_the_old_one(self) -> None:
        raw = HIDDEN | {"from": ANA, "from_user_id": "AR.NEW", "type": "system"}
        raw["system"] = {"type": "user_changed_number", "wa_id": BETO, "user_id": "AR.NEW"}

        _, change = parse(shapes.payload(shapes.change(messages=[raw])))

        assert isinstance(change, Renumbered)
        assert change.before == Person(WaId(ANA))

    @pytest.mark.parametrize(
        "system",
        [
            {"type": "customer_identity_changed", "wa_id": BETO},
            {"type": "user_changed_number"},
            {"type": "user_changed_number", "wa_id": "soon"},
            {"type": "user_changed_number", "wa_id": ANA, "user_id": ANA_USER, "previous_user_id": ANA_USER},
        ],
    )
    def test_nothing_new_is_no_change(self, system: JsonObject) -> None:
        items = parse(shapes.payload(shapes.change(messages=[shapes.message("system", system)])))

        assert [type(item) for item in items] == [Message]

    def test_the_field_of_changed_ids_is_a_change(self) -> None:
        update = {
            "wa_id": ANA,
            "detail": "changed",
            "user_id": {"previous": ANA_USER, "current": "AR.NEW"},
            "parent_user_id": {"previous": ANA_PARENT, "current": "AR.ENT.NEW"},
            "timestamp": shapes.WRITTEN_AT,
        }

        assert only_item(shapes.change("user_id_update", user_id_update=[update])) == Renumbered(
            before=Person(WaId(ANA), BusinessScopedUserId(ANA_USER), ANA_PARENT),
            after=Person(WaId(ANA), BusinessScopedUserId("AR.NEW"), "AR.ENT.NEW"),
            at=AT,
        )

    @pytest.mark.parametrize("update", [None, {}, {"user_id": {"current": "AR.NEW"}}])
    def test_a_change_of_nobody_is_unreadable(self, update: object) -> None:
        item = only_item(shapes.change("user_id_update", user_id_update=[update]))

        assert item == Unreadable("changed id of nobody")


class TestPreference:
    def told(self, **more: Any) -> JsonObject:
        return {
            "wa_id": ANA,
            "user_id": ANA_USER,
            "category": "marketing_messages",
            "value": "stop",
            "detail": "User requested to stop marketing messages",
            "timestamp": shapes.AT,
            **more,
        }

    @pytest.mark.parametrize("value", ["stop", "resume", "signup", "perhaps"])
    def test_what_a_customer_wants_is_told_as_meta_says_it(self, value: str) -> None:
        raw = self.told(value=value)

        item = only_item(
            shapes.change("user_preferences", user_preferences=[raw], contacts=[shapes.contact()])
        )

        assert item == Preference(
            Person(WaId(ANA), BusinessScopedUserId(ANA_USER), name="Ana"), value, AT, raw
        )

    def test_without_a_time_of_its_own_it_has_that_of_the_entry(self) -> None:
        change = shapes.change("user_preferences", user_preferences=[self.told(timestamp=None)])

        item = only_item(change, time="1764000000")

        assert isinstance(item, Preference)
        assert item.at == AT

    @pytest.mark.parametrize("raw", [None, 7, {}, {"value": "stop"}])
    def test_a_preference_of_nobody_is_unreadable(self, raw: object) -> None:
        item = only_item(shapes.change("user_preferences", user_preferences=[raw]))

        assert item == Unreadable("preference of nobody")
