"""Every item of a payload becomes a value: at every level of lists, known or not, whole or broken."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, WaId, Wamid
from campotech_wa.meta import inbound
from campotech_wa.meta.inbound import Author, Item, Malformed, Message, News, Person, StatusReport, Unreadable

ANA, BETO = "5491131234567", "5493515123456"
JsonObject = dict[str, Any]


def text(sender: str | None = ANA, wamid: str | None = "wamid.1", **more: object) -> JsonObject:
    message: JsonObject = {"timestamp": "1764000000", "type": "text", "text": {"body": "Hola"}}
    message |= {key: value for key, value in (("from", sender), ("id", wamid)) if value is not None}
    return message | more


def status(word: str = "sent", wamid: str = "wamid.9", **more: object) -> JsonObject:
    return {"id": wamid, "status": word, "timestamp": "1764000000", **more}


def contact(wa_id: str, name: str, **more: object) -> JsonObject:
    return {"wa_id": wa_id, "profile": {"name": name}, **more}


def change(field: str = "messages", **value: object) -> JsonObject:
    return {"field": field, "value": {"metadata": {"phone_number_id": "100"}, **value}}


def payload(*changes: JsonObject) -> JsonObject:
    return {"object": "whatsapp_business_account", "entry": [{"id": "200", "changes": list(changes)}]}


def parse_one(message: object, *contacts: JsonObject) -> Item:
    [item] = inbound.parse(payload(change(messages=[message], contacts=list(contacts))))
    return item


def message_of(message: object, *contacts: JsonObject) -> Message:
    item = parse_one(message, *contacts)
    assert isinstance(item, Message)
    return item


class TestDecode:
    def test_an_object_with_entries_is_a_payload(self) -> None:
        assert inbound.decode(b'{"entry": []}') == {"entry": []}

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"null", b"[]", b"{}", b'{"entry": {}}', b'{"entry": null}', b"\xff", b"[" * 99_999],
    )
    def test_anything_else_is_malformed(self, body: bytes) -> None:
        with pytest.raises(Malformed):
            inbound.decode(body)


class TestLevels:
    def test_every_entry_change_message_and_status_is_read(self) -> None:
        two = {
            "entry": [
                {
                    "changes": [
                        change(messages=[text(wamid="a"), text(wamid="b")]),
                        change(messages=[text(wamid="c")]),
                    ]
                },
                {
                    "changes": [
                        change(messages=[text(wamid="d")], statuses=[status(wamid="e"), status(wamid="f")])
                    ]
                },
            ]
        }

        items = inbound.parse(two)

        assert [item.wamid for item in items if isinstance(item, Message)] == ["a", "b", "c", "d"]
        assert [item.wamid for item in items if isinstance(item, StatusReport)] == ["e", "f"]

    def test_messages_come_before_statuses_and_each_keeps_its_order(self) -> None:
        first = change(statuses=[status(wamid="s1"), status(wamid="s2")])
        second = change(messages=[text(wamid="m1"), text(wamid="m2")])

        items = inbound.parse(payload(first, second))

        assert [getattr(item, "wamid", "") for item in items] == ["m1", "m2", "s1", "s2"]

    def test_a_field_nobody_knows_is_kept_as_news(self) -> None:
        unknown = change("holograms", event="SHOWN", holograms=["c"])

        items = inbound.parse(payload(unknown, change(messages=[text()]), {}))

        assert items == [
            News("holograms", "SHOWN", None, unknown["value"]),
            message_of(text()),
            Unreadable("change without value"),
        ]

    @pytest.mark.parametrize("broken", [None, 7, "x", [], {"changes": 7}, {"changes": [7]}])
    def test_a_level_without_its_shape_does_not_cost_its_neighbours(self, broken: object) -> None:
        whole: JsonObject = {"changes": [change(messages=[text()])]}

        items = inbound.parse({"entry": [broken, whole]})

        assert [item for item in items if isinstance(item, Message)] == [message_of(text())]


class TestPhoneNumberIds:
    def test_every_business_number_that_is_named_is_told(self) -> None:
        other: JsonObject = {"field": "calls", "value": {"metadata": {"phone_number_id": 300}}}

        named = inbound.phone_number_ids(payload(change(), change(), other))

        assert named == {"100", "300"}

    @pytest.mark.parametrize("value", [{}, {"metadata": None}, {"metadata": {}}, None])
    def test_a_value_that_names_none_adds_none(self, value: object) -> None:
        assert inbound.phone_number_ids(payload({"field": "messages", "value": value})) == set()


class TestMessage:
    def test_a_text_is_read_whole(self) -> None:
        message = message_of(text(from_user_id="AR.1"), contact(ANA, "Ana Gómez", user_id="AR.1"))

        assert message == Message(
            wamid=Wamid("wamid.1"),
            person=Person(WaId(ANA), BusinessScopedUserId("AR.1"), name="Ana Gómez"),
            author=Author.CUSTOMER,
            type="text",
            content={"body": "Hola"},
            envelope={
                "from": ANA,
                "from_user_id": "AR.1",
                "id": "wamid.1",
                "timestamp": "1764000000",
                "type": "text",
            },
            target_wamid=None,
            media=(),
            sent_at=datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
        )

    def test_contacts_do_not_pair_by_position(self) -> None:
        change_ = change(
            messages=[text(ANA, "a"), text(BETO, "b")], contacts=[contact(BETO, "Beto"), contact(ANA, "Ana")]
        )

        names = [item.person.name for item in inbound.parse(payload(change_)) if isinstance(item, Message)]

        assert names == ["Ana", "Beto"]

    def test_a_contact_is_found_by_its_user_id_too(self) -> None:
        hidden = text(sender=None, from_user_id="AR.2")

        message = message_of(hidden, contact(BETO, "Beto"), {"user_id": "AR.2", "profile": {"name": "Caro"}})

        assert (message.person.wa_id, message.person.user_id, message.person.name) == (None, "AR.2", "Caro")

    def test_a_single_contact_names_whoever_writes(self) -> None:
        assert message_of(text(), contact("541131234567", "Ana")).person.name == "Ana"

    def test_of_several_strangers_none_names_the_sender(self) -> None:
        assert message_of(text(), contact(BETO, "Beto"), contact("59899123456", "Caro")).person.name == ""

    @pytest.mark.parametrize("profile", [None, 7, {}, {"name": 7}])
    def test_a_contact_without_name_names_nobody(self, profile: object) -> None:
        assert message_of(text(), {"wa_id": ANA, "profile": profile}).person.name == ""

    @pytest.mark.parametrize(
        "message",
        [text(sender=None), text(sender=""), text(sender="Ana"), text(sender="+549"), {}, 7, None, []],
    )
    def test_a_message_that_names_nobody_is_unreadable(self, message: object) -> None:
        assert parse_one(message) == Unreadable("message without sender")

    @pytest.mark.parametrize("timestamp", ["1764000000", 1764000000])
    def test_a_timestamp_is_unix_seconds_as_text_or_number(self, timestamp: object) -> None:
        assert message_of(text(timestamp=timestamp)).sent_at == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        "timestamp", [None, "", "soon", True, 1.5, ["1"], {"a": 1}, "9" * 30, 10**15, -(10**18), "9" * 5000]
    )
    def test_any_other_timestamp_is_none(self, timestamp: object) -> None:
        assert message_of(text(timestamp=timestamp)).sent_at is None

    @pytest.mark.parametrize("timestamp", ["0", "-62135596800", 86_400])
    def test_a_moment_before_whatsapp_existed_is_no_timestamp(self, timestamp: object) -> None:
        assert message_of(text(timestamp=timestamp)).sent_at is None

    def test_a_missing_timestamp_is_none(self) -> None:
        message = text()
        del message["timestamp"]

        assert message_of(message).sent_at is None

    def test_a_type_nobody_knows_keeps_its_content(self) -> None:
        message = message_of({"from": ANA, "id": "w", "type": "hologram", "hologram": {"id": "7"}})

        assert (message.type, message.content) == ("hologram", {"id": "7"})

    @pytest.mark.parametrize("kind", ["interactive", "text", "from"])
    def test_a_message_without_the_object_of_its_type_is_kept_whole(self, kind: str) -> None:
        raw = {"from": ANA, "id": "w", "type": kind}

        assert message_of(raw).content == {"raw": raw}

    @pytest.mark.parametrize("kind", [None, 7, ""])
    def test_a_message_without_a_type_is_unknown(self, kind: object) -> None:
        assert message_of(text(type=kind)).type == "unknown"


class TestMadeUpId:
    def test_a_message_without_id_always_gets_the_same_one(self) -> None:
        written = json.dumps(text(wamid=None))
        turned_round = json.dumps(dict(reversed(text(wamid=None).items())))

        first, second = message_of(json.loads(written)), message_of(json.loads(turned_round))

        assert first.wamid == second.wamid
        assert first.wamid.startswith("local.")

    def test_other_words_get_another_one(self) -> None:
        one, other = message_of(text(wamid=None)), message_of(text(wamid="", text={"body": "Chau \ud800"}))

        assert one.wamid != other.wamid
