"""Whatever Meta posts has its place: every type in its thread, echoes and history without effects, news apart."""

from typing import Any

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import inbox, process
from tests.integration.desk import (
    ANA,
    BETO,
    NUMBER,
    ago,
    forbidden,
    hear,
    one,
    payload,
    post,
    rows,
    text,
    value,
)
from tests.integration.web import caller

pytestmark = pytest.mark.usefixtures("desk")

BUSINESS = "5491140000001"
METADATA = {"metadata": {"phone_number_id": NUMBER, "display_phone_number": BUSINESS}}


def tell(field: str, told: dict[str, Any]) -> None:
    """Receive and process one change of any field."""
    body = payload(told).decode().replace('"field": "messages"', f'"field": "{field}"')
    post(body.encode())
    process.channel(ChannelId(1))


def conversation() -> dict[str, Any]:
    [row] = rows(
        "select unread_count, last_inbound_at is not null as has_window, last_preview, last_direction"
        " from conversation"
    )
    return row


class TestEffects:
    def test_a_reaction_is_news_but_opens_no_window(self) -> None:
        hear({**text(), "type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}})

        assert conversation()["unread_count"] == 1
        assert conversation()["has_window"] is False

    def test_a_reaction_taken_back_is_none(self) -> None:
        hear({**text(), "type": "reaction", "reaction": {"message_id": "wamid.1"}})

        assert conversation() == {
            "unread_count": 0,
            "has_window": False,
            "last_preview": "",
            "last_direction": "",
        }

    def test_a_deleted_message_is_no_longer_on_the_list(self) -> None:
        first = text("algo que no debía decir", timestamp=ago(minutes=2))
        hear(first)
        hear({**text(), "type": "revoke", "revoke": {"original_message_id": first["id"]}})

        assert conversation()["unread_count"] == 1
        assert "no debía" not in conversation()["last_preview"]

    def test_what_is_about_another_message_says_about_which(self) -> None:
        hear(
            text("sí", context={"from": BUSINESS, "id": "wamid.A"}),
            {**text(), "type": "reaction", "reaction": {"message_id": "wamid.B", "emoji": "👍"}},
            {**text(), "type": "revoke", "revoke": {"original_message_id": "wamid.C"}},
        )

        found = rows("select target_wamid from wa_message order by id")
        assert [row["target_wamid"] for row in found] == ["wamid.A", "wamid.B", "wamid.C"]

    def test_a_message_in_a_group_opens_no_window(self) -> None:
        hear(text("a todos", group_id="G.1"))

        assert conversation()["has_window"] is False
        assert one("select envelope->>'group_id' from wa_message") == "G.1"


class TestEchoes:
    def echo(self) -> None:
        sent = {"from": BUSINESS, "to": ANA, "id": "wamid.e", "timestamp": ago(minutes=1), "type": "text"}
        tell(
            "smb_message_echoes",
            {**METADATA, "message_echoes": [{**sent, "text": {"body": "Voy en camino"}}]},
        )

    def test_an_echo_is_shown_as_sent_from_the_phone(self, agent: Actor) -> None:
        conversation_id = hear(text("¿Vienen?"))
        self.echo()

        bubbles = inbox.thread(agent, conversation_id, limit=10).bubbles
        assert [(bubble.direction, bubble.text, bubble.state) for bubble in bubbles] == [
            ("outbound", "Voy en camino", "sent"),
            ("inbound", "¿Vienen?", "received"),
        ]

    def test_an_echo_neither_opens_the_window_nor_sends_again(self) -> None:
        self.echo()
        self.echo()

        assert conversation()["has_window"] is False
        assert conversation()["last_direction"] == "outbound"
        assert one("select count(*) from wa_outbound_queue") == 0
        assert one("select count(*) from wa_message") == 1

    def test_a_status_finds_the_echo(self) -> None:
        self.echo()
        post(payload(value(statuses=[{"id": "wamid.e", "status": "read", "timestamp": ago(seconds=1)}])))
        process.channel(ChannelId(1))

        assert one("select state from wa_message") == "read"


class TestHistory:
    def tell(self, how_many: int = 2) -> None:
        messages = [
            {
                "from": BUSINESS if number % 2 else ANA,
                "to": ANA if number % 2 else BUSINESS,
                "id": f"wamid.h{number}",
                "timestamp": ago(days=30, seconds=-number),
                "type": "text",
                "text": {"body": f"viejo {number}"},
                "history_context": {"status": "READ"},
            }
            for number in range(how_many)
        ]
        thread = {"id": ANA, "messages": messages}
        tell(
            "history",
            {**METADATA, "history": [{"metadata": {"phase": 0, "progress": 10}, "threads": [thread]}]},
        )

    def test_it_fills_the_thread_and_triggers_nothing(self) -> None:
        self.tell()

        assert conversation() == {
            "unread_count": 0,
            "has_window": False,
            "last_preview": "viejo 1",
            "last_direction": "outbound",
        }
        found = rows("select direction, origin, state from wa_message order by sent_at")
        assert [tuple(row.values()) for row in found] == [
            ("inbound", "history", "received"),
            ("outbound", "history", "read"),
        ]

    def test_a_file_takes_the_place_that_was_held_for_it(self) -> None:
        held = {
            "from": ANA,
            "to": BUSINESS,
            "id": "wamid.h",
            "timestamp": ago(days=3),
            "type": "media_placeholder",
        }
        thread = {"id": ANA, "messages": [held]}
        told = {"metadata": {"phase": 0, "progress": 10}, "threads": [thread]}
        picture = {"id": "4711", "mime_type": "image/jpeg", "caption": "la caldera"}
        file = {**held, "type": "image", "image": picture}

        tell("history", {**METADATA, "history": [told]})
        tell("history", {**METADATA, "messages": [file]})
        tell("history", {**METADATA, "history": [{**told, "metadata": {"phase": 0, "progress": 20}}]})

        [message] = rows("select type, content, origin from wa_message")
        assert message == {"type": "image", "content": picture, "origin": "history"}
        assert one("select meta_id from wa_attachment") == "4711"
        assert conversation()["unread_count"] == 0

    def test_ten_thousand_messages_of_the_past_come_in_one_post(self) -> None:
        self.tell(10_000)

        assert one("select count(*) from wa_message") == 10_000
        assert one("select count(*) from webhook_event where processed_at is null") == 0


class TestNews:
    def test_news_of_the_account_is_kept_once(self) -> None:
        update = {
            "event": "REJECTED",
            "message_template_name": "aviso",
            "message_template_id": 123456789012345678,
        }
        tell("message_template_status_update", update)
        tell("message_template_status_update", update)

        [event] = rows("select field, event, payload from account_event")
        assert event == {"field": "message_template_status_update", "event": "REJECTED", "payload": update}

    def test_a_field_that_nobody_knows_is_kept_too(self) -> None:
        tell("constellations", {"stars": [1, 2, 3]})

        assert one("select payload from account_event") == {"stars": [1, 2, 3]}

    def test_errors_of_no_message_are_news(self) -> None:
        trouble = {"code": 130429, "title": "Rate limit hit"}
        tell("messages", {**METADATA, "errors": [trouble], "messages": [text("y un mensaje")]})

        assert one("select field from account_event") == "errors"
        assert one("select count(*) from wa_message") == 1

    def test_what_a_customer_wants_of_marketing_is_noted_and_shown(self, agent: Actor) -> None:
        conversation_id = hear(text("Hola"))
        wish = {
            "wa_id": ANA,
            "category": "marketing_messages",
            "value": "stop",
            "timestamp": int(ago(minutes=0)),
        }
        for _ in range(2):
            tell("user_preferences", {**METADATA, "user_preferences": [wish]})

        assert one("select marketing_preference from customer") == "stop"
        bubbles = inbox.thread(agent, conversation_id, limit=10).bubbles
        assert [bubble.type for bubble in bubbles] == ["text", "user_preferences"]
        assert conversation()["unread_count"] == 1


class TestShapesNobodyKnows:
    def test_they_are_kept_and_reported_by_name_only(self, caplog: pytest.LogCaptureFixture) -> None:
        hear({**text(), "type": "sticker", "sticker": "una cadena secreta"}, {**text(), "type": "hologram"})
        tell("constellations", {"stars": "secretas"})

        told = [
            (record.message, getattr(record, "kind", getattr(record, "field", "")))
            for record in caplog.records
        ]
        assert ("message not understood", "sticker") in told
        assert ("message not understood", "unknown") in told
        assert ("webhook field not understood", "unknown") in told
        assert "secreta" not in caplog.text
        assert one("select count(*) from wa_message") == 2


class TestTogether:
    def test_one_bad_row_of_many_costs_only_itself(self) -> None:
        messages = [text(str(number), sender=ANA if number % 2 else BETO) for number in range(40)]

        with forbidden("wa_message", "content->>'body' <> '17'"):
            post(payload(value(messages=messages)))
            process.channel(ChannelId(1))

        assert one("select count(*) from wa_message") == 39
        assert one("select sum(unread_count) from conversation") == 39

    def test_one_wamid_twice_in_a_post_is_one_message(self) -> None:
        again = text("una vez")
        post(payload(value(messages=[again, again]), value(messages=[again])))
        process.channel(ChannelId(1))

        assert one("select count(*) from wa_message") == 1
        assert one("select unread_count from conversation") == 1

    def test_a_status_may_come_in_the_same_post_as_its_echo(self) -> None:
        sent = {"from": BUSINESS, "to": ANA, "id": "wamid.e", "timestamp": ago(minutes=1), "type": "text"}
        told = {
            **METADATA,
            "statuses": [{"id": "wamid.e", "status": "delivered", "timestamp": ago(seconds=1)}],
            "message_echoes": [{**sent, "text": {"body": "Ya salgo"}}],
        }
        tell("smb_message_echoes", told)

        assert one("select state from wa_message") == "delivered"


class TestPrices:
    def test_what_a_status_says_of_the_price_is_kept(self) -> None:
        told = {
            "id": "wamid.e",
            "status": "sent",
            "timestamp": ago(seconds=2),
            "pricing": {"category": "utility"},
        }
        TestEchoes().echo()
        post(payload(value(statuses=[told])))
        post(payload(value(statuses=[{**told, "status": "delivered"}])))
        process.channel(ChannelId(1))

        message_id = one("select id from wa_message")
        history = caller.get(f"/messages/{message_id}").json()["state_history"]
        assert [line["report"]["pricing"] for line in history] == [{"category": "utility"}] * 2


class TestSomebodyElses:
    def test_nobody_changes_or_reads_a_message_of_another_thread(self, agent: Actor) -> None:
        secret = text("secreto de Ana", sender=ANA)
        annas = hear(secret)
        about = str(secret["id"])
        betos = hear(
            {**text(sender=BETO), "type": "revoke", "revoke": {"original_message_id": about}},
            {**text(sender=BETO), "type": "reaction", "reaction": {"message_id": about, "emoji": "👎"}},
            text("miren", sender=BETO, context={"id": about}),
        )

        [untouched] = inbox.thread(agent, annas, limit=10).bubbles
        assert (untouched.text, untouched.reactions) == ("secreto de Ana", ())
        shown = inbox.thread(agent, betos, limit=10).bubbles
        assert [bubble.type for bubble in shown] == ["revoke", "reaction", "text"]
        assert "secreto" not in str(shown)


class TestRepetition:
    def test_a_changed_number_told_again_brings_nobody_back(self) -> None:
        hear(text("Hola", sender=ANA))
        change = {"type": "user_changed_number", "body": "…", "wa_id": BETO}
        moved = {**text(sender=ANA), "type": "system", "system": change}
        for _ in range(2):
            post(payload(value(messages=[moved])))
            process.channel(ChannelId(1))

        assert [row["wa_id"] for row in rows("select wa_id from customer")] == [BETO]
        assert one("select count(*) from conversation") == 1
