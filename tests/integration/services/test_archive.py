"""Other products read conversations and messages page by page, each row once."""

import base64
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, MessageId
from campotech_wa.errors import InvalidInput, MetaBusy, NotFound
from campotech_wa.services import archive, compose
from campotech_wa.services.archive import Page
from tests.integration.desk import (
    ANA,
    BETO,
    ago,
    change,
    claimed,
    hear,
    let_time_pass,
    report,
    say,
    settle,
    status,
    text,
)


def conversations(actor: Actor, *, limit: int = 50, cursor: str | None = None, q: str = "") -> Page:
    return archive.conversation_list(actor, limit=limit, cursor=cursor, q=q, unread=None)


def cursor_of(words: str) -> str:
    return base64.urlsafe_b64encode(words.encode()).decode()


def told(lines: object) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", lines)


class TestMessages:
    def test_a_walk_sees_each_once_while_others_are_added(self, agent: Actor) -> None:
        conversation_id = hear(*(text(str(number), timestamp="1764000000") for number in range(7)))
        seen: list[object] = []
        cursor: str | None = None

        while True:
            page = archive.conversation_messages(agent, conversation_id, limit=2, cursor=cursor)
            seen += [message["id"] for message in page.data]
            hear(text("mientras tanto"))
            cursor = page.next_cursor
            if cursor is None:
                break

        assert seen == [7, 6, 5, 4, 3, 2, 1]

    def test_a_message_is_told_whole(self, agent: Actor) -> None:
        message_id = say(agent, hear(), "Ya salimos")
        settle(claimed()[0], "wamid.1")

        message = archive.message(agent, message_id)

        sent_at = message.pop("sent_at")
        del message["state_history"], message["attempts"]
        assert message == {
            "id": message_id,
            "conversation_id": 1,
            "direction": "outbound",
            "origin": "desk",
            "type": "text",
            "content": {"body": "Ya salimos"},
            "envelope": {},
            "about_message_id": None,
            "attachments": [],
            "state": "sent",
            "priority": "high",
            "send_at": None,
            "held": None,
            "wa_message_id": "wamid.1",
            "error": None,
            "price": None,
            "sms": None,
        }
        assert datetime.fromisoformat(str(sent_at)).tzinfo == UTC

    def test_every_step_has_its_time_and_source(self, agent: Actor) -> None:
        message_id = say(agent, hear(), "Ya salimos")
        compose.change(agent, message_id, {"type": "text", "text": {"body": "Llegamos"}})
        settle(claimed()[0], "wamid.1")
        report(status("wamid.1", "delivered"))

        history = told(archive.message(agent, message_id)["state_history"])

        assert [(line["state"], line["source"]) for line in history if line["state"] != "sending"] == [
            ("queued", "desk"),
            ("queued", "desk"),
            ("sent", "answer"),
            ("delivered", "webhook"),
        ]
        assert all(datetime.fromisoformat(line["at"]).tzinfo == UTC for line in history)
        assert [line["by_user_id"] for line in history if line["source"] == "desk"] == [2, 2]
        assert [line["before"] and line["before"]["content"] for line in history[:2]] == [
            None,
            {"body": "Ya salimos"},
        ]

    def test_every_request_is_told_with_what_became_of_it(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        settle(claimed()[0], MetaBusy("Later.", code=131016))
        let_time_pass()
        settle(claimed()[0], "wamid.1")

        tried = told(archive.message(agent, message_id)["attempts"])

        assert [
            (one["number"], one["outcome"], one["error_code"], one["wa_message_id"]) for one in tried
        ] == [
            (1, "busy", 131016, None),
            (2, "accepted", None, "wamid.1"),
        ]
        assert all(one["started_at"] <= one["finished_at"] for one in tried)

    def test_the_newest_word_on_the_price_counts(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        settle(claimed()[0], "wamid.1")
        price = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}
        free = price | {"billable": False, "type": "free_customer_service"}

        report(status("wamid.1", "delivered", pricing=price))
        report(status("wamid.1", "read", pricing=free), status("wamid.1", "played"))

        assert archive.message(agent, message_id)["price"] == free

    def test_what_is_held_says_why_and_what_to_do(self, agent: Actor) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id)
        change("update wa_outbound_queue set state = 'held', hold_reason = 'window_closed'")

        alone = archive.message(agent, message_id)["held"]
        [listed, _] = archive.conversation_messages(agent, conversation_id, limit=2, cursor=None).data

        assert alone == listed["held"]
        assert alone == {
            "reason": "window_closed",
            "detail": "The window closed while it waited. It leaves if the customer writes again, or cancel it.",
        }

    def test_another_organizations_are_not_found(self, agent: Actor, stranger: Actor) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id)

        with pytest.raises(NotFound):
            archive.message(stranger, message_id)
        with pytest.raises(NotFound):
            archive.conversation_messages(stranger, conversation_id, limit=1, cursor=None)
        with pytest.raises(NotFound):
            archive.message(agent, MessageId(999))
        with pytest.raises(NotFound):
            archive.conversation_messages(agent, ConversationId(999), limit=1, cursor=None)


