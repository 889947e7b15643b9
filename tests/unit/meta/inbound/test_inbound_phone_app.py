"""What the company's own phone tells: echoes, history, its address book (webhooks.md 6.4)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campotech_wa.domain.ids import BusinessScopedUserId, WaId
from campotech_wa.meta.inbound import Author, ContactEntry, Item, Message, News, Person, Unreadable, parse
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.reading import only_item
from tests.unit.meta.inbound.shapes import ANA, ANA_USER, BUSINESS, JsonObject

AT = datetime(2025, 11, 24, 16, 0, tzinfo=UTC)


def echo(kind: str = "text", content: Any = None, **more: Any) -> JsonObject:
    raw = {"from": BUSINESS, "to": ANA, "id": "wamid.E", "timestamp": shapes.WRITTEN_AT, "type": kind}
    return raw | {kind: content or {"body": "Ya vamos"}} | more


def read_echo(raw: object, **value: Any) -> Message:
    item = only_item(shapes.change("smb_message_echoes", message_echoes=[raw], **value))
    assert isinstance(item, Message)
    return item


def without(raw: JsonObject, *keys: str) -> JsonObject:
    return {key: item for key, item in raw.items() if key not in keys}


class TestEcho:
    def test_it_is_a_message_of_the_business_in_the_chat_of_the_customer(self) -> None:
        message = read_echo(echo(to_user_id=ANA_USER, to_parent_user_id="AR.ENT.1"))

        assert message.author is Author.BUSINESS
        assert message.person == Person(WaId(ANA), BusinessScopedUserId(ANA_USER), "AR.ENT.1")
        assert (message.content, message.is_history) == ({"body": "Ya vamos"}, False)

    def test_a_hidden_number_leaves_the_user_id(self) -> None:
        assert read_echo(without(echo(to_user_id=ANA_USER), "to")).person.user_id == ANA_USER

    @pytest.mark.parametrize("written", [BUSINESS, "541140000000"])
    @pytest.mark.parametrize("kind", ["revoke", "edit"])
    def test_from_and_to_may_be_swapped(self, kind: str, written: str) -> None:
        content = {"original_message_id": shapes.QUOTED}

        message = read_echo(echo(kind, content) | {"from": ANA, "to": written})

        assert (message.person.wa_id, message.author) == (ANA, Author.BUSINESS)
        assert message.target_wamid == shapes.QUOTED

    def test_without_to_the_customer_may_stand_in_from(self) -> None:
        assert read_echo(without(echo(), "to") | {"from": ANA}).person.wa_id == ANA

    def test_without_to_it_is_in_the_chat_of_the_only_contact(self) -> None:
        assert read_echo(without(echo(), "to"), contacts=[shapes.contact()]).person.wa_id == ANA

    @pytest.mark.parametrize("raw", [None, 7, {}, without(echo(), "to"), echo() | {"to": "Ana"}])
    def test_in_nobodys_chat_it_is_unreadable(self, raw: object) -> None:
        item = only_item(shapes.change("smb_message_echoes", message_echoes=[raw]))

        assert item == Unreadable("message without sender")

    def test_a_field_of_another_name_changes_nothing(self) -> None:
        item = only_item(shapes.change("message_echoes", message_echoes=[echo()]))

        assert item == read_echo(echo())

    def test_without_our_number_whoever_is_in_from_may_be_us(self) -> None:
        change = {"field": "smb_message_echoes", "value": {"message_echoes": [without(echo(), "to")]}}

        assert only_item(change) == Unreadable("message without sender")

    def test_without_our_number_whoever_is_in_to_is_the_customer(self) -> None:
        change = {"field": "smb_message_echoes", "value": {"message_echoes": [echo()]}}

        assert getattr(only_item(change), "person", None) == Person(WaId(ANA))


def past(sender: str | None = ANA, wamid: str = "wamid.H", status: str = "READ", **more: Any) -> JsonObject:
    raw = shapes.message("text", {"body": "Ayer"}, history_context={"status": status}) | {"id": wamid}
    raw = without(raw, "from", "from_user_id", "from_parent_user_id")
    return raw | ({"from": sender} if sender else {}) | more


def thread(*messages: object, **more: Any) -> JsonObject:
    return {"id": ANA, "messages": list(messages), **more}


def history(*threads: object, **more: Any) -> list[Item]:
    chunk = {"threads": list(threads), **more}
    return parse(shapes.payload(shapes.change("history", history=[chunk]), time=shapes.AT))


def messages_of(items: list[Item]) -> list[Message]:
    return [item for item in items if isinstance(item, Message)]


class TestHistory:
    def test_each_side_of_a_thread_is_told_apart(self) -> None:
        items = history(thread(past(ANA, "a"), past(BUSINESS, "b", "DELIVERED"), past("541140000000", "c")))

        read = messages_of(items)

        assert [message.author for message in read] == [Author.CUSTOMER, Author.BUSINESS, Author.BUSINESS]
        assert [message.history_status for message in read] == ["read", "delivered", "read"]
        assert {message.person for message in read} == {Person(WaId(ANA))}
        assert all(message.is_history for message in read)

    def test_whoever_writes_to_the_customer_is_the_business(self) -> None:
        [message] = messages_of(history(thread(past("5491199990000", to=ANA))))

        assert message.author is Author.BUSINESS

    def test_a_hidden_customer_is_known_by_the_context(self) -> None:
        context = {
            "user_id": ANA_USER,
            "parent_user_id": "AR.ENT.1",
            "username": "@ana",
        }

        [message] = messages_of(history(thread(past(None), context=context) | {"id": "x"}))

        assert message.person == Person(None, BusinessScopedUserId(ANA_USER), "AR.ENT.1", "ana")
        assert message.author is Author.CUSTOMER

    def test_how_far_it_has_come_is_news(self) -> None:
        metadata = {"phase": 1, "chunk_order": 2, "progress": 55}

        [news] = history(metadata=metadata)

        assert news == News("history", "", AT, {"history": [{"metadata": metadata}]})

    def test_a_refusal_is_news(self) -> None:
        error = shapes.fault(2593109)

        [news] = parse(shapes.payload(shapes.change("history", history=[{"errors": [error]}])))

        assert news == News("history", "2593109", None, {"history": [{"errors": [error]}]})

    def test_a_broken_thread_or_message_costs_no_other(self) -> None:
        items = history(7, {"id": ANA}, thread(past()) | {"id": "?"}, thread(None, past()))

        assert [type(item) for item in items] == [Unreadable, Unreadable, Unreadable, Unreadable, Message]

    @pytest.mark.parametrize("chunk", [None, 7, {}])
    def test_a_part_of_nothing_is_unreadable(self, chunk: object) -> None:
        assert only_item(shapes.change("history", history=[chunk])) == Unreadable("history is not an object")

    def test_a_file_that_follows_is_of_the_past_whoever_sent_it(self) -> None:
        theirs, ours = shapes.image(), shapes.image() | {"from": BUSINESS, "to": ANA, "id": "wamid.O"}
        for key in ("from_user_id", "from_parent_user_id"):
            ours.pop(key)

        read = messages_of(parse(shapes.payload(shapes.change("history", messages=[theirs, ours]))))

        assert [message.author for message in read] == [Author.CUSTOMER, Author.BUSINESS]
        assert [(message.is_history, message.person.wa_id) for message in read] == [(True, ANA)] * 2
        assert all(message.media for message in read)


class TestContactEntry:
    def read(self, *, time: Any = None, **entry: Any) -> Item:
        return only_item(shapes.change("smb_app_state_sync", state_sync=[entry]), time=time)

    def test_a_written_entry_is_told(self) -> None:
        contact = {"full_name": "Ana Gómez", "first_name": "Ana", "phone_number": ANA}

        entry = self.read(
            type="contact", action="add", contact=contact, metadata={"timestamp": shapes.WRITTEN_AT}
        )

        assert entry == ContactEntry(Person(WaId(ANA)), "Ana Gómez", is_removed=False, at=AT)

    def test_a_removed_entry_may_lack_names_and_its_time(self) -> None:
        entry = self.read(action="remove", contact={"phone_number": "+54 9 11 3123-4567"}, time=shapes.AT)

        assert entry == ContactEntry(Person(WaId(ANA)), "", is_removed=True, at=AT)

    def test_the_first_name_stands_in(self) -> None:
        entry = self.read(action="add", contact={"phone_number": int(ANA), "first_name": "Ana"})

        assert entry == ContactEntry(Person(WaId(ANA)), "Ana", is_removed=False, at=None)

    @pytest.mark.parametrize("contact", [None, 7, {}, {"phone_number": "none"}])
    def test_an_entry_of_nobody_is_unreadable(self, contact: object) -> None:
        assert self.read(action="add", contact=contact) == Unreadable("contact without number")
