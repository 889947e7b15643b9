"""Odd content costs nobody else anything: it is stored, or tried again, or laid aside where admins see it."""

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ChannelId, EventId
from campotech_wa.services import dead_letters, inbox, process
from tests.integration.desk import (
    BETO,
    forbidden,
    hear,
    let_time_pass,
    one,
    payload,
    post,
    rows,
    status,
    text,
    value,
)

ATTEMPTS = 5
STICKER = {"type": "sticker", "sticker": {"id": "7"}}


def shown(actor: Actor) -> list[tuple[str, str]]:
    thread = inbox.thread(actor, hear(text("último")), limit=50)
    return [(bubble.type, bubble.text or bubble.kind) for bubble in thread.bubbles]


def try_until_dead() -> None:
    for _ in range(ATTEMPTS):
        let_time_pass()
        process.channel(ChannelId(1))


class TestUnsupported:
    def test_a_type_nobody_knows_is_stored_and_shown(self, agent: Actor) -> None:
        hear(
            {**text(), "type": "hologram", "hologram": {"id": "7"}},
            {**text(), "type": "image", "image": {"id": "8"}},
        )

        assert shown(agent) == [("hologram", "Mensaje"), ("image", "📷 Foto"), ("text", "último")]
        assert rows("select content from wa_message order by id")[0]["content"] == {"id": "7"}

    def test_the_list_names_its_kind(self, agent: Actor) -> None:
        hear({**text(), "type": "audio", "audio": {"id": "8"}})

        [row] = inbox.listing(agent, limit=10).rows
        assert row.preview == "🎵 Audio"

    def test_a_field_of_the_webhook_that_nobody_knows_is_kept_as_it_came(self, channel: ChannelId) -> None:
        post(b'{"entry": [{"changes": [{"field": "stars", "value": {"stars": [1]}}]}]}')

        process.channel(channel)

        assert one("select count(*) from webhook_event where processed_at is not null") == 1


class TestHostileText:
    def test_what_postgresql_can_not_hold_is_replaced(self, agent: Actor) -> None:
        hear(text("a\x00b \ud83d c", wamid="wamid.\x00"), name="An\x00a \udfff")

        [message] = rows("select content, wamid from wa_message")
        assert message == {"content": {"body": "a\ufffdb \ufffd c"}, "wamid": "wamid.\ufffd"}
        [row] = inbox.listing(agent, limit=1).rows
        assert (row.preview, row.name) == ("a\ufffdb \ufffd c", "An\ufffda \ufffd")

    def test_keys_and_type_names_are_content_too(self, channel: ChannelId) -> None:
        post(payload(value(messages=[{**text(), "type": "\x00\ud800", "\x00\ud800": {"\x00": "\udc00"}}])))

        process.channel(channel)

        [message] = rows("select type, content from wa_message")
        assert message == {"type": "\ufffd\ufffd", "content": {"\ufffd": "\ufffd"}}

    def test_a_status_with_hostile_text_is_parked(self, channel: ChannelId) -> None:
        post(payload(value(statuses=[status("wamid.\x00", "read", title="\ud800\x00")])))

        process.channel(channel)

        assert one("select wamid from parked_status") == "wamid.\ufffd"

    def test_an_id_too_long_for_an_index_is_shortened(self, channel: ChannelId) -> None:
        endless = "".join(f"{number * 2654435761 % 2**32:08x}" for number in range(4000))

        post(payload(value(messages=[text("antes"), text("roto", wamid=endless), text("después")])))
        process.channel(channel)

        found = rows("select content->>'body' as body from wa_message order by id")
        assert [row["body"] for row in found] == ["antes", "roto", "después"]
        assert one("select processed_at is not null from webhook_event")


class TestBrokenItems:
    def test_a_message_of_nobody_does_not_cost_its_neighbours(self, admin: Actor) -> None:
        hear(text("antes"), {"type": "text", "text": {"body": "de nadie"}}, text("después", sender=BETO))

        found = rows("select content->>'body' as body from wa_message order by id")
        assert [row["body"] for row in found] == ["antes", "después"]
        [letter] = dead_letters.listing(admin)
        assert (letter.error, letter.attempts) == ("message without sender", 1)

    def test_a_fault_is_tried_again_and_then_laid_with_the_dead_letters(self, admin: Actor) -> None:
        with forbidden("wa_message", "type <> 'sticker'"):
            hear(text("antes"), {**text(), **STICKER}, text("después"))
            [event] = rows("select attempts, error, due_at > now() as waits, dead_at from webhook_event")
            assert event == {"attempts": 1, "error": "IntegrityError", "waits": True, "dead_at": None}
            try_until_dead()

        [letter] = dead_letters.listing(admin)
        assert (letter.error, letter.attempts, letter.channel_name) == (
            "IntegrityError",
            ATTEMPTS,
            "Clima Sur Servicios",
        )
        assert one("select count(*) from wa_message") == 2

    def test_a_replay_works_and_repeats_nothing(self, admin: Actor) -> None:
        with forbidden("wa_message", "type <> 'sticker'"):
            hear(text("antes"), {**text(), **STICKER}, text("después"))
            try_until_dead()
        [letter] = dead_letters.listing(admin)

        dead_letters.replay(admin, EventId(letter.id))
        process.channel(ChannelId(1))

        types = [row["type"] for row in rows("select type from wa_message order by id")]
        assert types == ["text", "text", "sticker"]
        assert one("select unread_count from conversation") == 3
        assert dead_letters.listing(admin) == ()

    def test_an_event_that_waits_does_not_hold_up_the_next(self, agent: Actor) -> None:
        with forbidden("wa_message", "type <> 'sticker'"):
            hear(text("antes"), {**text(), **STICKER})
            hear(text("después"))

        [row] = inbox.listing(agent, limit=1).rows
        assert (row.preview, row.unread) == ("después", 2)
        assert one("select count(*) from webhook_event where processed_at is null") == 1
