"""The gate looks everything up in a constant number of statements, and lets go what was held when it may leave."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import event

from campotech_wa.domain.access import Actor
from campotech_wa.domain.gate import Stopped
from campotech_wa.domain.ids import ChannelId, ConversationId, MessageId, OfChannel, OrganizationId
from campotech_wa.domain.outbox_state import HoldReason
from campotech_wa.errors import InvalidInput, WindowClosed
from campotech_wa.services import gate
from campotech_wa.services.gate import Sender, Written
from campotech_wa.services.templates import sync
from campotech_wa.store import gate as store
from campotech_wa.store.database import engine
from campotech_wa.store.transaction import reading, transaction
from tests.integration.desk import change, hear, one, rows, say
from tests.integration.template_shelf import filled, known, news, put, take_away

FIRST: OfChannel = {"organization_id": OrganizationId(1), "channel_id": ChannelId(1)}
SECOND: OfChannel = {"organization_id": OrganizationId(2), "channel_id": ChannelId(2)}
TEMPLATE = filled("Ana", "lunes")


pytestmark = pytest.mark.usefixtures("simulator")


def written(kind: str = "template", content: dict[str, object] | None = None, **more: object) -> Written:
    facts = {"last_inbound_at": datetime.now(UTC), "blocked_at": None, "marketing_preference": "", **more}
    return Written(kind, TEMPLATE if content is None else content, **facts)  # type: ignore[arg-type]


def judged(*messages: Written, whose: OfChannel = FIRST) -> dict[MessageId, Stopped]:
    with reading() as session:
        return gate.check(session, messages, now=datetime.now(UTC), **whose)


def code(*messages: Written, whose: OfChannel = FIRST) -> str:
    """Return the code of what stops one of the messages; empty when they pass."""
    return next((stopped.code for stopped in judged(*messages, whose=whose).values()), "")


def released(*conversation_ids: ConversationId, whose: OfChannel = FIRST) -> list[MessageId]:
    with transaction() as tx:
        return list(
            gate.release(
                tx.session, conversation_ids=conversation_ids or None, now=datetime.now(UTC), **whose
            )
        )


def hold(message_id: MessageId, reason: HoldReason) -> None:
    change(
        "update wa_outbound_queue set state = 'held', hold_reason = :reason, is_head = false where message_id = :id",
        reason=reason,
        id=message_id,
    )


def close_window() -> None:
    change("update conversation set last_inbound_at = now() - interval '25 hours'")


@contextmanager
def counted() -> Generator[list[str]]:
    """Collect the statements that reach the database."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine(), "before_cursor_execute", note)


class TestTemplate:
    def test_a_template_that_nobody_knows_passes(self) -> None:
        assert code(written()) == ""

    def test_an_approved_template_passes_when_it_is_filled(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)

        assert code(written()) == ""
        stopped = judged(written(content=filled("Ana")))
        assert stopped == {
            MessageId(0): Stopped(HoldReason.TEMPLATE, "missing", "template.body.2"),
        }

    def test_one_that_a_webhook_says_is_paused_stops(self, admin: Actor, simulator: httpx.Client) -> None:
        known(admin, simulator)
        news("message_template_status_update", event="PAUSED")

        assert code(written()) == "template_paused"

    def test_one_that_meta_lists_no_more_stops(self, admin: Actor, simulator: httpx.Client) -> None:
        put(simulator, "otra")
        known(admin, simulator)
        take_away(simulator)
        sync.sync(admin)

        assert code(written()) == "template_gone"

    def test_another_language_is_another_template(self, admin: Actor, simulator: httpx.Client) -> None:
        known(admin, simulator, status="PAUSED")

        assert code(written(content={**TEMPLATE, "language": {"code": "en"}})) == ""

    def test_the_templates_of_another_organization_are_unknown(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator, status="PAUSED")

        assert code(written()) == "template_paused"
        assert code(written(), whose=SECOND) == ""

    def test_who_wants_no_promotions_gets_none(self, admin: Actor, simulator: httpx.Client) -> None:
        known(admin, simulator, category="MARKETING")

        assert code(written()) == ""
        assert code(written(marketing_preference="stop")) == "marketing_declined"


