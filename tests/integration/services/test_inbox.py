"""The list and the thread show an organization its own conversations, newest first, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId
from campotech_wa.errors import NotFound
from campotech_wa.services import inbox
from tests.integration.desk import ANA, BETO, ago, hear, listening, say, text

JOSE = "541148765432"


def found(actor: Actor, search: str) -> list[str]:
    return [row.name for row in inbox.listing(actor, limit=10, search=search).rows]


@pytest.fixture
def people(desk: None) -> None:
    hear(text(sender=ANA), name="Ana Gómez")
    hear(text(sender=BETO), name="Beto Ñandú")
    hear(text(sender=JOSE), name="JOSÉ 24 hs")


@pytest.mark.usefixtures("people")
class TestSearch:
    @pytest.mark.parametrize(
        ("search", "names"),
        [
            ("ana", ["Ana Gómez"]),
            ("gomez", ["Ana Gómez"]),
            ("GÓMEZ", ["Ana Gómez"]),
            ("ñandu", ["Beto Ñandú"]),
            ("nandu", ["Beto Ñandú"]),
            ("jose", ["JOSÉ 24 hs"]),
            (" josé ", ["JOSÉ 24 hs"]),
            ("%", []),
            ("_", []),
            ("nadie", []),
        ],
    )
    def test_a_name_is_found_by_a_part_without_accents(
        self, agent: Actor, search: str, names: list[str]
    ) -> None:
        assert found(agent, search) == names

    @pytest.mark.parametrize("search", ["3123", "3123-4567", "91131234567", "+54 9 11 3123-4567"])
    def test_a_number_is_found_by_a_part_of_its_digits(self, agent: Actor, search: str) -> None:
        assert found(agent, search) == ["Ana Gómez"]

    @pytest.mark.parametrize("search", ["011 15 3123-4567", "15 3123 4567", "+54 11 3123 4567"])
    def test_a_number_is_found_in_another_spelling(self, agent: Actor, search: str) -> None:
        assert found(agent, search) == ["Ana Gómez"]

    def test_a_fixed_lines_number_too(self, agent: Actor) -> None:
        assert found(agent, "+54 9 11 4876-5432") == ["JOSÉ 24 hs"]

    def test_two_digits_are_a_name(self, agent: Actor) -> None:
        assert found(agent, "24") == ["JOSÉ 24 hs"]

    def test_no_words_find_everybody(self, agent: Actor) -> None:
        assert len(found(agent, "  ")) == 3

    @pytest.mark.parametrize(
        "search", ["a\x00", "\ud800", "x" * 10_000, "'; drop table customer; --", "1" * 5000]
    )
    def test_odd_words_find_nobody_and_break_nothing(self, agent: Actor, search: str) -> None:
        assert found(agent, search) == []


class TestListing:
    def test_the_newest_stands_first(self, agent: Actor) -> None:
        hear(text(sender=ANA, timestamp=ago(minutes=5)), name="Ana")
        hear(text(sender=BETO, timestamp=ago(minutes=9)), name="Beto")

        assert [row.name for row in inbox.listing(agent, limit=10).rows] == ["Ana", "Beto"]

    def test_it_grows_by_pages(self, agent: Actor) -> None:
        for number in range(5):
            hear(text(sender=f"549113123450{number}"), name=f"Cliente {number}")

        first, all_ = inbox.listing(agent, limit=2), inbox.listing(agent, limit=5)

        assert [row.name for row in first.rows] == ["Cliente 4", "Cliente 3"]
        assert (first.has_more, all_.has_more, len(all_.rows)) == (True, False, 5)

    @pytest.mark.parametrize("limit", [-1, 0, 10**9])
    def test_a_tab_gets_a_sensible_number_of_rows_whatever_it_asks_for(
        self, agent: Actor, limit: int
    ) -> None:
        hear()

        assert len(inbox.listing(agent, limit=limit).rows) == 1

    def test_somebody_without_a_name_is_their_number(self, agent: Actor) -> None:
        hear(text(sender=ANA), name="")

        [row] = inbox.listing(agent, limit=1).rows
        assert (row.name, row.initials) == ("+54 9 11 3123-4567", "#")

    def test_somebody_without_name_and_number_is_shown_too(self, agent: Actor) -> None:
        hear(text(sender=None, from_user_id="AR.1"), name="")

        [row] = inbox.listing(agent, limit=1).rows
        assert (row.name, row.number) == ("—", "")

    def test_unread_conversations_are_counted(self, agent: Actor) -> None:
        ana = hear(text(sender=ANA), text(sender=ANA))
        hear(text(sender=BETO))
        assert inbox.listing(agent, limit=1).unread_conversations == 2

        inbox.mark_seen(agent, ana)

        assert inbox.listing(agent, limit=1).unread_conversations == 1


class TestThread:
    def test_the_newest_messages_come_oldest_first(self, agent: Actor) -> None:
        conversation_id = hear(
            *(text(str(number), timestamp=ago(minutes=10 - number)) for number in range(4))
        )

        thread = inbox.thread(agent, conversation_id, limit=3)

        assert [bubble.text for bubble in thread.bubbles] == ["1", "2", "3"]
        assert thread.has_more

    def test_an_answer_stands_below_what_it_answers(self, agent: Actor) -> None:
        conversation_id = hear(text("¿Vienen?"))

        say(agent, conversation_id, "Ya salimos")

        bubbles = inbox.thread(agent, conversation_id, limit=10).bubbles
        assert [(bubble.text, bubble.direction) for bubble in bubbles] == [
            ("¿Vienen?", "inbound"),
            ("Ya salimos", "outbound"),
        ]

    def test_each_day_is_named_once(self, agent: Actor) -> None:
        hear(text("a", timestamp=ago(days=3)), text("b", timestamp=ago(days=3)))
        conversation_id = hear(text("c"))

        days = [bool(bubble.day) for bubble in inbox.thread(agent, conversation_id, limit=10).bubbles]

        assert days == [True, False, True]

    def test_the_head_tells_when_the_window_closes(self, agent: Actor) -> None:
        conversation_id = hear(text(timestamp=ago(hours=1)))

        head = inbox.thread(agent, conversation_id, limit=1).head

        closes = datetime.fromisoformat(head.window_expires_at)
        assert timedelta(hours=22, minutes=59) < closes - datetime.now(UTC) < timedelta(hours=23, seconds=1)

    def test_a_closed_window_is_closed(self, agent: Actor) -> None:
        conversation_id = hear(text(timestamp=ago(hours=25)))

        head = inbox.thread(agent, conversation_id, limit=1).head

        assert datetime.fromisoformat(head.window_expires_at) < datetime.now(UTC)


class TestOtherOrganization:
    def test_it_sees_nothing(self, stranger: Actor) -> None:
        conversation_id = hear(name="Ana Gómez")

        assert inbox.listing(stranger, limit=10).rows == ()
        assert inbox.listing(stranger, limit=10).unread_conversations == 0
        assert found(stranger, "ana") == found(stranger, "3123") == []
        with pytest.raises(NotFound):
            inbox.thread(stranger, conversation_id, limit=10)

    def test_it_marks_nothing_as_seen(self, agent: Actor, stranger: Actor) -> None:
        conversation_id = hear()

        inbox.mark_seen(stranger, conversation_id)

        assert inbox.listing(agent, limit=1).rows[0].unread == 1

    def test_an_id_of_nothing_is_not_found(self, agent: Actor) -> None:
        with pytest.raises(NotFound):
            inbox.thread(agent, ConversationId(-1), limit=10)


class TestMarkSeen:
    def test_every_page_is_told_once(self, agent: Actor) -> None:
        conversation_id = hear()
        with listening() as told:
            inbox.mark_seen(agent, conversation_id)
            inbox.mark_seen(agent, conversation_id)

            assert told() == {"organization_id": 1, "conversation_id": conversation_id}
            assert told(0.1) is None
