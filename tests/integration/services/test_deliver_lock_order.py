"""Statuses, claims and outcomes of one customer at the same moment wait for each other, and never in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import ConversationId, OrganizationId
from campotech_wa.errors import MetaUnconfirmed
from campotech_wa.services import compose
from campotech_wa.store import outbox, outbox_lines
from campotech_wa.store.transaction import Transaction, transaction
from tests.integration.desk import (
    change,
    claimed,
    eventually,
    hear,
    one,
    report,
    rows,
    say,
    settle,
    state_of,
    status,
)


def while_settling(
    conversation_id: ConversationId, act: Callable[[], object], settling: Callable[[Transaction], object]
) -> None:
    """Let somebody act while the lines of the conversation are being settled by somebody who has entered them."""
    with ThreadPoolExecutor(1) as other, transaction() as tx:
        outbox_lines.lock(tx.session, [conversation_id])
        acting = other.submit(act)
        eventually(lambda: acting.done() or one("select count(*) from pg_locks where not granted"))
        settling(tx)
        tx.session.commit()
        acting.result()


def test_a_status_of_what_waits_to_be_sent_again_waits_for_who_brings_it_forward(
    agent: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    ana = hear()
    doubtful = say(agent, ana)
    [parcel] = claimed()
    settle(parcel, MetaUnconfirmed("No answer."))
    before_it = say(agent, ana)
    compose.retry(agent, doubtful)

    def drop_the_first(tx: Transaction) -> None:
        freed = outbox.drop(tx.session, [before_it], organization_id=OrganizationId(1))
        outbox_lines.settle(tx.session, freed)

    delivered = status("wamid.doubtful", "delivered", biz_opaque_callback_data=f"m{doubtful}.1")
    while_settling(ana, lambda: report(delivered), drop_the_first)

    assert "batch failed" not in caplog.messages
    assert (state_of(doubtful), rows("select from wa_outbound_queue")) == ("delivered", [])


def test_who_claims_for_a_probe_has_its_lines_before_the_probe_as_who_ends_the_panic(agent: Actor) -> None:
    ana = hear()
    say(agent, ana)
    change("update conversation set last_inbound_at = now() - interval '25 hours'")
    change(
        """insert into wa_panic (organization_id, channel_id, reason, lanes, numbers, note, triggered_at,
               auto_resolve_at, phase, probe_size, probe_from, resolve_note)
           values (1, 1, 'manual', 'all', '{}', '', now(), now() + interval '1 hour', 'probing', 1, now(), '')"""
    )

    def end_the_panic(tx: Transaction) -> None:
        tx.session.connection().exec_driver_sql("update wa_panic set resolved_at = now()")

    while_settling(ana, claimed, end_the_panic)

    assert one("select state from wa_outbound_queue") == "held"
