"""A thread shows what was said, and on it what was said about it since, in whatever order that came."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId
from campotech_wa.services import inbox
from campotech_wa.store.database import engine
from campotech_wa.tables.base import table
from campotech_wa.tables.messages import WaMessage
from campotech_wa.views import Bubble, Quote
from tests.integration.desk import BETO, change, hear, one, text

FIRST = "wamid.first"
_wamids = itertools.count(1)
_START = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def ana(desk: None) -> ConversationId:
    """Let Ana write the first message."""
    return hear(text("Se rompió el aire", wamid=FIRST))


def write(conversation_id: ConversationId, kind: str, content: dict[str, Any], **columns: Any) -> int:
    """Put a message into a thread as processing would; each a second after the one before."""
    turn = next(_wamids)
    values: dict[str, Any] = {
        "organization_id": 1,
        "channel_id": 1,
        "conversation_id": conversation_id,
        "direction": "inbound",
        "origin": "customer",
        "type": kind,
        "content": content,
        "envelope": {},
        "wamid": f"wamid.written.{turn}",
        "state": "received",
        "error_detail": "",
        "sent_at": _START + timedelta(seconds=turn),
    }
    with engine().begin() as connection:
        added = insert(table(WaMessage)).values(**values | columns).returning(table(WaMessage).c.id)
        return int(connection.execute(added).scalar_one())


def react(conversation_id: ConversationId, emoji: str, **columns: Any) -> int:
    content = {"message_id": FIRST} | ({"emoji": emoji} if emoji else {})
    return write(conversation_id, "reaction", content, target_wamid=FIRST, **columns)


def edit(conversation_id: ConversationId, body: str, **columns: Any) -> int:
    content = {"original_message_id": FIRST, "message": {"type": "text", "text": {"body": body}}}
    return write(conversation_id, "edit", content, target_wamid=FIRST, **columns)


def bubbles(actor: Actor, conversation_id: ConversationId) -> tuple[Bubble, ...]:
    return inbox.thread(actor, conversation_id, limit=50).bubbles


def only(actor: Actor, conversation_id: ConversationId) -> Bubble:
    [bubble] = bubbles(actor, conversation_id)
    return bubble


def reactions(bubble: Bubble) -> list[tuple[str, bool]]:
    return [(each.emoji, each.is_ours) for each in bubble.reactions]


OURS = {"direction": "outbound", "origin": "desk", "state": "sent"}


class TestReactions:
    def test_one_stands_on_its_message_and_is_no_bubble(self, agent: Actor, ana: ConversationId) -> None:
        react(ana, "👍")

        assert reactions(only(agent, ana)) == [("👍", False)]

    def test_the_latest_of_each_side_counts(self, agent: Actor, ana: ConversationId) -> None:
        react(ana, "👍")
        react(ana, "🙏", **OURS)
        react(ana, "😂")

        assert reactions(only(agent, ana)) == [("😂", False), ("🙏", True)]

    @pytest.mark.parametrize("emoji", ["", None])
    def test_an_emptied_one_takes_it_back(self, agent: Actor, ana: ConversationId, emoji: str | None) -> None:
        react(ana, "👍")
        write(ana, "reaction", {"message_id": FIRST, "emoji": emoji}, target_wamid=FIRST)

        assert only(agent, ana).reactions == ()

    def test_one_that_came_late_does_not_undo_a_newer_one(self, agent: Actor, ana: ConversationId) -> None:
        react(ana, "😂", sent_at=_START + timedelta(minutes=2))
        react(ana, "👍", sent_at=_START + timedelta(minutes=1))

        assert reactions(only(agent, ana)) == [("😂", False)]

    def test_ours_that_failed_says_why_and_leaves_the_one_before(
        self, agent: Actor, ana: ConversationId
    ) -> None:
        react(ana, "👍", **OURS)
        failed = react(ana, "😂", **OURS | {"state": "failed", "error_code": 131047})

        first, second = only(agent, ana).reactions
        assert (first.emoji, first.error) == ("👍", "")
        assert (second.emoji, second.message_id) == ("😂", failed)
        assert second.error

    def test_each_member_of_a_group_has_one(self, agent: Actor, ana: ConversationId) -> None:
        for sender, emoji in (("1", "👍"), ("2", "😂"), ("1", "🙏")):
            react(ana, emoji, envelope={"from": sender, "group_id": "g"})

        assert sorted(each.emoji for each in only(agent, ana).reactions) == ["😂", "🙏"]

    def test_one_to_a_message_that_is_not_here_is_a_line(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "reaction", {"message_id": "wamid.gone", "emoji": "👍"}, target_wamid="wamid.gone")

        line = bubbles(agent, ana)[0]
        assert (line.is_line, line.text) == (True, "Reaccionó 👍 a un mensaje que no está acá")

    def test_it_moves_onto_its_message_when_that_comes(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "reaction", {"message_id": "wamid.late", "emoji": "👍"}, target_wamid="wamid.late")
        hear(text("Tarde", wamid="wamid.late"))

        shown = bubbles(agent, ana)
        assert [bubble.text for bubble in shown if bubble.reactions] == ["Tarde"]
        assert len(shown) == 2


class TestEditsAndDeletions:
    def test_the_newest_edit_is_what_was_said(self, agent: Actor, ana: ConversationId) -> None:
        edit(ana, "a las 10", sent_at=_START + timedelta(minutes=2))
        edit(ana, "a las 9", sent_at=_START + timedelta(minutes=1))

        bubble = only(agent, ana)
        assert (bubble.text, bubble.marks) == ("a las 10", ("edited",))

    def test_an_edit_that_can_not_be_read_changes_nothing(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "edit", {"message": []}, target_wamid=FIRST)

        assert only(agent, ana).text == "Se rompió el aire"

    def test_a_deleted_message_shows_nothing_of_itself(self, agent: Actor, ana: ConversationId) -> None:
        edit(ana, "secreto")
        write(ana, "revoke", {"original_message_id": FIRST}, target_wamid=FIRST)

        bubble = only(agent, ana)
        assert bubble.is_revoked
        assert (bubble.text, bubble.marks, bubble.above, bubble.files) == ("", (), (), ())

    @pytest.mark.parametrize("kind", ["edit", "revoke"])
    def test_nobody_changes_what_the_other_side_said(
        self, agent: Actor, ana: ConversationId, kind: str
    ) -> None:
        content = {"message": {"type": "text", "text": {"body": "otra cosa"}}}
        write(ana, kind, content, target_wamid=FIRST, **OURS | {"origin": "phone"})

        shown = {bubble.type: bubble for bubble in inbox.thread(agent, ana, limit=10).bubbles}
        assert (shown["text"].text, shown["text"].is_revoked) == ("Se rompió el aire", False)
        assert shown.keys() == {"text", kind}


class TestQuotes:
    def test_an_answer_shows_what_it_answers(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "text", {"body": "El de la cocina"}, target_wamid=FIRST, wamid="wamid.second")
        write(ana, "text", {"body": "Vamos"}, target_wamid="wamid.second", **OURS)

        quotes = {bubble.text: bubble.quote for bubble in bubbles(agent, ana)}
        first = one("select id from wa_message where wamid = :wamid", wamid=FIRST)
        assert quotes["El de la cocina"] == Quote(first, "Ana Gómez", "Se rompió el aire")
        assert quotes["Vamos"] is not None
        assert (quotes["Vamos"].author, quotes["Vamos"].line) == ("Ana Gómez", "El de la cocina")

    def test_one_of_ours_is_ours(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "text", {"body": "¿Cuándo?"}, wamid="wamid.ours", **OURS)
        write(ana, "text", {"body": "Hoy"}, target_wamid="wamid.ours")

        quote = next(bubble.quote for bubble in bubbles(agent, ana) if bubble.text == "Hoy")
        assert quote is not None
        assert (quote.author, quote.line) == ("Vos", "¿Cuándo?")

    def test_it_is_found_also_when_it_is_not_on_the_page(self, agent: Actor, ana: ConversationId) -> None:
        change("update wa_message set sent_at = sent_at - interval '1 day'")
        write(ana, "text", {"body": "¿Y?"}, target_wamid=FIRST)

        [bubble] = inbox.thread(agent, ana, limit=1).bubbles

        assert bubble.quote is not None
        assert bubble.quote.line == "Se rompió el aire"

    def test_what_was_deleted_is_not_quoted_either(self, agent: Actor, ana: ConversationId) -> None:
        change("update wa_message set sent_at = sent_at - interval '1 day'")
        write(ana, "revoke", {}, target_wamid=FIRST)
        write(ana, "text", {"body": "¿Y?"}, target_wamid=FIRST)

        [bubble] = inbox.thread(agent, ana, limit=1).bubbles

        assert bubble.quote is not None
        assert bubble.quote.line == "Se eliminó este mensaje"

    def test_one_that_is_not_here_is_still_an_answer(self, agent: Actor, ana: ConversationId) -> None:
        write(ana, "text", {"body": "Sí"}, target_wamid="wamid.gone")
        write(ana, "button", {"text": "Sí, dale"}, target_wamid="wamid.gone")

        shown = {bubble.type: bubble.quote for bubble in bubbles(agent, ana)}
        assert shown["button"] is None
        answers = [bubble.quote for bubble in bubbles(agent, ana) if bubble.text == "Sí"]
        assert answers == [Quote(0, "", "Mensaje que no está acá")]


class TestMarks:
    @pytest.mark.parametrize(
        ("columns", "mark"),
        [
            ({"envelope": {"context": {"forwarded": True}}}, "forwarded"),
            ({"envelope": {"context": {"frequently_forwarded": True}}}, "often_forwarded"),
            ({"envelope": {"group_id": "g"}}, "group"),
            (OURS | {"origin": "phone"}, "phone"),
            ({"origin": "history"}, "history"),
        ],
    )
    def test_a_message_says_where_it_comes_from(
        self, agent: Actor, ana: ConversationId, columns: dict[str, Any], mark: str
    ) -> None:
        message_id = write(ana, "text", {"body": "x"}, **columns)

        assert [b.marks for b in bubbles(agent, ana) if b.id == message_id] == [(mark,)]

    def test_a_member_of_a_group_is_named(self, agent: Actor, ana: ConversationId) -> None:
        message_id = write(ana, "text", {"body": "x"}, envelope={"group_id": "g", "from": BETO})

        assert [b.author for b in bubbles(agent, ana) if b.id == message_id] == ["+54 9 351 512-3456"]


class TestQueries:
    def test_a_thread_is_read_with_a_fixed_number_of_queries(self, agent: Actor, ana: ConversationId) -> None:
        few = _statements(agent, ana)
        for number in range(20):
            write(ana, "text", {"body": str(number)}, target_wamid=FIRST)
            react(ana, "👍")

        assert len(_statements(agent, ana)) == len(few) <= 4


def _statements(actor: Actor, conversation_id: ConversationId) -> list[str]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        inbox.thread(actor, conversation_id, limit=50)
    finally:
        event.remove(engine(), "before_cursor_execute", note)
    return seen


class TestList:
    def test_a_row_says_that_our_last_message_failed(self, agent: Actor, ana: ConversationId) -> None:
        failed = write(ana, "text", {"body": "x"}, sent_at=datetime.now(UTC), **OURS | {"state": "failed"})
        change("update conversation set last_direction = 'outbound'")
        assert inbox.listing(agent, limit=1).rows[0].standing == "failed"

        change("update wa_message set state = 'sent' where id = :id", id=failed)

        assert inbox.listing(agent, limit=1).rows[0].standing == ""

    def test_somebody_without_a_number_is_known_by_their_username(self, agent: Actor) -> None:
        conversation_id = hear(text(sender=None, from_user_id="AR.77"), name="")
        change(
            "update customer_link set username = 'ana.gomez' where customer_id = "
            "(select customer_id from conversation where id = :id)",
            id=conversation_id,
        )

        [row] = inbox.listing(agent, limit=1).rows
        head = inbox.thread(agent, conversation_id, limit=1).head
        assert (row.name, row.number) == (head.name, head.number) == ("@ana.gomez", "@ana.gomez")

    @pytest.mark.usefixtures("ana")
    def test_the_name_in_the_companys_address_book_goes_first(self, agent: Actor) -> None:
        change("update customer set contact_name = 'Ana (Lanús)'")

        assert inbox.listing(agent, limit=1).rows[0].name == "Ana (Lanús)"
