"""A merge and whoever works on a message of the same people never end each other."""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from campotech_wa.domain.access import Actor
from campotech_wa.domain.ids import CustomerId, OrganizationId
from campotech_wa.embedded import Servers
from campotech_wa.errors import MetaRefused
from campotech_wa.services import compose
from campotech_wa.store import customers, merges
from tests.integration.desk import (
    ANA,
    claimed,
    eventually,
    hear,
    one,
    report,
    say,
    settle,
    state_of,
    status,
    text,
)

pytestmark = pytest.mark.usefixtures("desk")

OURS = OrganizationId(1)
TEMPLATE: dict[str, Any] = {"type": "template", "template": {"name": "turno", "language": {"code": "es_AR"}}}


Merging = Callable[[str], AbstractContextManager[Session]]


@pytest.fixture
def like_a_merge(servers: Servers) -> Iterator[Merging]:
    """Open a transaction that takes locks step by step as a merge does, with its own patience.

    Of two transactions that wait for each other, PostgreSQL ends the one whose ``deadlock_timeout`` is over first;
    only a superuser may set it.
    """
    database = make_url(servers.database_url).database
    superuser = create_engine(make_url(servers.admin_url).set(database=database))

    @contextmanager
    def opened(patience: str) -> Generator[Session]:
        with Session(superuser) as session:
            session.execute(sql(f"set local deadlock_timeout = '{patience}'"))
            yield session
            session.commit()

    yield opened
    superuser.dispose()


def beside(deed: Callable[[], Any], pool: ThreadPoolExecutor) -> Future[Any]:
    """Begin something, and wait until it waits for a lock."""
    begun = pool.submit(deed)
    eventually(lambda: one("select count(*) from pg_locks where not granted"))
    return begun


def touch_messages(session: Session) -> None:
    session.execute(sql("update wa_message set conversation_id = conversation_id"))


def test_a_retry_waits_for_the_merge_and_not_the_merge_for_it(agent: Actor, like_a_merge: Merging) -> None:
    message_id = say(agent, hear())
    settle(claimed()[0], MetaRefused("No such file.", code=131053))

    with ThreadPoolExecutor(1) as pool:
        with like_a_merge("20ms") as session:
            merges.hold_threads(session, {CustomerId(1)}, organization_id=OURS)
            retrying = beside(lambda: compose.retry(agent, message_id), pool)
            touch_messages(session)
        retrying.result(10)

    assert state_of(message_id) == "queued"


def test_an_answer_is_recorded_before_its_statuses_teach_who_it_reached(
    agent: Actor, like_a_merge: Merging
) -> None:
    message_id = say(agent, hear())
    [parcel] = claimed()
    report(status("wamid.1", "delivered", recipient_id=ANA, recipient_user_id="AR.1"))

    with ThreadPoolExecutor(1) as pool:
        with like_a_merge("20ms") as session:
            customers.hold(session, {CustomerId(1)}, organization_id=OURS)
            settling = beside(lambda: settle(parcel, "wamid.1"), pool)
            touch_messages(session)
        settling.result(10)

    assert state_of(message_id) == "delivered"
    assert one("select user_id from customer_link") == "AR.1"


def test_a_message_to_a_number_is_written_in_the_end(agent: Actor, like_a_merge: Merging) -> None:
    hear(text(sender=ANA))

    with ThreadPoolExecutor(1) as pool:
        with like_a_merge("10s") as session:
            customers.hold(session, {CustomerId(1)}, organization_id=OURS)
            sending = beside(lambda: compose.message_object(agent, {"to": ANA, **TEMPLATE}, key=None), pool)
            merges.hold_threads(session, {CustomerId(1)}, organization_id=OURS)
        sending.result(10)

    assert one("select count(*) from wa_outbound_queue") == 1
