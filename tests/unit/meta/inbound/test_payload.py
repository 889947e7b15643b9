"""Every item of a payload becomes a value: at every level of lists, known or not, whole or broken."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.meta import webhooks
from campotech_wa.meta.webhooks import InboundMessage, Malformed, StatusReport, Unknown, Unreadable

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


def parse_one(message: object, *contacts: JsonObject) -> webhooks.Item:
    [item] = webhooks.parse(payload(change(messages=[message], contacts=list(contacts))))
    return item


def inbound(message: object, *contacts: JsonObject) -> InboundMessage:
    item = parse_one(message, *contacts)
    assert isinstance(item, InboundMessage)
    return item


class TestDecode:
    def test_an_object_with_entries_is_a_payload(self) -> None:
        assert webhooks.decode(b'{"entry": []}') == {"entry": []}

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"null", b"[]", b"{}", b'{"entry": {}}', b'{"entry": null}', b"\xff", b"[" * 99_999],
    )
    def test_anything_else_is_malformed(self, body: bytes) -> None:
        with pytest.raises(Malformed):
            webhooks.decode(body)


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

        items = webhooks.parse(two)

        assert [item.wamid for item in items if isinstance(item, InboundMessage)] == ["a", "b", "c", "d"]
        assert [item.wamid for item in items if isinstance(item, StatusReport)] == ["e", "f"]

    def test_messages_come_before_statuses_and_each_keeps_its_order(self) -> None:
        first = change(statuses=[status(wamid="s1"), status(wamid="s2")])
        second = change(messages=[text(wamid="m1"), text(wamid="m2")])

        items = webhooks.parse(payload(first, second))

        assert [getattr(item, "wamid", "") for item in items] == ["m1", "m2", "s1", "s2"]

    def test_a_field_nobody_knows_is_kept_as_unknown(self) -> None:
        items = webhooks.parse(payload(change("calls", calls=["c"]), change(messages=[text()]), {}))

        assert [item for item in items if isinstance(item, Unknown)] == [Unknown("calls"), Unknown("")]
        assert len(items) == 3

    @pytest.mark.parametrize("broken", [None, 7, "x", [], {"changes": 7}, {"changes": [7]}])
    def test_a_level_without_its_shape_does_not_cost_its_neighbours(self, broken: object) -> None:
        whole: JsonObject = {"changes": [change(messages=[text()])]}

        items = webhooks.parse({"entry": [broken, whole]})

        assert [item for item in items if isinstance(item, InboundMessage)] == [inbound(text())]


class TestPhoneNumberIds:
    def test_every_business_number_that_is_named_is_told(self) -> None:
        other: JsonObject = {"field": "calls", "value": {"metadata": {"phone_number_id": 300}}}

        named = webhooks.phone_number_ids(payload(change(), change(), other))

        assert named == {"100", "300"}

    @pytest.mark.parametrize("value", [{}, {"metadata": None}, {"metadata": {}}, None])
    def test_a_value_that_names_none_adds_none(self, value: object) -> None:
        assert webhooks.phone_number_ids(payload({"field": "messages", "value": value})) == set()


class TestMessage:
    def test_a_text_is_read_whole(self) -> None:
        message = inbound(text(from_user_id="AR.1"), contact(ANA, "Ana Gómez", user_id="AR.1"))

        assert message == InboundMessage(
            wamid=webhooks.Wamid("wamid.1"),
            wa_id=webhooks.WaId(ANA),
            user_id=webhooks.BusinessScopedUserId("AR.1"),
            profile_name="Ana Gómez",
            type="text",
            content={"body": "Hola"},
            sent_at=datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
        )

    def test_contacts_do_not_pair_by_position(self) -> None:
        change_ = change(
            messages=[text(ANA, "a"), text(BETO, "b")], contacts=[contact(BETO, "Beto"), contact(ANA, "Ana")]
        )

        names = [
            item.profile_name for item in webhooks.parse(payload(change_)) if isinstance(item, InboundMessage)
        ]

        assert names == ["Ana", "Beto"]

    def test_a_contact_is_found_by_its_user_id_too(self) -> None:
        hidden = text(sender=None, from_user_id="AR.2")

        message = inbound(hidden, contact(BETO, "Beto"), {"user_id": "AR.2", "profile": {"name": "Caro"}})

        assert (message.wa_id, message.user_id, message.profile_name) == (None, "AR.2", "Caro")

    def test_a_single_contact_names_whoever_writes(self) -> None:
        assert inbound(text(), contact("541131234567", "Ana")).profile_name == "Ana"

    def test_of_several_strangers_none_names_the_sender(self) -> None:
        assert inbound(text(), contact(BETO, "Beto"), contact("59899123456", "Caro")).profile_name == ""

    @pytest.mark.parametrize("profile", [None, 7, {}, {"name": 7}])
    def test_a_contact_without_name_names_nobody(self, profile: object) -> None:
        assert inbound(text(), {"wa_id": ANA, "profile": profile}).profile_name == ""

    @pytest.mark.parametrize(
        "message",
        [text(sender=None), text(sender=""), text(sender="Ana"), text(sender="+549"), {}, 7, None, []],
    )
    def test_a_message_that_names_nobody_is_unreadable(self, message: object) -> None:
        assert parse_one(message) == Unreadable("message without sender")

    @pytest.mark.parametrize("timestamp", ["1764000000", 1764000000])
    def test_a_timestamp_is_unix_seconds_as_text_or_number(self, timestamp: object) -> None:
        assert inbound(text(timestamp=timestamp)).sent_at == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        "timestamp", [None, "", "soon", True, 1.5, ["1"], {"a": 1}, "9" * 30, 10**15, -(10**18), "9" * 5000]
    )
    def test_any_other_timestamp_is_none(self, timestamp: object) -> None:
        assert inbound(text(timestamp=timestamp)).sent_at is None

    @pytest.mark.parametrize("timestamp", ["0", "-62135596800", 86_400])
    def test_a_moment_before_whatsapp_existed_is_no_timestamp(self, timestamp: object) -> None:
        assert inbound(text(timestamp=timestamp)).sent_at is None

    def test_a_missing_timestamp_is_none(self) -> None:
        message = text()
        del message["timestamp"]

        assert inbound(message).sent_at is None

    def test_a_type_nobody_knows_keeps_its_content(self) -> None:
        message = inbound({"from": ANA, "id": "w", "type": "hologram", "hologram": {"id": "7"}})

        assert (message.type, message.content) == ("hologram", {"id": "7"})

    @pytest.mark.parametrize("kind", ["interactive", "text", "from"])
    def test_a_message_without_the_object_of_its_type_is_kept_whole(self, kind: str) -> None:
        raw = {"from": ANA, "id": "w", "type": kind}

        assert inbound(raw).content == {"raw": raw}

    @pytest.mark.parametrize("kind", [None, 7, ""])
    def test_a_message_without_a_type_is_unknown(self, kind: object) -> None:
        assert inbound(text(type=kind)).type == "unknown"


class TestMadeUpId:
    def test_a_message_without_id_always_gets_the_same_one(self) -> None:
        written = json.dumps(text(wamid=None))
        turned_round = json.dumps(dict(reversed(text(wamid=None).items())))

        first, second = inbound(json.loads(written)), inbound(json.loads(turned_round))

        assert first.wamid == second.wamid
        assert first.wamid.startswith("local.")

    def test_other_words_get_another_one(self) -> None:
        one, other = inbound(text(wamid=None)), inbound(text(wamid="", text={"body": "Chau \ud800"}))

        assert one.wamid != other.wamid
