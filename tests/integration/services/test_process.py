"""A stored event becomes a customer, a conversation and a message, once, whatever else is in it."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from campotech_wa.domain.ids import ChannelId
from campotech_wa.services import process
from campotech_wa.store.transaction import exclusive
from tests.integration.desk import ANA, BETO, ago, hear, one, payload, post, rows, status, text, value

pytestmark = pytest.mark.usefixtures("desk")


def bodies() -> list[str]:
    return [row["body"] for row in rows("select content->>'body' as body from wa_message order by id")]


class TestText:
    def test_a_text_makes_customer_conversation_and_message(self) -> None:
        conversation_id = hear(text("Se rompió\nel aire", wamid="wamid.A"))

        [customer] = rows("select organization_id, wa_id, profile_name, confirmed, match_key from customer")
        [message] = rows("select conversation_id, direction, type, content, wamid, state from wa_message")
        assert customer == {
            "organization_id": 1,
            "wa_id": ANA,
            "profile_name": "Ana Gómez",
            "confirmed": True,
            "match_key": "541131234567",
        }
        assert message == {
            "conversation_id": conversation_id,
            "direction": "inbound",
            "type": "text",
            "content": {"body": "Se rompió\nel aire"},
            "wamid": "wamid.A",
            "state": "received",
        }

    def test_the_lists_row_tells_what_is_new(self) -> None:
        hear(text("Hola"), text("Se rompió\nel aire"))

        [row] = rows("select unread_count, last_preview, last_direction, last_inbound_at from conversation")
        assert (row["unread_count"], row["last_preview"]) == (2, "Se rompió el aire")
        assert row["last_direction"] == "inbound"
        assert datetime.now(UTC) - row["last_inbound_at"] < timedelta(seconds=20)

    def test_the_window_counts_from_metas_time_and_not_from_ours(self) -> None:
        hear(text(timestamp=ago(hours=23)))

        age = datetime.now(UTC) - one("select last_inbound_at from conversation")
        assert timedelta(hours=22, minutes=59) < age < timedelta(hours=23, minutes=1)

    @pytest.mark.parametrize("timestamp", [None, "soon", "4102444800", "-62135596800"])
    def test_a_time_that_can_not_be_is_the_time_of_arrival(self, timestamp: object) -> None:
        hear(text(timestamp=timestamp))

        age = datetime.now(UTC) - one("select sent_at from wa_message")
        assert timedelta(0) <= age < timedelta(seconds=20)

    def test_the_event_is_closed(self) -> None:
        hear()

        [event] = rows("select processed_at, dead_at, error from webhook_event")
        assert event["processed_at"] is not None
        assert (event["dead_at"], event["error"]) == (None, "")


class TestDuplicates:
    def test_the_same_wamid_twice_in_one_post_is_one_message(self) -> None:
        hear(text("Hola", wamid="wamid.A"), text("Hola", wamid="wamid.A"))

        assert bodies() == ["Hola"]
        assert one("select unread_count from conversation") == 1

    def test_the_same_wamid_in_two_posts_is_one_message(self) -> None:
        hear(text("Hola", wamid="wamid.A"))
        hear(text("Hola", wamid="wamid.A"))

        assert one("select count(*) from webhook_event where processed_at is not null") == 2
        assert bodies() == ["Hola"]
        assert one("select unread_count from conversation") == 1

    def test_the_same_wamid_on_another_channel_is_another_message(self) -> None:
        hear(text(wamid="wamid.A"))
        foreign = payload(value(messages=[text(wamid="wamid.A")], number="100000000000002"))
        post(foreign, key="demo-2", secret="demo-app-secret-2")
        process.channel(ChannelId(2))

        assert [
            row["organization_id"] for row in rows("select organization_id from wa_message order by id")
        ] == [1, 2]
        assert one("select count(*) from customer") == 2

    def test_a_message_without_id_is_recognised_when_it_comes_again(self) -> None:
        nameless = text("Hola")
        del nameless["id"]

        hear(nameless)
        hear(nameless)

        assert bodies() == ["Hola"]


class TestOrder:
    def test_a_message_that_comes_late_does_not_take_the_newest_ones_place(self) -> None:
        hear(text("nuevo", timestamp=ago(minutes=1)))
        newest = one("select last_inbound_at from conversation")

        hear(text("viejo", timestamp=ago(hours=2)))

        [row] = rows("select last_preview, last_message_at, last_inbound_at, unread_count from conversation")
        assert (row["last_preview"], row["unread_count"]) == ("nuevo", 2)
        assert row["last_message_at"] == row["last_inbound_at"] == newest

    def test_a_whole_backlog_is_processed_in_one_go(self) -> None:
        post(*(payload(value(messages=[text(f"{number:03}")])) for number in range(120)))

        process.channel(ChannelId(1))

        assert bodies() == [f"{number:03}" for number in range(120)]
        assert one("select count(*) from webhook_event where processed_at is null") == 0

    def test_every_level_of_one_post_is_stored(self) -> None:
        ana = value(messages=[text("a"), text("b")])
        beto = value(
            messages=[text("c", sender=BETO)], statuses=[status("wamid.unknown", "read")], name="Beto"
        )

        post(payload(ana, beto))
        process.channel(ChannelId(1))

        assert bodies() == ["a", "b", "c"]
        assert one("select count(*) from parked_status") == 1
        assert {row["profile_name"] for row in rows("select profile_name from customer")} == {
            "Ana Gómez",
            "Beto",
        }


class TestTwoAtOnce:
    def test_the_second_leaves_the_work_to_the_first(self) -> None:
        post(payload(value(messages=[text()])))

        with exclusive(process.LOCK, 1) as held:
            assert held
            process.channel(ChannelId(1))
            assert bodies() == []

        process.channel(ChannelId(1))
        assert bodies() == ["Hola"]

    def test_two_processes_of_one_channel_do_not_double(self) -> None:
        post(*(payload(value(messages=[text(str(number), wamid=f"wamid.{number}")])) for number in range(60)))
        start = Barrier(4)

        def work() -> None:
            start.wait()
            process.channel(ChannelId(1))

        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(bodies()) == 60
        assert one("select unread_count from conversation") == 60
        assert one("select count(*) from webhook_event where processed_at is null") == 0