class TestElse:
    def test_a_number_that_meta_calls_banned_stops_and_another_organizations_does_not(self) -> None:
        change("""update channel set info = '{"number": {"status": "BANNED"}}' where id = 1""")

        assert code(written("text", {"body": "Hola"})) == "channel_disconnected"
        assert code(written("text", {"body": "Hola"}), whose=SECOND) == ""

    def test_a_file_that_is_gone_or_never_was_ours_stops(self) -> None:
        change(
            """
            insert into media_file
                (id, organization_id, sha256, size, mime_type, has_thumbnail, playable_type, waveform, deleted_at)
            values (1, 1, '\\x01', 1, 'image/png', false, '', '[]', null),
                   (2, 1, '\\x02', 1, 'image/png', false, '', '[]', now()),
                   (3, 2, '\\x03', 1, 'image/png', false, '', '[]', null)
            """
        )
        codes = [code(written("image", {"id": f"local:{number}"})) for number in (1, 2, 3, 4)]

        assert codes == ["", "file_gone", "file_gone", "file_gone"]
        assert code(written("image", {"id": "123"})) == ""

    def test_sixty_four_messages_take_as_many_statements_as_one(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)
        image = written("image", {"id": "local:9"}, message_id=MessageId(1))
        many = [written(message_id=MessageId(number)) for number in range(2, 65)]

        with counted() as statements, reading() as session:
            stopped = gate.check(session, [image, *many], now=datetime.now(UTC), **FIRST)
        assert set(stopped) == {MessageId(1)}
        assert len(statements) == 3

    def test_plain_texts_of_a_known_line_take_none(self) -> None:
        texts = [written("text", {"body": "Hola"}, message_id=MessageId(number)) for number in range(64)]

        with counted() as statements, reading() as session:
            gate.check(session, texts, now=datetime.now(UTC), sender=Sender("2", "CONNECTED"), **FIRST)
        assert statements == []


class TestAdmission:
    def test_free_text_outside_the_window_is_refused(self) -> None:
        late = written("text", {"body": "Hola"}, last_inbound_at=datetime.now(UTC) - timedelta(hours=25))

        with reading() as session, pytest.raises(WindowClosed):
            gate.admit(session, late, now=datetime.now(UTC), **FIRST)

    def test_a_refusal_says_what_to_do_and_names_the_value(
        self, admin: Actor, simulator: httpx.Client
    ) -> None:
        known(admin, simulator)

        with reading() as session, pytest.raises(InvalidInput) as refused:
            gate.admit(session, written(content=filled()), now=datetime.now(UTC), **FIRST)
        assert (refused.value.code, refused.value.field) == ("missing", "template.body.1")
        assert refused.value.detail == "template.body.1 is required."

    def test_what_passes_is_admitted(self) -> None:
        with reading() as session:
            gate.admit(session, written(), now=datetime.now(UTC), **FIRST)


class TestRelease:
    def test_a_text_leaves_again_when_the_customer_has_written(self, agent: Actor) -> None:
        conversation_id = hear()
        message_id = say(agent, conversation_id)
        hold(message_id, HoldReason.WINDOW)
        close_window()
        assert released(conversation_id) == []

        change("update conversation set last_inbound_at = now()")

        assert released(conversation_id) == [message_id]
        assert rows("select state, hold_reason, is_head from wa_outbound_queue") == [
            {"state": "queued", "hold_reason": "", "is_head": True}
        ]

    def test_what_is_still_stopped_is_left_alone_for_a_while(self, agent: Actor) -> None:
        message_id = say(agent, hear())
        hold(message_id, HoldReason.WINDOW)
        close_window()
        assert released() == []
        change("update conversation set last_inbound_at = now()")

        assert released() == []
        with reading() as session:
            assert store.channels_due(session, now=datetime.now(UTC)) == []
            later = datetime.now(UTC) + timedelta(minutes=11)
            assert store.channels_due(session, now=later) == [(OrganizationId(1), ChannelId(1))]
        change("update wa_outbound_queue set due_at = now()")
        assert released() == [message_id]

    def test_a_message_is_held_for_its_reason_of_now(self, agent: Actor) -> None:
        hold(say(agent, hear()), HoldReason.WINDOW)
        change("update customer set blocked_at = now()")

        assert released() == []
        assert one("select hold_reason from wa_outbound_queue") == "consent"

    def test_only_the_conversations_that_are_asked_for_are_looked_at(self, agent: Actor) -> None:
        conversation_id = hear()
        hold(say(agent, conversation_id), HoldReason.WINDOW)

        assert released(ConversationId(conversation_id + 1)) == []
        assert one("select due_at <= now() from wa_outbound_queue")

    def test_a_template_that_is_approved_again_is_looked_at_at_once(
        self, agent: Actor, admin: Actor, simulator: httpx.Client
    ) -> None:
        message_id = say(agent, hear())
        change("update wa_message set type = 'template', content = :content where id = :id",
               content='{"name": "turno", "language": {"code": "es_AR"}}', id=message_id)  # fmt: skip
        hold(message_id, HoldReason.TEMPLATE)
        known(admin, simulator, components=[{"type": "BODY", "text": "Hola"}], status="PAUSED")
        assert released() == []

        news("message_template_status_update", event="APPROVED")

        assert released() == [message_id]

    def test_another_organizations_messages_stay(self, agent: Actor) -> None:
        conversation_id = hear()
        hold(say(agent, conversation_id), HoldReason.WINDOW)

        assert released(conversation_id, whose=SECOND) == []
        assert one("select state from wa_outbound_queue") == "held"
