"""What Meta posts is answered by the REST API with every field it carried; odd payloads cost nothing."""

import json
from typing import Any

import pytest

from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import process
from tests.integration.desk import ANA, BETO, NUMBER, hear, one, payload, post, rows, status, text, value
from tests.integration.web import caller
from tests.unit.meta.inbound import shapes

pytestmark = pytest.mark.usefixtures("desk")


def every_kind() -> list[Any]:
    return [pytest.param(message, id=name) for name, message in shapes.every_message().items()]


def the_messages() -> list[dict[str, Any]]:
    """Return what the REST API answers for the only conversation, oldest first."""
    [conversation] = caller.get("/conversations").json()["data"]
    return caller.get(f"/conversations/{conversation['id']}/messages").json()["data"][::-1]


@pytest.mark.parametrize("message", every_kind())
def test_each_type_is_answered_with_every_field_it_carried(message: dict[str, Any]) -> None:
    hear(message | {"from": ANA})

    [answered] = the_messages()
    kind = str(message["type"])
    assert (answered["type"], answered["wa_message_id"]) == (kind, message["id"])
    carried = message.get(kind, {})
    assert answered["content"] == (carried if isinstance(carried, dict) else {kind: carried})
    around = {key: each for key, each in message.items() if key != kind}
    assert answered["envelope"] == around | {"from": ANA}


class TestManyAtOnce:
    def test_a_thousand_updates_of_three_megabytes(self) -> None:
        body = payload(*[value(messages=[text("x" * 2_700, sender=ANA)]) for _ in range(1_000)])
        assert 2_800_000 < len(body) < 3_145_728

        post(body)
        process.channel(ChannelId(1))

        assert one("select count(*) from wa_message") == 1_000
        assert one("select unread_count from conversation") == 1_000

    def test_several_entries_with_mixed_fields(self) -> None:
        change = {"field": "messages", "value": value(messages=[text("uno")])}
        news = {"field": "account_review_update", "value": {"decision": "APPROVED"}}
        other = {
            "field": "messages",
            "value": value(messages=[text("dos", sender=BETO)], statuses=[status("w", "read")]),
        }
        post(
            json.dumps(
                {"entry": [{"id": "1", "changes": [change, news]}, {"id": "2", "changes": [other]}]}
            ).encode()
        )
        process.channel(ChannelId(1))

        assert [
            row["body"] for row in rows("select content->>'body' as body from wa_message order by id")
        ] == ["uno", "dos"]
        assert one("select event from account_event") == "APPROVED"
        assert one("select count(*) from parked_status") == 1

    def test_messages_statuses_and_errors_in_one_value(self) -> None:
        told = value(messages=[text("hola")], statuses=[status("wamid.x", "sent")])
        post(payload({**told, "errors": [{"code": 131000, "title": "Something went wrong"}]}))
        process.channel(ChannelId(1))

        assert one("select count(*) from wa_message") == 1
        assert one("select count(*) from account_event") == 1


class TestOddities:
    def test_contacts_that_do_not_pair_with_messages(self) -> None:
        contacts = [{"wa_id": BETO, "profile": {"name": "Beto"}}, {"wa_id": ANA, "profile": {"name": "Ana"}}]
        told = {"metadata": {"phone_number_id": NUMBER}, "contacts": contacts}
        post(payload({**told, "messages": [text(sender=ANA), text(sender=BETO)]}))
        process.channel(ChannelId(1))

        names = {
            row["wa_id"]: row["profile_name"] for row in rows("select wa_id, profile_name from customer")
        }
        assert names == {ANA: "Ana", BETO: "Beto"}

    def test_interactive_without_its_body_is_kept_and_its_neighbours_too(self) -> None:
        broken = {**text(), "type": "interactive"}
        del broken["text"]
        hear(text("antes"), broken, text("después"))

        assert [message["type"] for message in the_messages()] == ["text", "interactive", "text"]

    def test_numbers_as_strings_and_the_reverse(self) -> None:
        hear(
            {
                **text(),
                "type": "location",
                "location": {"latitude": "-34.6", "longitude": -58},
                "timestamp": 1764000000,
            }
        )

        [message] = the_messages()
        assert message["content"] == {"latitude": "-34.6", "longitude": -58}
        assert message["sent_at"].startswith("2025-11-24T16:00:00")

    def test_escaped_and_raw_unicode_under_the_signature(self) -> None:
        raw = payload(value(messages=[text("Ñandú 🦤 / 中")]))
        unescaped = json.dumps(
            json.loads(payload(value(messages=[text("Ñandú 🦤 / 中")]))), ensure_ascii=False
        ).encode()
        post(raw, unescaped, raw.replace(b"/", rb"\/"))
        process.channel(ChannelId(1))

        bodies = rows("select distinct content->>'body' as body from wa_message")
        assert [row["body"] for row in bodies] == ["Ñandú 🦤 / 中"]
