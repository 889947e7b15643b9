"""The look for lines that have lost their head is cheap enough to be repeated, however much waits."""

import pytest
from sqlalchemy import text

from campotech_wa.store import outbox_lines
from campotech_wa.store.transaction import transaction
from tests.integration.desk import change
from tests.integration.store.waiting_room import conversations, queued


@pytest.mark.usefixtures("desk")
def test_it_reads_two_indexes_beside_each_other_and_sorts_nothing() -> None:
    queued(*conversations(1))
    change("analyze wa_outbound_queue")
    statement = text(f"explain {outbox_lines._HEADLESS}")  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  (the very statement)

    with transaction() as tx:
        # A table this small is read whole; what counts is what can be done without.
        tx.session.execute(text("set local enable_seqscan = off"))
        plan = "\n".join(tx.session.scalars(statement, {"limit": 100}))

    assert plan.count("Index Only Scan using ix_wa_outbound_queue_line") == 1
    assert plan.count("Index Only Scan using uq_wa_outbound_queue_head") == 1
    assert "Sort" not in plan