class TestConversations:
    def test_a_walk_sees_each_once_while_others_are_added(self, agent: Actor) -> None:
        for number in range(6):
            hear(text(sender=f"549113123450{number}", timestamp=ago(minutes=60 - number)))
        seen: list[object] = []
        cursor: str | None = None

        while True:
            page = conversations(agent, limit=2, cursor=cursor)
            seen += [conversation["id"] for conversation in page.data]
            hear(text(sender=f"549351512345{len(seen)}"))
            cursor = page.next_cursor
            if cursor is None:
                break

        assert seen == [6, 5, 4, 3, 2, 1]

    def test_one_is_told_with_its_customer_and_its_window(self, agent: Actor) -> None:
        conversation_id = hear(text(timestamp="1764000000"))

        [conversation] = conversations(agent).data

        assert conversation == {
            "id": conversation_id,
            "customer": {"id": 1, "name": "Ana Gómez", "wa_id": ANA, "username": "", "user_id": None},
            "unread_count": 1,
            "last_message_at": "2025-11-24T16:00:00.999999+00:00",
            "window_expires_at": "2025-11-25T16:00:00.999999+00:00",
        }

    @pytest.mark.parametrize(
        ("q", "count"),
        [("gomez", 1), ("3123", 1), ("549", 2), ("Depto 3", 0), ("a\x00", 0), ("+54 9 351", 1)],
    )
    def test_they_are_searched_by_name_and_number(self, agent: Actor, q: str, count: int) -> None:
        hear(text(sender=ANA))
        hear(text(sender=BETO), name="Beto")

        assert len(conversations(agent, q=q).data) == count

    def test_they_are_filtered_by_what_is_unread(self, agent: Actor) -> None:
        hear()

        unread = archive.conversation_list(agent, limit=5, cursor=None, q="", unread=True)
        read = archive.conversation_list(agent, limit=5, cursor=None, q="", unread=False)

        assert (len(unread.data), len(read.data)) == (1, 0)

    def test_another_organization_sees_none(self, stranger: Actor) -> None:
        hear()

        assert conversations(stranger) == Page([], None)


class TestCursor:
    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "ñ",
            "====",
            cursor_of("now|1"),
            cursor_of("2026-11-23T12:00:00+00:00"),
            cursor_of("2026-11-23T12:00:00+00:00|"),
            cursor_of("2026-11-23T12:00:00+00:00|one"),
            cursor_of(f"2026-11-23T12:00:00+00:00|{10**30}"),
            cursor_of("2026-11-23T12:00:00|1"),
            "gICA",
        ],
    )
    def test_one_that_is_not_ours_is_refused(self, agent: Actor, cursor: str) -> None:
        conversation_id = hear()

        with pytest.raises(InvalidInput) as refused:
            conversations(agent, cursor=cursor)
        assert refused.value.field == "cursor"
        with pytest.raises(InvalidInput):
            archive.conversation_messages(agent, conversation_id, limit=1, cursor=cursor)
