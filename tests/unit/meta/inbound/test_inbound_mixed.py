"""Payloads as no published set holds them: mixed, large, repeated, odd; each item is read as if it came alone."""

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from campotech_wa.domain.ids import WaId
from campotech_wa.meta.inbound import (
    Message,
    News,
    Person,
    Preference,
    StatusReport,
    decode,
    parse,
)
from tests.unit.meta.inbound import shapes
from tests.unit.meta.inbound.reading import only_item, only_message
from tests.unit.meta.inbound.shapes import ANA, BETO, JsonObject

EVERY = shapes.every_message()


def spent(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the seconds of processor that it takes at best."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def history_of(count: int) -> JsonObject:
    senders = (ANA, shapes.BUSINESS)
    messages = [
        shapes.message("text", {"body": f"Nº {n}"}, history_context={"status": "READ"})
        | {"id": f"wamid.{n}", "from": senders[n % 2]}
        for n in range(count)
    ]
    chunk = {"metadata": {"phase": 0, "progress": 100}, "threads": [{"id": ANA, "messages": messages}]}
    return shapes.payload(shapes.change("history", history=[chunk]))


def chats_of(count: int) -> JsonObject:
    numbers = [str(5491130000000 + n) for n in range(count)]
    messages = [shapes.text() | {"from": number, "id": f"wamid.{number}"} for number in numbers]
    contacts = [shapes.contact(number, f"Nº {number}") for number in reversed(numbers)]
    return shapes.payload(shapes.change(messages=messages, contacts=contacts))


class TestMixed:
    def test_everything_at_once_is_the_sum_of_each_alone(self) -> None:
        changes = [
            shapes.change(
                messages=[shapes.text(), shapes.image()],
                statuses=[shapes.status()],
                errors=[shapes.fault()],
            ),
            shapes.bare_change("account_review_update", {"decision": "APPROVED"}),
            shapes.change("user_preferences", user_preferences=[{"wa_id": ANA, "value": "stop"}]),
            shapes.change(
                "smb_message_echoes", message_echoes=[shapes.text() | {"to": BETO, "id": "wamid.E"}]
            ),
        ]
        entries = [{"id": "1", "changes": changes[:2]}, {"id": "2", "changes": changes[2:]}]

        items = parse({"object": "whatsapp_business_account", "entry": entries})

        assert Counter(type(item) for item in items) == {
            Message: 3,
            StatusReport: 1,
            News: 2,
            Preference: 1,
        }
        assert Counter(map(repr, items)) == Counter(
            repr(item) for change in changes for item in parse(shapes.payload(change))
        )

    def test_every_type_in_one_list_is_read_as_if_it_came_alone(self) -> None:
        items = parse(shapes.payload(shapes.change(messages=list(EVERY.values()))))

        read = [item for item in items if isinstance(item, Message)]
        assert read == [only_message(raw) for raw in EVERY.values()]

    def test_one_message_twice_in_a_post_is_told_twice_with_one_id(self) -> None:
        items = parse(shapes.payload(shapes.change(messages=[shapes.text(), shapes.text()])))

        assert items == [only_message(shapes.text())] * 2

    def test_failed_after_delivered_stays_in_its_order(self) -> None:
        statuses = [shapes.status("delivered"), shapes.status("failed", errors=[shapes.fault(131026)])]

        items = parse(shapes.payload(shapes.change(statuses=statuses)))

        assert [item.status for item in items if isinstance(item, StatusReport)] == ["delivered", "failed"]

    @pytest.mark.parametrize(
        "parent", ["recipient_parent_user_id", "parent_recipient_user_id", "parent_user_id"]
    )
    def test_a_status_names_its_recipient(self, parent: str) -> None:
        raw = shapes.status(recipient_user_id="AR.1", recipient_identity_key_hash="h") | {parent: "AR.ENT.1"}

        report = only_item(shapes.change(statuses=[raw], contacts=[shapes.contact()]))

        assert isinstance(report, StatusReport)
        assert (report.recipient.wa_id, report.recipient.user_id) == (ANA, "AR.1")
        assert (report.recipient.parent_user_id, report.recipient.name) == ("AR.ENT.1", "Ana")
        assert report.recipient.identity_key_hash == "h"

    @pytest.mark.parametrize("spelling", ["recipient_participant_id", "participant_recipient_id"])
    def test_a_status_of_a_group_names_the_participant(self, spelling: str) -> None:
        raw = shapes.status(recipient_id="5491100000000", recipient_type="group") | {spelling: BETO}

        report = only_item(shapes.change(statuses=[raw]))

        assert getattr(report, "recipient", None) == Person(WaId(BETO))

    def test_a_group_is_nobody(self) -> None:
        raw = shapes.status(recipient_id="5491100000000", recipient_type="group")

        assert getattr(only_item(shapes.change(statuses=[raw])), "recipient", None) == Person()


class TestOdd:
    def test_a_week_is_no_age(self) -> None:
        message = only_message(shapes.text() | {"timestamp": shapes.AT - 7 * 24 * 3600})

        assert message.sent_at == datetime(2025, 11, 17, 16, 0, tzinfo=UTC)

    def test_escaped_and_raw_unicode_say_the_same(self) -> None:
        payload = shapes.payload(shapes.change(messages=[shapes.text()]))
        escaped = json.dumps(payload).replace("/", "\\/").encode()
        raw = json.dumps(payload, ensure_ascii=False).encode()

        assert escaped != raw
        assert parse(decode(escaped)) == parse(decode(raw)) == [only_message(shapes.text())]

    @pytest.mark.parametrize("odd", ["\ud800", "\udfff\ud800", "\x00", "\u202e"])
    def test_texts_that_are_none_are_kept(self, odd: str) -> None:
        raw = shapes.message("text", {"body": odd}) | {"id": f"wamid.{odd}", odd: odd}
        payload = shapes.payload(shapes.change(messages=[raw], contacts=[shapes.contact(name=odd)]))

        [message] = parse(decode(json.dumps(payload).encode()))

        assert isinstance(message, Message)
        assert (message.content, message.person.name, message.envelope[odd]) == ({"body": odd}, odd, odd)
        assert message.is_readable

    @pytest.mark.parametrize("number", ["1e400", "NaN", "-Infinity", "9" * 4000, "-0", "1e-400"])
    def test_numbers_that_are_none_are_no_error(self, number: str) -> None:
        body = json.dumps(shapes.payload(shapes.change(messages=[shapes.location(), shapes.text()])))

        items = parse(decode(body.replace("-34.603722", number).encode()))

        assert len(items) == 2
        assert items[1] == only_message(shapes.text())


class TestSize:
    def test_a_thousand_updates_of_almost_three_megabytes_are_all_read(self) -> None:
        messages = [
            shapes.message("text", {"body": f"{n}" + "ñ" * 1300}) | {"id": f"wamid.{n}"} for n in range(500)
        ]
        statuses = [
            shapes.status(wamid=f"wamid.S{n}", biz_opaque_callback_data="x" * 1500) for n in range(500)
        ]
        body = json.dumps(shapes.payload(shapes.change(statuses=statuses, messages=messages))).encode()
        assert len(body) > 2.5 * 1024 * 1024

        items = parse(decode(body))

        assert [item.wamid for item in items if isinstance(item, (Message, StatusReport))] == [
            *(f"wamid.{n}" for n in range(500)),
            *(f"wamid.S{n}" for n in range(500)),
        ]

    def test_a_history_of_ten_thousand_messages_is_read_whole(self) -> None:
        items = parse(history_of(10_000))

        read = [item for item in items if isinstance(item, Message)]
        assert [message.wamid for message in read] == [f"wamid.{n}" for n in range(10_000)]
        assert Counter(message.author for message in read) == {"customer": 5000, "business": 5000}

    @pytest.mark.parametrize("make", [history_of, chats_of])
    def test_ten_times_as_much_takes_about_ten_times_as_long(self, make: Callable[[int], JsonObject]) -> None:
        little, much = make(1_000), make(10_000)

        # A hundred times as long, if each item were looked for among all others.
        assert spent(lambda: parse(much), times=3) < 30 * spent(lambda: parse(little))

    @pytest.mark.parametrize(
        ("change", "microseconds"),
        [
            (shapes.change(messages=[shapes.text()], contacts=[shapes.full_contact()]), 150),
            (shapes.change(statuses=[shapes.status(biz_opaque_callback_data="m7.2")]), 100),
        ],
        ids=["text", "status"],
    )
    def test_an_ordinary_webhook_costs_little(self, change: JsonObject, microseconds: int) -> None:
        body = json.dumps(shapes.payload(change)).encode()

        def a_hundred() -> None:
            for _ in range(100):
                parse(decode(body))

        assert spent(a_hundred, times=20) / 100 < microseconds / 1_000_000
